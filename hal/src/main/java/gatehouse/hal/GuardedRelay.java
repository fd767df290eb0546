package gatehouse.hal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A relay that lets go by itself: whoever energised it may crash, the strike must not stay open. Thread-safe.
 * The coil itself is moved by {@code drive}: a pin, or nothing at all in the simulator.
 */
final class GuardedRelay implements RelayOutput {
    private static final System.Logger LOG = System.getLogger(GuardedRelay.class.getName());
    private final String name;
    private final Duration longestOn;
    private final Consumer<Boolean> drive;
    private final ScheduledExecutorService guard;
    private boolean energised;
    private Future<?> release;

    GuardedRelay(String name, Duration longestOn, Consumer<Boolean> drive, ScheduledExecutorService guard) {
        this.name = name;
        this.longestOn = longestOn;
        this.drive = drive;
        this.guard = guard;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void energise() {
        cancelGuard();
        drive.accept(true);
        energised = true;
        release = guard.schedule(this::letGo, longestOn.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void release() {
        cancelGuard();
        drive.accept(false);
        energised = false;
    }

    private void letGo() {
        LOG.log(Level.WARNING, "Relay " + name + " was on for " + longestOn.toSeconds() + " s and was released by its guard");
        release();
    }

    private void cancelGuard() {
        if (release != null) {
            release.cancel(false);
            release = null;
        }
    }

    @Override
    public synchronized boolean energised() {
        return energised;
    }

    @Override
    public Duration longestOn() {
        return longestOn;
    }
}
