package gatehouse.provisioning;

import gatehouse.core.Timers;
import gatehouse.provisioning.Served.Reached;
import gatehouse.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What each phone last got, to tell what would change. A phone that gets what it got before costs a digest; what is new is written many at
 * once, and a power cut within that half minute costs the knowledge of what those phones got. Thread-safe.
 */
public final class ServedFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServedFiles.class.getName());
    private static final Duration WRITE_AFTER = Duration.ofSeconds(30);
    private static final int MOST = 40_000; // four files each of 10,000 phones, about 2 KB each on the disk

    private final ServedStore store;
    private final Timers timers;
    private final Clock clock;
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private Map<String, Served> unwritten = new HashMap<>();

    public ServedFiles(ServedStore store, Timers timers, Clock clock) {
        this.store = store;
        this.timers = timers;
        this.clock = clock;
        tags.putAll(store.tags());
    }

    static String key(String mac, String file) {
        return mac + "/" + file;
    }

    /** @param masked the same file without secrets, and their marks; asked only when the file is another than before */
    void served(String mac, String file, Reached reached, String tag, Supplier<Map.Entry<String, Map<String, String>>> masked) {
        if (tag.equals(tags.get(key(mac, file)))) {
            return;
        }
        var now = masked.get();
        var served = new Served(mac, file, clock.instant(), reached, tag, now.getKey(), now.getValue());
        synchronized (this) {
            if (unwritten.isEmpty()) {
                timers.after(WRITE_AFTER, this::flush);
            }
            unwritten.put(key(mac, file), served);
        }
        tags.put(key(mac, file), tag);
    }

    /** What a phone got of each file, by the file's name. */
    Map<String, Served> of(String mac) {
        var all = new TreeMap<String, Served>();
        List<Served> fresh;
        synchronized (this) {
            fresh = unwritten.values().stream().filter(served -> served.mac().equals(mac)).toList();
        }
        store.of(mac).forEach(served -> all.put(served.file(), served));
        fresh.forEach(served -> all.put(served.file(), served));
        return all;
    }

    /** For a phone that is nobody's any more. */
    void forget(String mac) {
        synchronized (this) {
            unwritten.values().removeIf(served -> served.mac().equals(mac));
        }
        tags.keySet().removeIf(key -> key.startsWith(mac + "/"));
        store.delete(mac);
    }

    private void flush() {
        Map<String, Served> batch;
        synchronized (this) {
            batch = unwritten;
            unwritten = new HashMap<>();
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.put(batch.values(), MOST);
            if (tags.size() > MOST) {
                tags.clear(); // what the store let go is remembered anew when it is fetched
                tags.putAll(store.tags());
            }
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "What phones got could not be saved; what would change is not known until they fetch again", e);
            batch.keySet().forEach(tags::remove);
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        flush();
    }
}
