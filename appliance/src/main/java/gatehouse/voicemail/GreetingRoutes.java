package gatehouse.voicemail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.core.Problem;
import gatehouse.users.Users;
import java.util.function.Function;

/** Greetings over HTTP: one's own, a user's, a shared voicemail's (contract areas user, shared-voicemail). */
public final class GreetingRoutes implements Routes {
    private final Greetings greetings;
    private final Users users;
    private final SharedVoicemails shared;

    public GreetingRoutes(Greetings greetings, Users users, SharedVoicemails shared) {
        this.greetings = greetings;
        this.users = users;
        this.shared = shared;
    }

    @Override
    public void addTo(Operations operations) {
        bind(operations, request -> new Mailbox.Own(request.caller().userId()), "id", "createGreetingForCurrentUser", "listCurrentUserGreetings",
                "enableCurrentUserGreeting", "disableCurrentUserGreeting", "delCurrentUserGreeting");
        bind(operations, request -> new Mailbox.Own(users.byId(request.path("id")).orElseThrow(() -> Problem.notFound("user").raise()).id()), "greeting_id",
                "createGreeting", "listGreetings", "enableGreeting", "disableGreeting", "delGreeting");
        bind(operations, request -> shared.of(request.path("id")), "greeting_id", "createGreetingForSharedVoicemail", "listSharedVoicemailGreetings",
                "enableSharedVoicemailGreeting", "disableSharedVoicemailGreeting", "delSharedVoicemailGreeting");
    }

    private void bind(Operations operations, Function<ApiRequest, Mailbox> mailbox, String id, String create, String list, String enable, String disable,
                      String delete) {
        operations.bind(create, request -> Answer.created(greetings.create(Actor.of(request), mailbox.apply(request), fileId(request))));
        operations.bind(list, request -> Answer.ok(json(greetings.of(mailbox.apply(request)))));
        operations.bind(enable, request -> switched(request, mailbox, id, true));
        operations.bind(disable, request -> switched(request, mailbox, id, false));
        operations.bind(delete, request -> {
            greetings.delete(Actor.of(request), mailbox.apply(request), request.path(id));
            return Answer.noContent();
        });
    }

    private Answer switched(ApiRequest request, Function<ApiRequest, Mailbox> mailbox, String id, boolean enabled) {
        greetings.enable(Actor.of(request), mailbox.apply(request), request.path(id), enabled);
        return Answer.done();
    }

    private static String fileId(ApiRequest request) {
        if (!request.body().path("file_id").isTextual()) {
            throw Problem.invalid("file_id", "required", "file_id is missing: upload a WAV file and give its id.").raise();
        }
        return request.body().get("file_id").textValue();
    }

    private static ObjectNode json(Greetings.Listed listed) {
        var body = Json.object();
        var items = body.putArray("items");
        for (var greeting : listed.greetings()) {
            items.add(Files.describe(Json.object().put("id", greeting.id()).put("enabled", greeting.enabled()), "", listed.files().get(greeting.fileId())));
        }
        return body;
    }
}
