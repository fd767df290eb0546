package gatehouse.notifications;

import gatehouse.core.Event;

/** What others may hear of mail. */
public sealed interface NotificationEvent extends Event {
    record Sent(String recipient) implements NotificationEvent { }

    /** Nobody will try again. @param why in words for an administrator */
    record GivenUp(String recipient, String why) implements NotificationEvent { }
}
