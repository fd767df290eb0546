package gatehouse.hal;

import java.util.function.Consumer;

/** A contact or button that the box can feel. */
public interface DigitalInput {
    String name();

    boolean active();

    /** Calls {@code listener} with the new state after each debounced change, on a thread of the hardware layer. One listener an input. */
    void onChange(Consumer<Boolean> listener);
}
