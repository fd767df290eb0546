package gatehouse.system;

import gatehouse.core.Timers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tells in one line how much there is to do, as often as somebody wants to know. Thread-safe. */
public final class Statistics implements AutoCloseable {
    /** How much there is to do. */
    record Load(int registered, int calls, long forwarded, long residentBytes) { }

    private final Supplier<Load> load;
    private final IntSupplier seconds;
    private final Timers timers;
    private final Consumer<String> told;
    private Timers.Timer timer; // guarded by this
    private boolean closed; // guarded by this

    /** @param seconds how often; 0 for never; @param told takes the line */
    public Statistics(SystemStatus status, IntSupplier seconds, Timers timers, Consumer<String> told) {
        this(() -> load(status.report()), seconds, timers, told);
    }

    Statistics(Supplier<Load> load, IntSupplier seconds, Timers timers, Consumer<String> told) {
        this.load = load;
        this.seconds = seconds;
        this.timers = timers;
        this.told = told;
    }

    /** Begins, or begins anew with another interval. */
    public synchronized void start() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (!closed && seconds.getAsInt() > 0) {
            timer = timers.after(Duration.ofSeconds(seconds.getAsInt()), this::tell);
        }
    }

    private static Load load(SystemStatus.Report report) {
        return new Load(report.registered(), report.calls(), report.media().forwarded(), report.residentBytes());
    }

    private void tell() {
        var now = load.get();
        told.accept(now.registered() + " phones registered, " + now.calls() + " calls, " + now.forwarded() + " packets forwarded, "
                + (now.residentBytes() >> 20) + " MB in use.");
        start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        start();
    }
}
