package gatehouse.webhooks;

import gatehouse.core.Event;

/** What became of events that could not be posted. */
public sealed interface WebhookEvent extends Event {
    /** @param count of events that nobody took; @param what the type of the last of them */
    record GivenUp(String hook, int count, String what, String why) implements WebhookEvent { }

    /** So many wait that new ones are not kept; told once until there is room again. */
    record Full(String hook) implements WebhookEvent { }
}
