package gatehouse.sip;

import gatehouse.core.Event;
import java.time.Instant;

/** An address sends so many requests that it is not heard for a while. */
public record ShutOut(String address, Instant until) implements Event { }
