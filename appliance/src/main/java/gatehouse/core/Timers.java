package gatehouse.core;

import java.time.Duration;

/** Where time comes from outside: runs a task once, later. Tests push it by hand. */
public interface Timers {
    /** A task that waits; cancelling one that has run does nothing. */
    interface Timer {
        void cancel();
    }

    /** Runs {@code task} once after {@code delay}, on a thread of the implementation; the task must not block for long. */
    Timer after(Duration delay, Runnable task);
}
