package gatehouse.testkit;

import gatehouse.core.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@link Timers} that run when a test pushes them, on the test's thread, in order of their time. */
public final class ManualTimers implements Timers {
    private final class Waiting implements Timer {
        private final Duration due;
        private final Runnable task;

        Waiting(Duration due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        @Override
        public void cancel() {
            synchronized (ManualTimers.this) {
                waiting.remove(this);
            }
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        var timer = new Waiting(now.plus(delay), task);
        waiting.add(timer);
        return timer;
    }

    /** Lets {@code by} pass, running what falls due, including what those tasks start. */
    public void push(Duration by) {
        Duration end;
        synchronized (this) {
            end = now.plus(by);
        }
        for (var next = takeDue(end); next != null; next = takeDue(end)) {
            next.task.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Waiting takeDue(Duration end) {
        var next = waiting.stream().filter(timer -> timer.due.compareTo(end) <= 0).min(Comparator.comparing(timer -> timer.due)).orElse(null);
        if (next != null) {
            waiting.remove(next);
            now = next.due;
        }
        return next;
    }

    public synchronized int waiting() {
        return waiting.size();
    }
}
