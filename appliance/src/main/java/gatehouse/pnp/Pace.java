package gatehouse.pnp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often one address, and all together, are answered in a minute. Anybody may send to a group. Thread-safe. */
final class Pace {
    static final int OF_ONE = 10; // a phone asks once a boot and repeats itself for some seconds
    static final int OF_ALL = 3_000; // 1,000 phones that boot together and ask three times each
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Integer> counts = new HashMap<>();
    private long began;
    private int all;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    synchronized boolean admits(String address) {
        var now = nanoTime.getAsLong();
        if (now - began >= WINDOW) {
            began = now;
            all = 0;
            counts.clear();
        }
        return ++all <= OF_ALL && counts.merge(address, 1, Integer::sum) <= OF_ONE;
    }
}
