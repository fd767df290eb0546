package gatehouse.cdrs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.time.Duration;

/** A call record as answers show it. What only calls through trunks and other services have is null: there are none yet. */
record CdrJson(String domain) {
    ObjectNode summary(Cdr cdr) {
        var call = cdr.call();
        return Json.object().put("id", cdr.id()).put("session_id", cdr.sessionId().orElse(null)).put("caller", call.caller()).put("caller_domain", domain)
                .put("caller_display_name", call.callerDisplayName()).put("callee", call.callee()).put("callee_domain", domain)
                .put("callee_display_name", call.calleeDisplayName()).put("started_at", Json.time(call.startedAt()))
                .put("rang_at", Json.time(call.rangAt().orElse(null))).put("answered_at", Json.time(call.answeredAt().orElse(null)))
                .put("ended_at", Json.time(call.endedAt())).put("call_id", call.callId()).put("direction", Cdr.DIRECTION)
                .put("end_reason", call.endReason().map(Enum::name).orElse(null)).put("reroute_reason", call.rerouteReason().map(Enum::name).orElse(null)).put("status_code", call.statusCode())
                .put("destination", call.destination()).putNull("outbound_caller_id").putNull("did_cid").putNull("trunk")
                .put("duration", call.answeredAt().map(at -> Duration.between(at, call.endedAt()).toSeconds()).orElse(0L).intValue())
                .putNull("service_number").put("user_data", call.userData().orElse(null));
    }

    ObjectNode detail(Cdr cdr) {
        return summary(cdr).put("cost", 0).putNull("billed_account");
    }
}
