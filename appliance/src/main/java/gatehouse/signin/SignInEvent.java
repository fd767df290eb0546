package gatehouse.signin;

import gatehouse.core.Event;
import java.time.Instant;

/** What others may hear of sign-ins. */
public sealed interface SignInEvent extends Event {
    /** The password was wrong once too often. @param address an IP address or a serial line */
    record LockedOut(String name, String address, Instant until) implements SignInEvent { }
}
