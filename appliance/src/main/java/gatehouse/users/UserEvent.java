package gatehouse.users;

import gatehouse.core.Event;

/** What others may hear of users. */
public sealed interface UserEvent extends Event {
    User user();

    record Created(User user) implements UserEvent { }

    /** @param secretChanged its SIP secret is another now: phones must be provisioned again */
    record Updated(User user, boolean secretChanged) implements UserEvent { }

    record Deleted(User user) implements UserEvent { }
}
