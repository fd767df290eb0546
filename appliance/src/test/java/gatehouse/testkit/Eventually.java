package gatehouse.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for a condition with a bound: for what other processes do, where nothing can be moved by hand. */
public final class Eventually {
    private Eventually() {
    }

    /** The first value of {@code what} that {@code holds}; fails with the last one seen after {@code bound}. */
    public static <T> T eventually(Duration bound, Callable<T> what, Predicate<T> holds) {
        var end = System.nanoTime() + bound.toNanos();
        Object last = null;
        do {
            try {
                var value = what.call();
                if (holds.test(value)) {
                    return value;
                }
                last = value;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        } while (System.nanoTime() < end);
        throw new AssertionError("After " + bound + " still: " + last);
    }

    public static void eventually(Duration bound, Callable<Boolean> holds) {
        eventually(bound, holds, value -> value);
    }
}
