package gatehouse.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often one may do something, and all together, in a minute. Forgets everybody when the minute is over. Thread-safe. */
public final class Pace {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int ofOne;
    private final int ofAll;
    private final LongSupplier nanoTime;
    private final Map<String, Integer> counts = new HashMap<>();
    private long began;
    private int all;

    /** @param nanoTime the machine's monotonic clock, which nobody sets */
    public Pace(int ofOne, int ofAll, LongSupplier nanoTime) {
        this.ofOne = ofOne;
        this.ofAll = ofAll;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** Counts one. @return whether it may go on */
    public synchronized boolean admits(String who) {
        var now = nanoTime.getAsLong();
        if (now - began >= MINUTE) {
            began = now;
            all = 0;
            counts.clear();
        }
        return ++all <= ofAll && counts.merge(who, 1, Integer::sum) <= ofOne;
    }
}
