package gatehouse.sip;

import gatehouse.core.Timers;
import java.time.Duration;

/** The ACK that a 200 to an INVITE waits for: until it comes the 200 is repeated, over any transport (RFC 3261 13.3.1.4). Guarded by its leg. */
final class Acknowledgement {
    private static final Duration T1 = Duration.ofMillis(500); // RFC 3261 17.1.1.1
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Duration NO_ACK = T1.multipliedBy(64);

    private final Deadline deadline;
    private long sequence; // of the INVITE

    /** @param lock the leg */
    Acknowledgement(Timers timers, Object lock) {
        deadline = new Deadline(timers, lock);
    }

    /** @param again sends the 200 once more; @param lost runs when nobody acknowledged it in 32 s */
    void await(long invite, Runnable again, Runnable lost) {
        sequence = invite;
        await(T1, Duration.ZERO, again, lost);
    }

    private void await(Duration interval, Duration passed, Runnable again, Runnable lost) {
        deadline.in(interval, () -> {
            if (passed.compareTo(NO_ACK) >= 0) {
                lost.run();
                return;
            }
            var twice = interval.multipliedBy(2);
            await(twice.compareTo(T2) < 0 ? twice : T2, passed.plus(interval), again, lost);
            again.run(); // may end the leg, and with it this
        });
    }

    /** An ACK of the INVITE with that number, which may be an older one. */
    void came(long invite) {
        if (invite == sequence) {
            forget();
        }
    }

    void forget() {
        deadline.clear();
    }
}
