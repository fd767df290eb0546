package gatehouse.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of requests for each address, filled at a steady rate: a client that runs wild slows itself, not the phones.
 * Thread-safe. Time is the machine's monotonic clock, so that setting the wall clock neither opens nor closes it.
 */
final class RateLimit {
    private static final int MOST_ADDRESSES = 10_000; // under 2 MB; the address that was quiet longest is forgotten first
    private static final double NANOS = 1e9;

    private static final class Bucket {
        private double left;
        private long at;
    }

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param burst how many requests an address may make at once before it has to keep the rate */
    RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Counts one request. @return whether it may go on */
    synchronized boolean admits(String address) {
        var now = nanoTime.getAsLong();
        var bucket = buckets.computeIfAbsent(address, _ -> {
            var full = new Bucket();
            full.left = burst;
            full.at = now;
            return full;
        });
        bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }
}
