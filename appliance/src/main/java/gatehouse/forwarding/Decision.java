package gatehouse.forwarding;

import java.time.Duration;

/** What one user's rules say of a call. */
public sealed interface Decision {
    /** The phones ring. @param as AVAILABLE or BUSY: whose rule it is once nobody answers; @param atMost how long */
    record Ring(Situation as, Duration atMost) implements Decision { }

    record Forward(String number) implements Decision { }

    /** @param number whose; empty for the user's own; @param otherwise what the caller's phone is told where no voicemail takes calls */
    record Voicemail(String number, int otherwise) implements Decision { }

    /** @param status what the caller's phone is told (RFC 3261 21) */
    record Refuse(int status) implements Decision { }
}
