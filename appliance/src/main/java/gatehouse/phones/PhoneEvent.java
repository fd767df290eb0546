package gatehouse.phones;

import gatehouse.core.Event;

/** What others may hear of phones. */
public sealed interface PhoneEvent extends Event {
    Phone phone();

    record Created(Phone phone) implements PhoneEvent { }

    record Updated(Phone phone) implements PhoneEvent { }

    record Deleted(Phone phone) implements PhoneEvent { }
}
