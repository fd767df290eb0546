package gatehouse.registrations;

import gatehouse.core.Event;

/** An extension got its first binding, or lost its last. */
public record RegistrationChanged(String extensionNumber, boolean online) implements Event {
}
