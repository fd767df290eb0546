package gatehouse.cdrs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Call records over HTTP: the company's, and one's own. */
public final class CdrRoutes implements Routes {
    private final CdrStore store;
    private final Users users;
    private final String domain;

    public CdrRoutes(CdrStore store, Users users, String domain) {
        this.store = store;
        this.users = users;
        this.domain = domain;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listCDRs", request -> Answer.ok(page(store.page(request.skip(), request.top()))));
        operations.bind("retrieveCDR", request -> Answer.ok(legs(store.byId(request.path("id")))));
        operations.bind("listUserCDRs", this::own);
        operations.bind("retrieveUserCDR", request -> Answer.ok(legs(store.byId(request.path("id")).filter(cdr -> isOf(cdr, number(request))))));
    }

    private Answer own(ApiRequest request) {
        return Answer.ok(page(number(request).map(number -> store.pageOf(number, request.skip(), request.top()))
                .orElseGet(() -> new CdrStore.Page(0, List.of()))));
    }

    private Optional<String> number(ApiRequest request) {
        return users.byId(request.caller().userId()).flatMap(User::extensionNumber);
    }

    private static boolean isOf(Cdr cdr, Optional<String> number) {
        return number.filter(own -> own.equals(cdr.call().caller()) || own.equals(cdr.call().callee())).isPresent();
    }

    private ObjectNode page(CdrStore.Page page) {
        return Json.page(page.count(), page.cdrs().stream().map(cdr -> json(cdr).put("id", cdr.id())).toList());
    }

    /** The detail view lists the legs of the call; a call between two extensions has one. */
    private ObjectNode legs(Optional<Cdr> cdr) {
        var body = Json.object();
        body.putArray("items").add(json(cdr.orElseThrow(() -> Problem.notFound("call record").raise())).put("cost", 0).putNull("billed_account"));
        return body;
    }

    private ObjectNode json(Cdr cdr) {
        var call = cdr.call();
        return Json.object().put("caller", call.caller()).put("caller_domain", domain).put("caller_display_name", call.callerDisplayName())
                .put("callee", call.callee()).put("callee_domain", domain).put("callee_display_name", call.calleeDisplayName())
                .put("started_at", Json.time(call.startedAt())).put("rang_at", Json.time(call.rangAt().orElse(null)))
                .put("answered_at", Json.time(call.answeredAt().orElse(null))).put("ended_at", Json.time(call.endedAt()))
                .put("call_id", call.callId()).put("direction", Cdr.DIRECTION).put("end_reason", call.endReason().map(Enum::name).orElse(null))
                .putNull("reroute_reason").put("status_code", call.statusCode()).put("destination", call.destination()).putNull("outbound_caller_id")
                .putNull("did_cid").putNull("trunk")
                .put("duration", call.answeredAt().map(at -> Duration.between(at, call.endedAt()).toSeconds()).orElse(0L).intValue())
                .putNull("service_number").putNull("user_data");
    }
}
