package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;

/** Users over HTTP, for those who manage them, and oneself to look at (contract area user). */
public final class UserRoutes implements Routes {
    /** Where phones and apps register. */
    public record Ports(int sip, int sips) { }

    private final Users users;
    private final UserChanges changes;
    private final UserView view;
    private final Ports ports;

    public UserRoutes(Users users, UserChanges changes, Ports ports) {
        this.users = users;
        this.changes = changes;
        this.view = changes.view();
        this.ports = ports;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createUser", request -> Answer.created(changes.create(request.caller(), Actor.of(request), request.body())));
        operations.bind("listUsers", this::list);
        operations.bind("showUser", this::show);
        operations.bind("updateUser", this::update);
        operations.bind("deleteUser", this::delete);
        operations.bind("resetUserPassword", this::resetPassword);
        operations.bind("resetUserExtensionPassword", this::resetExtensionPassword);
        operations.bind("getDetailsOfCurrentUser", this::self);
    }

    private Answer list(ApiRequest request) {
        var page = users.page(UserStore.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), view.all(page.items())));
    }

    /** A profile signs in as the user: it is shown to who could give the user a new password, and to nobody else. */
    private Answer show(ApiRequest request) {
        var user = users.byId(request.path("id")).orElseThrow(() -> Problem.notFound("user").raise());
        var body = withPin(user);
        if (changes.mayChange(request.caller(), user)) {
            body.put("profile", users.profile(user.id()).orElse(null));
        }
        return Answer.ok(body);
    }

    private Answer self(ApiRequest request) {
        var user = users.byId(request.caller().userId()).orElseThrow(() -> Problem.notFound("user").raise());
        var body = withPin(user).put("profile", users.profile(user.id()).orElse(null));
        var transports = body.putArray("transports");
        transports.addObject().put("protocol", "UDP").put("port", ports.sip()).put("verification", "DISABLE");
        transports.addObject().put("protocol", "TCP").put("port", ports.sip()).put("verification", "DISABLE");
        transports.addObject().put("protocol", "TLS").put("port", ports.sips()).put("verification", "DISABLE");
        return Answer.ok(body);
    }

    private ObjectNode withPin(User user) {
        return view.one(user).put("voicemail_pin", users.voicemailPin(user.id()).orElse(null));
    }

    private Answer update(ApiRequest request) {
        changes.update(request.caller(), Actor.of(request), request.path("id"), request.body());
        return Answer.done();
    }

    private Answer delete(ApiRequest request) {
        changes.delete(request.caller(), Actor.of(request), request.path("id"));
        return Answer.noContent();
    }

    private Answer resetPassword(ApiRequest request) {
        changes.resetPassword(request.caller(), Actor.of(request), request.path("id"), password(request));
        return Answer.done();
    }

    private Answer resetExtensionPassword(ApiRequest request) {
        changes.resetExtensionPassword(request.caller(), Actor.of(request), request.path("id"), password(request));
        return Answer.done();
    }

    private static String password(ApiRequest request) {
        if (!request.body().path("password").isTextual()) {
            throw Problem.invalid("password", "required", "password is missing.").raise();
        }
        return request.body().get("password").textValue();
    }
}
