package gatehouse.changes;

import gatehouse.core.Timers;
import gatehouse.store.Store.Tx;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes the log. An object has one entry, its last change; it stays while the object does, and as a tombstone for a while after, so the
 * log is bounded by what there is and by {@link #MOST_TOMBSTONES}. Thread-safe.
 */
public final class Changes implements AutoCloseable {
    static final Duration OLDEST_TOMBSTONE = Duration.ofDays(90); // an app that was not opened for a season may start over
    static final int MOST_TOMBSTONES = 50_000; // some 10 MB
    private static final Duration PRUNED_EVERY = Duration.ofHours(6);

    private final ChangeStore store;
    private final Timers timers;
    private final Clock clock;
    private final int mostTombstones;
    private Timers.Timer next;
    private boolean closed;

    public Changes(ChangeStore store, Timers timers, Clock clock) {
        this(store, timers, clock, MOST_TOMBSTONES);
    }

    Changes(ChangeStore store, Timers timers, Clock clock, int mostTombstones) {
        this.store = store;
        this.timers = timers;
        this.clock = clock;
        this.mostTombstones = mostTombstones;
        schedule();
    }

    /** Notes a change within the transaction that makes it. That something unknown was deleted is not noted. */
    public void record(Tx tx, Feed feed, String objectId, ChangeType change) {
        if (change == ChangeType.DELETED) {
            store.bury(tx, feed, objectId, clock.instant());
        } else {
            store.put(tx, feed, objectId, ChangeStore.State.LIVE, clock.instant());
        }
    }

    /** Notes that an object of another feed looks different to this feed's owner; is forgotten like a tombstone. */
    public void touch(Tx tx, Feed feed, String objectId) {
        store.put(tx, feed, objectId, ChangeStore.State.TOUCHED, clock.instant());
    }

    /** Drops all feeds of an owner that is gone. */
    public void forget(Tx tx, String owner) {
        store.forget(tx, owner);
    }

    private synchronized void schedule() {
        if (!closed) {
            next = timers.after(PRUNED_EVERY, () -> {
                try {
                    prune();
                } finally {
                    schedule();
                }
            });
        }
    }

    void prune() {
        store.prune(clock.instant().minus(OLDEST_TOMBSTONE), mostTombstones);
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.cancel();
    }
}
