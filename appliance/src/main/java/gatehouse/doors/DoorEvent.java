package gatehouse.doors;

import gatehouse.core.Event;

/** What others may hear of doors. */
public sealed interface DoorEvent extends Event {
    record Opened(String doorId, String by) implements DoorEvent { }

    record Shut(String doorId) implements DoorEvent { }

    /** A wrong code; {@code locked} when it was one too many. */
    record Refused(String doorPhone, String by, boolean locked) implements DoorEvent { }
}
