package gatehouse.sip;

import gatehouse.core.Timers;
import java.time.Duration;

/** One thing that happens at its time unless it is taken back. Guarded by its leg, whose lock it takes when it happens. */
final class Deadline {
    private final Timers timers;
    private final Object lock;
    private Timers.Timer timer;
    private long turn; // a timer that fires while it is being taken back must find out

    /** @param lock the leg */
    Deadline(Timers timers, Object lock) {
        this.timers = timers;
        this.lock = lock;
    }

    /** Takes back what was set before. */
    void in(Duration delay, Runnable what) {
        clear();
        var set = turn;
        timer = timers.after(delay, () -> {
            synchronized (lock) {
                if (turn == set) {
                    clear();
                    what.run();
                }
            }
        });
    }

    void clear() {
        turn++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
