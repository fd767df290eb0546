package gatehouse.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
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
        operations.bind("getCurrentUserStatus", (ApiRequest request) -> status(request.caller().userId()));
    }

    private Answer status(String id) {
        var user = users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
        return Answer.ok(json(user));
    }

    /** Presence is what the user set, overlaid by what the phone shows. */
    private ObjectNode json(User user) {
        var status = presence.of(user);
        var presenceName = switch (status) {
            case ON_CALL -> "ON_CALL";
            case OFFLINE -> "OFFLINE";
            case ONLINE -> user.dnd() ? "DO_NOT_DISTURB" : "AVAILABLE";
        };
        var body = Json.object().put("status", status.name()).put("presence", presenceName).putNull("presence_note");
        var list = body.putArray("registration");
        for (var binding : user.extensionNumber().map(registrations::bindings).orElse(List.of())) {
            list.addObject().put("instance_id", binding.instanceId()).put("user_agent", binding.userAgent()).putNull("application")
                    .put("ip", binding.flow().host()).put("enable_push", false).put("contact_address", binding.contact());
        }
        return body.put("enable_dnd", user.dnd()).put("enable_acb", user.settings().path("enable_acb").asBoolean());
    }
}
