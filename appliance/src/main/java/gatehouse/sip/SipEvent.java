package gatehouse.sip;

import gatehouse.core.Event;
import java.time.Instant;

/** What others may hear of who asks to be let in over SIP. */
public sealed interface SipEvent extends Event {
    /** The secret was wrong, or there is no such user. */
    record Refused(String username, String address) implements SipEvent { }

    /** It was wrong once too often. */
    record LockedOut(String username, String address, Instant until) implements SipEvent { }
}
