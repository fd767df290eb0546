package gatehouse.phones;

import gatehouse.core.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who fetched what when. Kept in memory and written many at once: when 1,000 phones boot together, that is one transaction instead of
 * 3,000, and the most a power cut costs is half a minute of knowing when a phone was last here. Thread-safe.
 */
public final class Fetches implements AutoCloseable {
    private static final Duration WRITE_AFTER = Duration.ofSeconds(30);

    private final PhoneStore store;
    private final Timers timers;
    private final Map<String, Fetch> latest = new ConcurrentHashMap<>();
    private Map<String, Fetch> unwritten = new HashMap<>();

    public Fetches(PhoneStore store, Timers timers) {
        this.store = store;
        this.timers = timers;
        latest.putAll(store.fetches());
    }

    public void record(Phone phone, Fetch fetch) {
        latest.put(phone.id(), fetch);
        synchronized (this) {
            if (unwritten.isEmpty()) {
                timers.after(WRITE_AFTER, this::flush);
            }
            unwritten.put(phone.id(), fetch);
        }
    }

    public Optional<Fetch> latest(Phone phone) {
        return Optional.ofNullable(latest.get(phone.id()));
    }

    private void flush() {
        Map<String, Fetch> batch;
        synchronized (this) {
            batch = unwritten;
            unwritten = new HashMap<>();
        }
        if (!batch.isEmpty()) {
            store.recordFetches(batch);
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        flush();
    }
}
