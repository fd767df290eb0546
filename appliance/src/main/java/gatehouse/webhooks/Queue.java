package gatehouse.webhooks;

import gatehouse.core.Timers;
import gatehouse.webhooks.Courier.Outcome;
import gatehouse.webhooks.WebhookStore.Waiting;
import gatehouse.webhooks.Webhooks.Parts;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The events of one hook, posted one after the other in their order. One that is not taken holds up those behind it and is tried again after five
 * seconds, ten, twenty … ten minutes at most; after {@value #MOST_TRIES} tries, or a day in the queue, it is given up. Thread-safe.
 */
final class Queue implements AutoCloseable {
    static final int MOST_TRIES = 12; // about an hour and a half
    private static final System.Logger LOG = System.getLogger(Queue.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Hook hook;
    private final WebhookStore store;
    private final Supplier<Optional<Target>> target;
    private final Courier courier;
    private final Parts parts;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;
    private int failures; // in a row; guarded by running
    private Timers.Timer timer; // guarded by this
    private boolean resting; // the timer waits for the end of a pause; guarded by this

    Queue(Hook hook, WebhookStore store, Supplier<Optional<Target>> target, Courier courier, Parts parts) {
        this.hook = hook;
        this.store = store;
        this.target = target;
        this.courier = courier;
        this.parts = parts;
    }

    /** There may be something to post. */
    synchronized void news() {
        if (!resting) {
            arm(Duration.ZERO, false);
        }
    }

    /** A start, or other settings: worth a try whatever happened before. */
    synchronized void wake() {
        arm(Duration.ZERO, false);
    }

    private synchronized void arm(Duration delay, boolean pause) {
        if (closed) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        resting = pause;
        timer = parts.timers().after(delay, () -> parts.running().execute(this::run));
    }

    private void run() {
        if (!running.tryLock()) {
            return; // who runs looks for news before it ends
        }
        rested();
        Optional<Duration> pause = Optional.empty();
        try {
            dropOld();
            for (var next = next(); next.isPresent() && pause.isEmpty(); next = pause.isEmpty() ? next() : Optional.empty()) {
                pause = post(next.get());
            }
        } finally {
            running.unlock();
        }
        if (pause.isPresent()) {
            arm(pause.get(), true);
        } else if (next().isPresent()) {
            arm(Duration.ZERO, false); // came while the lock was still held
        }
    }

    private synchronized void rested() {
        resting = false;
    }

    private Optional<Waiting> next() {
        return closed || target.get().isEmpty() ? Optional.empty() : store.read(tx -> store.first(tx, hook));
    }

    private void dropOld() {
        var dropped = store.write(tx -> store.dropBefore(tx, hook, now().minus(KEPT)));
        if (dropped > 0) {
            parts.events().publish(new WebhookEvent.GivenUp(hook.field(), dropped, "", "They waited for a day."));
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }

    /** @return how long to rest; empty to go on */
    private Optional<Duration> post(Waiting event) {
        var to = target.get();
        if (to.isEmpty()) {
            return Optional.empty();
        }
        return switch (courier.post(to.get(), event)) {
            case Outcome.Taken() -> {
                failures = 0;
                store.write(tx -> {
                    store.drop(tx, event.number());
                    return null;
                });
                yield Optional.empty();
            }
            case Outcome.Failed _ when closed -> Optional.of(LONGEST_PAUSE); // broken off by the end of this run; it counts for nothing
            case Outcome.Failed(var why, var asked) -> {
                failed(event, why);
                yield Optional.of(asked.filter(pause -> pause.compareTo(LONGEST_ASKED) <= 0).filter(pause -> pause.compareTo(pause()) > 0).orElseGet(this::pause));
            }
        };
    }

    private Duration pause() {
        return failures > 7 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << (failures - 1));
    }

    private void failed(Waiting event, String why) {
        failures++;
        var givenUp = event.tries() + 1 >= MOST_TRIES;
        LOG.log(givenUp ? Level.WARNING : Level.INFO, "The event " + event.type() + " was not taken, try " + (event.tries() + 1)
                + (givenUp ? ", given up: " : ": ") + why);
        store.write(tx -> {
            if (givenUp) {
                store.drop(tx, event.number());
                tx.afterCommit(() -> parts.events().publish(new WebhookEvent.GivenUp(hook.field(), 1, event.type(), why)));
            } else {
                store.tried(tx, event.number(), event.tries() + 1);
            }
            return null;
        });
    }

    synchronized void stop() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Waits for the event on its way. */
    @Override
    public void close() {
        stop();
        running.lock();
        running.unlock();
    }
}
