package gatehouse.calls;

import java.time.Instant;
import java.util.Optional;

/** A call as it is now. */
public record LiveCall(String id, String caller, String callerDisplayName, String callee, String calleeDisplayName, Instant startedAt,
                       Optional<Instant> answeredAt) {
}
