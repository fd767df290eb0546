package gatehouse.calls;

import java.time.Instant;
import java.util.Optional;

/**
 * What is left of a call once it ended (contract area cdr).
 *
 * @param callId      the caller's SIP Call-ID
 * @param destination what was dialled
 * @param endReason   empty when the box refused the call itself
 * @param statusCode  the final SIP status the caller got
 */
public record CallRecord(String callId, String caller, String callerDisplayName, String callee, String calleeDisplayName, String destination,
                         Instant startedAt, Optional<Instant> rangAt, Optional<Instant> answeredAt, Instant endedAt, int statusCode,
                         Optional<EndReason> endReason) {
}
