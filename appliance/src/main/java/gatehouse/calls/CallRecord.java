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
 * @param rerouteReason why it came here from another call; empty for most
 * @param userData    what the program that asked for it wants to find again
 */
public record CallRecord(String callId, String caller, String callerDisplayName, String callee, String calleeDisplayName, String destination,
                         Instant startedAt, Optional<Instant> rangAt, Optional<Instant> answeredAt, Instant endedAt, int statusCode,
                         Optional<EndReason> endReason, Optional<RerouteReason> rerouteReason, Optional<String> userData) {
    /** A call that came straight, and that no program asked for. */
    public CallRecord(String callId, String caller, String callerDisplayName, String callee, String calleeDisplayName, String destination,
                      Instant startedAt, Optional<Instant> rangAt, Optional<Instant> answeredAt, Instant endedAt, int statusCode,
                      Optional<EndReason> endReason) {
        this(callId, caller, callerDisplayName, callee, calleeDisplayName, destination, startedAt, rangAt, answeredAt, endedAt, statusCode, endReason,
                Optional.empty(), Optional.empty());
    }
}
