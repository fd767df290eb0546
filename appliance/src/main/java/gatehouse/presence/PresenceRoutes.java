package gatehouse.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.registrations.Registrations;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;

/** Status over HTTP. */
public final class PresenceRoutes implements Routes {
    private final Presence presence;
    private final Users users;
    private final Registrations registrations;

    public PresenceRoutes(Presence presence, Users users, Registrations registrations) {
        this.presence = presence;
        this.users = users;
        this.registrations = registrations;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getUserStatus", request -> status(request.path("id")));
        operations.bind("getCurrentUserStatus", request -> status(request.caller().userId()));
        operations.bind("setCurrentUserPresence", request -> {
            presence.set(Actor.of(request), request.caller().userId(), request.body());
            return Answer.done();
        });
        operations.bind("delUserRegistration", this::drop);
    }

    private Answer status(String id) {
        return Answer.ok(json(user(id)));
    }

    private User user(String id) {
        return users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
    }

    private Answer drop(ApiRequest request) {
        var number = user(request.path("id")).extensionNumber();
        if (number.isEmpty() || !registrations.drop(number.get(), request.path("instance_id"))) {
            throw Problem.notFound("registration").raise();
        }
        return Answer.noContent();
    }

    private ObjectNode json(User user) {
        var body = Json.object().put("status", presence.status(user).name()).put("presence", presence.shown(user).name())
                .put("presence_note", user.presenceNote().orElse(null));
        var list = body.putArray("registration");
        for (var binding : user.extensionNumber().map(registrations::bindings).orElse(List.of())) {
            list.addObject().put("instance_id", binding.instanceId()).put("user_agent", binding.userAgent()).putNull("application")
                    .put("ip", binding.flow().host()).put("enable_push", false).put("contact_address", binding.contact());
        }
        return body.put("enable_dnd", user.dnd()).put("enable_acb", user.settings().path("enable_acb").asBoolean());
    }
}
