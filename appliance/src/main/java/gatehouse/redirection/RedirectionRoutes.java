package gatehouse.redirection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.phones.Phones;
import java.util.Arrays;
import java.util.Optional;

/** Redirect services over HTTP. */
public final class RedirectionRoutes implements Routes {
    private final Redirections redirections;

    public RedirectionRoutes(Redirections redirections) {
        this.redirections = redirections;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listRedirectServices", _ -> Answer.ok(Json.page(Maker.values().length, Arrays.stream(Maker.values()).map(this::service).toList())));
        operations.bind("showRedirectService", request -> Answer.ok(service(maker(request))));
        operations.bind("updateRedirectService", request -> {
            redirections.update(Actor.of(request), maker(request), request.body());
            return Answer.done();
        });
        operations.bind("checkRedirectService", request -> {
            redirections.check(maker(request));
            return Answer.done();
        });
        operations.bind("listPhoneRedirections", _ -> Answer.ok(Json.page(redirections.store().count(),
                redirections.store().page(0, Integer.MAX_VALUE).stream().map(this::entry).toList())));
        operations.bind("showPhoneRedirection", request -> Answer.ok(redirections.store().byMac(mac(request)).map(this::entry)
                .orElseThrow(() -> Problem.notFound("redirection").raise())));
        operations.bind("redirectPhoneAgain", request -> {
            redirections.again(mac(request));
            return Answer.done();
        });
    }

    private static Maker maker(ApiRequest request) {
        return Maker.of(request.path("maker")).orElseThrow(() -> Problem.notFound("redirect service").raise());
    }

    private static String mac(ApiRequest request) {
        return Phones.mac(request.path("mac")).orElseThrow(() -> Problem.notFound("phone").raise());
    }

    private ObjectNode service(Maker maker) {
        var json = redirections.settings(maker);
        var counts = redirections.store().counts(maker);
        for (var state : Entry.State.values()) {
            json.put(state.name().toLowerCase(java.util.Locale.ROOT), counts.getOrDefault(state, 0));
        }
        var rest = redirections.rest(maker);
        json.put("resting_until", rest.map(one -> Json.time(one.until())).orElse(null));
        return trouble(json, rest.map(Redirections.Rest::trouble), rest.map(Redirections.Rest::words).orElse(""));
    }

    private ObjectNode entry(Entry entry) {
        var json = Json.object().put("mac", entry.mac()).put("maker", entry.maker().name()).put("want", entry.want().name()).put("state", entry.state().name())
                .put("tries", entry.tries()).put("since", Json.time(entry.since())).put("changed_at", Json.time(entry.changedAt()))
                .put("next_try", entry.state() != Entry.State.WAITING ? null
                        : Json.time(redirections.rest(entry.maker()).map(Redirections.Rest::until).orElse(entry.nextTry())));
        return trouble(json, entry.trouble(), entry.words());
    }

    private static ObjectNode trouble(ObjectNode json, Optional<Trouble> trouble, String words) {
        return json.put("trouble", trouble.map(Trouble::name).orElse(null)).put("why", trouble.map(one -> one.why() + ": " + words).orElse(null))
                .put("cure", trouble.map(Trouble::cure).orElse(null));
    }
}
