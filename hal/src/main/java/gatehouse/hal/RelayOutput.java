package gatehouse.hal;

import java.time.Duration;

/** An output that moves something, such as a door strike. Falls back to its safe state by itself after {@link #longestOn}. */
public interface RelayOutput {
    /** The board description's name for it: {@code door-1}. */
    String name();

    /** Energises the coil. Calling it again restarts the guard time. */
    void energise();

    /** Releases the coil. */
    void release();

    boolean energised();

    /** The longest time the coil may stay energised before the hardware layer releases it on its own. */
    Duration longestOn();
}
