package gatehouse.users;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Users over HTTP (contract area user). Which fields an answer has, and their defaults, stand in the document beside this class. */
public final class UserRoutes implements Routes {
    private final Users users;
    private final JsonNode detail;
    private final JsonNode own;
    private final JsonNode summary;
    private final JsonNode defaults;

    public UserRoutes(Users users) {
        this.users = users;
        try (var in = UserRoutes.class.getResourceAsStream("openapi.json")) {
            var paths = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).get("paths");
            var ok = "/responses/200/content/application~1json/schema/properties";
            detail = paths.at("/~1users~1{id}/get" + ok);
            own = paths.at("/~1user/get" + ok);
            summary = paths.at("/~1users/get" + ok + "/items/items/properties");
            defaults = paths.at("/~1users/post/requestBody/content/application~1json/schema/properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createUser", request -> Answer.created(users.create(request.caller(), Actor.of(request), request.body())));
        operations.bind("listUsers", this::list);
        operations.bind("showUser", request -> Answer.ok(json(user(request), detail)));
        operations.bind("updateUser", this::update);
        operations.bind("deleteUser", this::delete);
        operations.bind("resetUserPassword", this::resetPassword);
        operations.bind("resetUserExtensionPassword", this::resetExtensionPassword);
        operations.bind("getDetailsOfCurrentUser", request -> Answer.ok(json(self(request), own)));
    }

    private User user(ApiRequest request) {
        return users.byId(request.path("id")).orElseThrow(() -> Problem.notFound("user").raise());
    }

    private User self(ApiRequest request) {
        return users.byId(request.caller().userId()).orElseThrow(() -> Problem.notFound("user").raise());
    }

    private Answer list(ApiRequest request) {
        var page = users.page(request.skip(), request.top());
        return Answer.ok(Json.page(page.count(), page.users().stream().map(user -> json(user, summary)).toList()));
    }

    private Answer update(ApiRequest request) {
        users.update(request.caller(), Actor.of(request), request.path("id"), request.body());
        return Answer.done();
    }

    private Answer delete(ApiRequest request) {
        users.delete(request.caller(), Actor.of(request), request.path("id"));
        return Answer.noContent();
    }

    private Answer resetPassword(ApiRequest request) {
        users.resetPassword(request.caller(), Actor.of(request), request.path("id"), password(request));
        return Answer.done();
    }

    private Answer resetExtensionPassword(ApiRequest request) {
        users.resetExtensionPassword(request.caller(), Actor.of(request), request.path("id"), password(request));
        return Answer.done();
    }

    private static String password(ApiRequest request) {
        if (!request.body().path("password").isTextual()) {
            throw Problem.invalid("password", "required", "password is missing.").raise();
        }
        return request.body().get("password").textValue();
    }

    /** Every field of the schema: what was set, else its default, else null. */
    private ObjectNode json(User user, JsonNode fields) {
        var body = Json.object();
        for (var field : fields.properties()) {
            switch (field.getKey()) {
                case "id" -> body.put("id", user.id());
                case "name" -> body.put("name", user.name());
                case "role" -> body.put("role", user.role());
                case "enabled" -> body.put("enabled", user.enabled());
                case "display_name" -> body.put("display_name", user.displayName());
                case "email" -> body.put("email", user.email());
                case "extension_number" -> body.put("extension_number", user.extensionNumber().orElse(null));
                case "created_at" -> body.put("created_at", Json.time(user.createdAt()));
                case "voicemail_pin" -> body.put("voicemail_pin", users.voicemailPin(user.id()).orElse(null));
                default -> body.set(field.getKey(), setting(user, field.getKey()));
            }
        }
        return body;
    }

    private JsonNode setting(User user, String field) {
        if (user.settings().has(field)) {
            return user.settings().get(field);
        }
        var fallback = defaults.path(field).path("default");
        return fallback.isMissingNode() ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : fallback;
    }
}
