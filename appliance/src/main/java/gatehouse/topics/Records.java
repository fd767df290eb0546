package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.calls.CallRecord;
import gatehouse.calls.LiveCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Calls as the topic of call records tells them: the fields of a call record, as far as they are known. */
final class Records {
    private static final String BETWEEN_EXTENSIONS = "ext"; // the topics' own word; trunks bring in, out and in2out

    private Records() {
    }

    /** @param now when what is told happened */
    static ObjectNode live(ObjectNode body, LiveCall call, Instant now) {
        return body.put("time", time(Optional.of(now))).put("direction", BETWEEN_EXTENSIONS).put("session_id", call.id()).put("caller", call.caller()).put("caller_display_name", call.callerDisplayName()).put("callee", call.callee())
                .put("callee_display_name", call.calleeDisplayName()).put("started_at", time(Optional.of(call.startedAt())))
                .put("answered_at", time(call.answeredAt()));
    }

    static ObjectNode ended(ObjectNode body, String id, CallRecord call) {
        return body.put("time", time(Optional.of(call.endedAt()))).put("direction", BETWEEN_EXTENSIONS).put("session_id", id).put("call_id", call.callId()).put("caller", call.caller()).put("caller_display_name", call.callerDisplayName())
                .put("callee", call.callee()).put("callee_display_name", call.calleeDisplayName()).put("destination", call.destination())
                .put("started_at", time(Optional.of(call.startedAt()))).put("rang_at", time(call.rangAt())).put("answered_at", time(call.answeredAt()))
                .put("ended_at", time(Optional.of(call.endedAt()))).put("status_code", call.statusCode())
                .put("end_reason", call.endReason().map(Enum::name).orElse("")).put("reroute_reason", call.rerouteReason().map(Enum::name).orElse(""))
                .put("duration", call.answeredAt().map(at -> Duration.between(at, call.endedAt()).toSeconds()).orElse(0L))
                .put("user_data", call.userData().orElse(""));
    }

    /** Unix seconds as text; empty when it did not happen. */
    private static String time(Optional<Instant> at) {
        return at.map(instant -> Long.toString(instant.getEpochSecond())).orElse("");
    }
}
