package gatehouse.audit;

import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the box that nobody changed: starts, lock-outs, failed registrations, alarms. Written in batches, so that a flood costs a
 * disk sync a second; what a flood brings beyond that is counted. Thread-safe.
 */
public final class EventLog implements AutoCloseable {
    /** The contract's words. */
    public enum Level { DEBUG, INFO, WARN, ERROR }

    private static final System.Logger LOG = System.getLogger(EventLog.class.getName());
    private static final int MOST_WAITING = 200;
    private static final int LONGEST = 500;
    private static final Duration BATCH = Duration.ofSeconds(1);

    private final EventLogStore store;
    private final Clock clock;
    private final Timers timers;
    private final Ids ids;
    private final List<EventEntry> waiting = new ArrayList<>();
    private int lost;
    private Timers.Timer saving;

    public EventLog(EventLogStore store, Clock clock, Timers timers, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.timers = timers;
        this.ids = ids;
    }

    public synchronized void record(Level level, String source, String message) {
        if (waiting.size() >= MOST_WAITING) {
            lost++;
            return;
        }
        waiting.add(new EventEntry(ids.next(), clock.instant(), level, source, message.length() > LONGEST ? message.substring(0, LONGEST) : message));
        if (saving == null) {
            saving = timers.after(BATCH, this::flush);
        }
    }

    private void flush() {
        List<EventEntry> batch;
        synchronized (this) {
            saving = null;
            batch = new ArrayList<>(waiting);
            waiting.clear();
            if (lost > 0) {
                batch.add(new EventEntry(ids.next(), clock.instant(), Level.WARN, "SYSTEM", lost + " more events came within a second and were not kept."));
                lost = 0;
            }
        }
        try {
            store.insert(batch);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.ERROR, "Events could not be kept", e);
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        synchronized (this) {
            if (saving != null) {
                saving.cancel();
            }
        }
        flush();
    }
}
