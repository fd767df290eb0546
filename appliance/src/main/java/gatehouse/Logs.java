package gatehouse;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Structured log lines on standard output, one event a line as {@code key=value} pairs: readable on a terminal, in the journal and by machines.
 * Values are quoted and line breaks escaped, so nothing a stranger sends can forge a line.
 */
final class Logs {
    private Logs() {
    }

    /** Sends every logger's lines to {@code out}. Call before anything logs. */
    static void open(Config.LogLevel level, PrintStream out) {
        System.setProperty("java.util.logging.manager", StayingLogManager.class.getName());
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new Lines(out));
        root.setLevel(Level.WARNING); // libraries speak up only when something is wrong
        ours = Logger.getLogger("gatehouse");
        ours.setLevel(switch (level) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
        });
    }

    // A logger nobody holds may be collected, and its level with it.
    private static Logger ours;

    /** The JVM's own shutdown hook would silence the log while we still close calls; this manager keeps the handlers. */
    public static final class StayingLogManager extends LogManager {
        @Override
        public void reset() {
            // deliberately nothing: see above
        }
    }

    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out) {
            this.out = out;
            setFormatter(new LogFmt());
        }

        @Override
        public void publish(LogRecord event) {
            if (isLoggable(event)) {
                out.print(getFormatter().format(event));
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    static final class LogFmt extends Formatter {
        @Override
        public String format(LogRecord event) {
            var line = new StringBuilder(160)
                    .append("time=").append(Instant.ofEpochMilli(event.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                    .append(" level=").append(levelName(event.getLevel()))
                    .append(" from=").append(event.getLoggerName())
                    .append(" msg=");
            quote(line, formatMessage(event));
            if (event.getThrown() != null) {
                var trace = new StringWriter();
                event.getThrown().printStackTrace(new PrintWriter(trace));
                quote(line.append(" error="), trace.toString().strip());
            }
            return line.append('\n').toString();
        }

        private static String levelName(Level level) {
            return level.intValue() >= Level.SEVERE.intValue() ? "error"
                    : level.intValue() >= Level.WARNING.intValue() ? "warning"
                    : level.intValue() >= Level.INFO.intValue() ? "info" : level.getName().toLowerCase(Locale.ROOT);
        }

        private static void quote(StringBuilder line, String text) {
            line.append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> line.append("\\\"");
                    case '\\' -> line.append("\\\\");
                    case '\n' -> line.append("\\n");
                    case '\t' -> line.append("\\t");
                    default -> line.append(Character.isISOControl(c) ? '?' : c);
                }
            }
            line.append('"');
        }
    }
}
