package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.core.Ids;
import gatehouse.microsoft365.Cloud.Endpoints;
import gatehouse.microsoft365.Registration.App;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteApi.Reply;
import gatehouse.remote.RemoteFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks Microsoft Graph, with a token that the box gets as itself (RFC 6749 4.4). Thread-safe. */
public final class Graph {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int MOST_USERS = 10_000; // as many as the box keeps
    private static final int EARLY_SECONDS = 60;
    static final int MOST_IN_A_BATCH = 20; // Graph's own bound
    private static final int PAGE = 100; // one transaction each
    private static final Duration NO_HURRY = Duration.ofMinutes(1);

    /** @param email may be null */
    record DirectoryUser(String id, String name, String email, boolean guest) { }

    private record Token(App app, String value, Instant until) { }

    private final RemoteApi remote;
    private final Function<Cloud, Endpoints> endpoints;
    private final Clock clock;
    private final Ids ids;
    private volatile Token token;

    /** @param endpoints where each cloud is reached; {@link Cloud#endpoints} but in tests */
    public Graph(RemoteApi remote, Function<Cloud, Endpoints> endpoints, Clock clock, Ids ids) {
        this.remote = remote;
        this.endpoints = endpoints;
        this.clock = clock;
        this.ids = ids;
    }

    String loginUrl(App app, String what) {
        return endpoints.apply(app.cloud()).login() + "/" + RemoteApi.encoded(app.directoryId()) + "/oauth2/v2.0/" + what;
    }

    private String url(App app, String path) {
        return endpoints.apply(app.cloud()).graph() + "/v1.0" + path;
    }

    /** What the token endpoint answers to a grant. */
    JsonNode grant(App app, Map<String, String> grant) throws RemoteFailure {
        var url = loginUrl(app, "token");
        var form = new LinkedHashMap<>(grant);
        form.put("client_id", app.applicationId());
        form.put("client_assertion_type", ASSERTION);
        form.put("client_assertion", ClientAssertion.of(app, url, ids.next(), clock.instant()));
        var reply = remote.postForm(RemoteApi.to(url), form);
        if (!reply.isOk()) {
            throw new RemoteFailure("Microsoft does not let the box in: " + reply.body().path("error_description").asText(reply.body().path("error")
                    .asText("status " + reply.status())).lines().findFirst().orElse(""));
        }
        return reply.body();
    }

    private String token(App app) throws RemoteFailure {
        var known = token;
        if (known != null && known.app.applicationId().equals(app.applicationId()) && known.app.directoryId().equals(app.directoryId())
                && known.app.cloud() == app.cloud() && java.util.Arrays.equals(known.app.identity().certificate(), app.identity().certificate())
                && known.until.isAfter(clock.instant())) {
            return known.value;
        }
        var answer = grant(app, Map.of("grant_type", "client_credentials", "scope", endpoints.apply(app.cloud()).graph() + "/.default"));
        if (!answer.path("access_token").isTextual()) {
            throw new RemoteFailure("Microsoft gave no token.");
        }
        var fresh = new Token(app, answer.get("access_token").textValue(),
                clock.instant().plusSeconds(Math.max(0, answer.path("expires_in").asLong(0) - EARLY_SECONDS)));
        token = fresh;
        return fresh.value;
    }

    /** A token can end before its time, when somebody revokes it: then one more is asked for. */
    private Reply get(App app, String url, String... headers) throws RemoteFailure {
        var reply = getOnce(app, url, headers);
        if (reply.status() == 401) {
            token = null;
            reply = getOnce(app, url, headers);
        }
        return reply;
    }

    private Reply getOnce(App app, String url, String... headers) throws RemoteFailure {
        var request = RemoteApi.to(url).header("Authorization", "Bearer " + token(app));
        return remote.send((headers.length == 0 ? request : request.headers(headers)).GET());
    }

    /** Where a reading of the whole directory begins. */
    String usersDelta(App app) {
        return url(app, "/users/delta?$select=" + GraphFields.OF_A_USER);
    }

    /** Where a reading of all contacts in a mailbox's own folder begins. */
    String contactsDelta(App app, String mailbox) {
        return url(app, "/users/" + RemoteApi.encoded(mailbox) + "/contacts/delta?$select=" + GraphFields.OF_A_CONTACT);
    }

