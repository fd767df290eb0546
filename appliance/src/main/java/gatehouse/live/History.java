package gatehouse.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest events, numbered, for listeners that each read at their own pace: what is waiting for them is kept once, whoever they are. A
 * reader that falls out of what is kept is stuck in a dead connection or has gone to sleep; it is interrupted. Thread-safe.
 *
 * <p>Numbers grow over restarts too, because they begin at the clock: a number of an earlier run is older than all that is kept, and no other
 * number means two events. They stay below 2^53, which is what a script can count to.
 */
final class History {
    private static final int NUMBERS_A_MILLISECOND = 1_024; // more than the box can tell for long; 2^53 is reached in the year 2248

    /** One kept event. */
    record Entry(long number, Told told) { }

    private final Entry[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<Reader> readers = new HashSet<>();
    private final long first;
    private long last;
    private boolean closed;

    /** @param most how many events are kept */
    History(Clock clock, int most) {
        this.ring = new Entry[most];
        this.first = clock.millis() * NUMBERS_A_MILLISECOND;
        this.last = first;
    }

    void add(Told told) {
        lock.lock();
        try {
            last++;
            ring[slot(last)] = new Entry(last, told);
            readers.stream().filter(reader -> reader.at < oldest() - 1).forEach(reader -> reader.thread.interrupt());
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long oldest() {
        return Math.max(first, last - ring.length) + 1;
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /** From now on, by the calling thread. */
    Reader now() {
        lock.lock();
        try {
            return reader(last);
        } finally {
            lock.unlock();
        }
    }

    /** What comes after {@code number}; empty when some of that is no longer kept, or nobody ever gave that number. */
    Optional<Reader> after(long number) {
        lock.lock();
        try {
            return number < oldest() - 1 || number > last ? Optional.empty() : Optional.of(reader(number));
        } finally {
            lock.unlock();
        }
    }

    private Reader reader(long at) {
        var reader = new Reader(Thread.currentThread(), at);
        readers.add(reader);
        return reader;
    }

    int readers() {
        lock.lock();
        try {
            return readers.size();
        } finally {
            lock.unlock();
        }
    }

    /** One listener's place. Belongs to the thread that opened it. */
    final class Reader implements AutoCloseable {
        private final Thread thread;
        private long at;

        private Reader(Thread thread, long at) {
            this.thread = thread;
            this.at = at;
        }

        long at() {
            return at;
        }

        /** Waits for what comes next, at most {@code patience}; empty when that is over or the history is closed. */
        List<Entry> next(Duration patience, int atMost) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                var left = patience.toNanos();
                while (at == last && !closed && left > 0) {
                    left = news.awaitNanos(left);
                }
                return closed ? List.of() : taken(atMost);
            } finally {
                lock.unlock();
            }
        }

        private List<Entry> taken(int atMost) throws InterruptedException {
            if (at < oldest() - 1) {
                throw new InterruptedException("Fell out of what is kept");
            }
            var taken = new ArrayList<Entry>();
            for (var number = at + 1; number <= last && taken.size() < atMost; number++) {
                taken.add(ring[slot(number)]);
            }
            return taken;
        }

        /** Everything up to {@code number} has left. */
        void passed(long number) {
            lock.lock();
            try {
                at = number;
            } finally {
                lock.unlock();
            }
        }

        /** No interruption comes after this. */
        @Override
        public void close() {
            lock.lock();
            try {
                readers.remove(this);
            } finally {
                lock.unlock();
            }
            Thread.interrupted(); // one that came meanwhile was for this reader, not for what the thread does next
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
