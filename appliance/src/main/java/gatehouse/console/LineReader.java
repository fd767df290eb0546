package gatehouse.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a line from a dumb terminal with what people expect: backspace, Ctrl-U to begin again, Ctrl-C to leave the line, any of CR, LF,
 * CRLF to end it. Bytes other than ASCII letters are kept as they come.
 */
final class LineReader {
    private static final int LONGEST = 256;
    private static final int CTRL_C = 3;
    private static final int BACKSPACE = 8;
    private static final int CTRL_U = 21;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;

    private final InputStream in;
    private final OutputStream out;
    private boolean afterReturn;

    LineReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** @return the line, empty after Ctrl-C; nothing when the line is gone */
    Optional<String> read(String prompt, boolean echo) throws IOException {
        write(prompt);
        var line = new byte[LONGEST];
        var length = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            switch (c) {
                case '\r', '\n' -> {
                    write("\r\n");
                    return Optional.of(new String(line, 0, length, StandardCharsets.UTF_8));
                }
                case CTRL_C -> {
                    write("^C\r\n");
                    return Optional.of("");
                }
                case BACKSPACE, DELETE -> length = erase(length, Math.min(1, length), echo);
                case CTRL_U -> length = erase(length, length, echo);
                case ESCAPE -> skipSequence();
                default -> {
                    if (c >= ' ' && length < LONGEST) {
                        line[length++] = (byte) c;
                        if (echo) {
                            out.write(c);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private int erase(int length, int count, boolean echo) throws IOException {
        if (echo) {
            write("\b \b".repeat(count));
        }
        return length - count;
    }

    /** Arrow keys and the like send ESC [ letter; a dumb terminal has no use for them. */
    private void skipSequence() throws IOException {
        if (in.read() == '[') {
            var c = in.read();
            while (c >= 0 && !Character.isLetter(c) && c != '~') {
                c = in.read();
            }
        }
    }

    /** Shows text; line breaks become what a terminal wants, other control characters question marks. */
    void show(String text) throws IOException {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                safe.append("\r\n");
            } else {
                safe.appendCodePoint(Character.isISOControl(c) ? '?' : c);
            }
        });
        write(safe.toString());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
