package gatehouse.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.calls.Calls.Outcome;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.registrations.Binding;
import gatehouse.sip.SipEdge;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Calls that a program places, holds, hands on and ends. */
public final class SessionRoutes implements Routes {
    private static final List<String> OF_TRUNKS = List.of("trunk", "rewrite_from", "rewrite_pai", "rewrite_rpi", "target");
    private static final List<String> TEXTS = List.of("caller", "caller_display_name", "callee", "trunk", "rewrite_from", "rewrite_pai", "rewrite_rpi",
            "user_data", "target", "target_instance_id", "target_extension_number", "additional_header", "header_direction");

    private final Calls calls;
    private final SipEdge sip;
    private final String domain;
    private final Clock clock;

    public SessionRoutes(Calls calls, SipEdge sip, String domain, Clock clock) {
        this.calls = calls;
        this.sip = sip;
        this.domain = domain;
        this.clock = clock;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getCallSessionById", request -> Answer.ok(CallRoutes.json(calls.live(request.path("id"))
                .orElseThrow(() -> Problem.notFound("call").raise()), clock.instant())));
        operations.bind("createCallSession", request -> created(request.body()));
        operations.bind("createCallSessionDirectly", this::directly);
        operations.bind("holdCall", request -> done(calls.hold(request.path("id"), number(request), true)));
        operations.bind("unholdCall", request -> done(calls.hold(request.path("id"), number(request), false)));
        operations.bind("referCallSession", request -> done(calls.transfer(request.path("id"), number(request), user(request.body(), "refer_to"))));
        operations.bind("attendReferCall", this::join);
        operations.bind("deleteCallSession", request -> {
            done(calls.destroy(request.path("id")));
            return Answer.noContent();
        });
    }

    /** The session in the path is the first one, unless the body says that it is the second. */
    private Answer join(ApiRequest request) {
        var body = request.body();
        var id = request.path("id");
        var first = text(body, "session_1").orElse(id);
        var second = text(body, "session_2").or(() -> Optional.of(id).filter(one -> !one.equals(first)));
        var problems = new Problems();
        problems.addIf(!first.equals(id) && !second.equals(Optional.of(id)), "session_1", "mismatch",
                "session_1 or session_2 must be the session in the path; leave session_1 out to mean that one.");
        problems.addIf(second.equals(Optional.of(first)), "session_2", "same", "session_2 must be another session than session_1.");
        problems.check();
        return done(calls.join(new Calls.Consultation(number(request), first, user(body, "refer_to_1"), second, user(body, "refer_to_2"))));
    }

    private static String number(ApiRequest request) {
        return request.body().path("extension_number").asText();
    }

    /** A number, or a SIP address whose user part is one. */
    private static String user(JsonNode body, String field) {
        var text = body.path(field).asText().strip();
        return text.replaceFirst("(?i)^sips?:", "").replaceFirst("[@;].*$", "");
    }

    /** Who knows an extension's SIP password may have its own phone ring, and nobody else's. The API is served over HTTPS alone. */
    private Answer directly(ApiRequest request) {
        var number = request.query("extension_number").orElseThrow();
        var known = request.query("domain").orElseThrow().equalsIgnoreCase(domain);
        switch (sip.shown(number, known ? request.query("password").orElseThrow() : "", request.remoteAddress())) {
            case RIGHT -> { }
            case WRONG -> throw Problem.of(Code.UNAUTHORIZED, "This extension, domain and password do not fit.").raise();
            case LOCKED_OUT -> throw Problem.of(Code.TOO_MANY_REQUESTS, "Too many wrong passwords. Try again in a quarter of an hour.").raise();
        }
        var body = Json.object().put("send_sdp", request.query("send_sdp").orElseThrow().equals("true"));
        TEXTS.forEach(field -> request.query(field).ifPresent(value -> body.put(field, value)));
        if (!user(body, "caller").equals(number)) {
            throw Problem.of(Code.FORBIDDEN, "The caller must be the extension whose password this is.").raise();
        }
        return created(body);
    }

    private Answer created(ObjectNode body) {
        var problems = new Problems();
        OF_TRUNKS.forEach(field -> problems.addIf(!body.path(field).asText("").isEmpty() && !body.path(field).isNull(), field, "unsupported",
                field + " is for calls through trunks, which the box does not place yet; leave it out."));
        problems.addIf(!body.path("target_extension_number").isNull() && body.path("target_extension_number").isTextual()
                && !body.path("target_extension_number").asText().equals(user(body, "caller")), "target_extension_number", "unsupported",
                "target_extension_number must be the caller: the phone that rings is one of the caller's.");
        problems.check();
        return switch (calls.place(placement(body))) {
            case Outcome.Done(var id) -> Answer.created(id);
            case Outcome other -> throw refused(other).raise();
        };
    }

    private Placement placement(ObjectNode body) {
        var headers = headers(body.path("additional_header").asText(""));
        var direction = body.path("header_direction").isTextual() ? body.get("header_direction").textValue() : "CALLER";
        return new Placement(user(body, "caller"), text(body, "caller_display_name"), user(body, "callee"), body.path("send_sdp").asBoolean(),
                text(body, "user_data"), phones(text(body, "target_instance_id")), direction.equals("CALLEE") ? Map.of() : headers,
                direction.equals("CALLER") ? Map.of() : headers);
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.ofNullable(body.path(field).textValue()).filter(text -> !text.isBlank());
    }

    private static Predicate<Binding> phones(Optional<String> instance) {
        return instance.<Predicate<Binding>>map(id -> phone -> phone.instanceId().equals(id)).orElse(_ -> true);
    }

    /** How phones are asked to answer by themselves: RFC 5373, and what vendors made of Call-Info and Alert-Info (RFC 3261 20.4, 20.9). */
    private Map<String, String> headers(String additional) {
        var here = "<http://" + domain + ">";
        return switch (additional) {
            case "ANSWER_MODE" -> Map.of("Answer-Mode", "Auto");
            case "CALL_INFO" -> Map.of("Call-Info", "<sip:" + domain + ">;answer-after=0");
            case "ALERT_INFO_AUTO_ANSWER_DELAY0" -> Map.of("Alert-Info", here + ";info=alert-autoanswer;delay=0");
            case "ALERT_INFO_AUTO_ANSWER" -> Map.of("Alert-Info", here + ";info=alert-autoanswer");
            case "ALERT_INFO_INTERCOM" -> Map.of("Alert-Info", here + ";info=intercom");
            default -> Map.of();
        };
    }

    private static Answer done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> Answer.done();
            case Outcome other -> throw refused(other).raise();
        };
    }

    private static Problem refused(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nobody(var field) -> Problem.invalid(field, "unknown", field + " is nobody's number here.");
            case Outcome.NotNow(var why) -> Problem.of(Code.CONFLICT, why);
            case Outcome.Unknown(), Outcome.Done _ -> Problem.notFound("call");
        };
    }
}