    /** One page of changes. @param link one of the above, or one that a page gave */
    Delta changes(App app, String link) throws RemoteFailure {
        var reply = get(app, link, "Prefer", "odata.maxpagesize=" + PAGE, "Prefer", "IdType=\"ImmutableId\""); // ids that outlive a move between folders
        if (reply.isOk()) {
            return page(app, reply);
        }
        var code = reply.body().at("/error/code").asText("");
        if (reply.status() == 410 || code.equalsIgnoreCase("resyncRequired") || code.equalsIgnoreCase("syncStateNotFound")) {
            return new Delta.TooOld();
        }
        return reply.status() == 429 || reply.status() / 100 == 5 ? new Delta.Later(reply.retryAfter().orElse(NO_HURRY))
                : new Delta.Refused(refused(reply).getMessage());
    }

    /** The tag of each account's picture, empty where there is none; in one request. @param ids at most {@value #MOST_IN_A_BATCH} */
    Map<String, String> photoTags(App app, List<String> ids) throws RemoteFailure {
        var body = Json.object();
        var requests = body.putArray("requests");
        for (int i = 0; i < ids.size(); i++) {
            requests.addObject().put("id", Integer.toString(i)).put("method", "GET").put("url", "/users/" + RemoteApi.encoded(ids.get(i)) + "/photo");
        }
        var reply = remote.postJson(RemoteApi.to(url(app, "/$batch")).header("Authorization", "Bearer " + token(app)), body);
        if (!reply.isOk()) {
            throw refused(reply);
        }
        var tags = new HashMap<String, String>();
        for (var one : reply.body().path("responses")) {
            var tag = one.path("status").asInt() == 404 ? "" : one.path("body").path("@odata.mediaEtag").textValue();
            if (tag != null && one.path("id").asText("").matches("\\d{1,2}") && one.path("id").asInt() < ids.size()) {
                tags.put(ids.get(one.path("id").asInt()), tag);
            }
        }
        return tags;
    }

    /** An account's picture; empty when there is none. */
    Optional<byte[]> photo(App app, String id) throws RemoteFailure {
        var raw = remote.exchange(RemoteApi.to(url(app, "/users/" + RemoteApi.encoded(id) + "/photo/$value")).setHeader("Accept", "image/*")
                .header("Authorization", "Bearer " + token(app)).GET());
        return raw.status() / 100 == 2 ? Optional.of(raw.bytes()) : Optional.empty();
    }

    private Delta page(App app, Reply reply) {
        var next = reply.body().path("@odata.nextLink").textValue();
        var link = next == null ? reply.body().path("@odata.deltaLink").asText("") : next;
        return link.startsWith(endpoints.apply(app.cloud()).graph() + "/") // the token goes nowhere else
                ? new Delta.Page(reply.body().path("value").valueStream().toList(), link, next == null)
                : new Delta.Refused("Microsoft Graph did not say where its answer goes on.");
    }

    List<DirectoryUser> users(App app) throws RemoteFailure {
        var users = new ArrayList<DirectoryUser>();
        var next = Optional.of(url(app, "/users?$select=id,displayName,mail,userPrincipalName,userType&$top=999"));
        while (next.isPresent() && users.size() < MOST_USERS) {
            var reply = get(app, next.get());
            if (!reply.isOk()) {
                throw refused(reply);
            }
            reply.body().path("value").forEach(user -> users.add(user(user)));
            next = Optional.ofNullable(reply.body().path("@odata.nextLink").textValue())
                    .filter(url -> url.startsWith(endpoints.apply(app.cloud()).graph() + "/")); // the token goes nowhere else
        }
        return users.subList(0, Math.min(MOST_USERS, users.size()));
    }

    private static DirectoryUser user(JsonNode user) {
        return new DirectoryUser(user.path("id").asText(""), user.path("displayName").asText(""),
                user.path("mail").asText(user.path("userPrincipalName").asText(null)), user.path("userType").asText("").equals("Guest"));
    }

    private static RemoteFailure refused(Reply reply) {
        return new RemoteFailure("Microsoft Graph answered " + reply.status() + ": "
                + reply.body().at("/error/message").asText(reply.body().at("/error/code").asText("no reason given")));
    }

    boolean hasUser(App app, String id) throws RemoteFailure {
        var reply = get(app, url(app, "/users/" + RemoteApi.encoded(id) + "?$select=id"));
        if (!reply.isOk() && reply.status() != 404 && reply.status() != 400) {
            throw refused(reply);
        }
        return reply.isOk();
    }

    /** @param mailbox whose mail it is sent as */
    void sendMail(App app, String mailbox, JsonNode body) throws RemoteFailure {
        var reply = remote.postJson(RemoteApi.to(url(app, "/users/" + RemoteApi.encoded(mailbox) + "/sendMail"))
                .header("Authorization", "Bearer " + token(app)), body);
        if (!reply.isOk()) {
            throw refused(reply);
        }
    }
}
