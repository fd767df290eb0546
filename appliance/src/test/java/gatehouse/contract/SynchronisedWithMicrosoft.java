package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.GraphDeltas;
import gatehouse.testkit.MicrosoftDouble;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A box whose Microsoft 365 runs its delta queries on loopback, for tests to edit what is there. */
abstract class SynchronisedWithMicrosoft {
    static final Duration SOON = Duration.ofSeconds(20);
    static final ObjectMapper JSON = new ObjectMapper();
    static MicrosoftDouble microsoft;
    static GraphDeltas graph;
    static Box box;
    static int test;

    @BeforeAll
    static void start() throws Exception {
        microsoft = new MicrosoftDouble(Clock.systemUTC());
        graph = microsoft.deltas();
        box = Box.startWithMicrosoft(Clock.systemUTC(), microsoft.endpoints());
        box.admin().post("/ms365", "{\"directory_id\": \"dir-1\", \"application_id\": \"app-1\"}").expect(200);
        microsoft.trust(ApiClient.http().send(box.admin().request("/ms365/certificate").POST(java.net.http.HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    @AfterAll
    static void stop() {
        box.close();
        microsoft.close();
    }

    @BeforeEach
    void nothing_is_on() {
        test++;
        settle("{\"users\": null, \"personal_contacts\": null, \"shared_mailbox\": null, \"sync_time\": null}");
        box.admin().get("/users?top=100").expect(200).get("items").forEach(user -> {
            if (!user.get("name").asText().equals("admin")) {
                box.admin().post("/users/" + user.get("id").asText() + "/destroy").expect(204);
            }
        });
        eventually(SOON, () -> status().get("state").asText(), "OFF"::equals);
        graph.clear();
    }

    /** An id of this test's own: who was removed here is not made again. */
    static String oid(int number) {
        return "oid-" + test + "-" + number;
    }

    static String friends() {
        return "users/" + oid(1) + "/contacts";
    }

    void account(String id, String name, String mail) {
        graph.put("users", id, JSON.createObjectNode().put("displayName", name).put("mail", mail).put("userPrincipalName", mail).put("userType", "Member")
                .put("accountEnabled", true));
    }

    static ObjectNode person(String name, String mobile) {
        return JSON.createObjectNode().put("displayName", name).put("mobilePhone", mobile);
    }

    void synchronise() {
        box.admin().post("/ms365/sync").expect(200);
    }

    static JsonNode status() {
        return box.admin().get("/ms365/sync").expect(200);
    }

    static void settle(String settings) {
        box.admin().post("/ms365", settings).expect(200);
    }

    /** Asks for synchronisation until {@code what} is so; each round is whole. */
    void untilEqual(Object expected, java.util.concurrent.Callable<Object> what) {
        eventually(SOON, () -> {
            synchronise();
            var now = what.call();
            return expected.equals(now) ? "" : "expected " + expected + " but is " + now;
        }, String::isEmpty);
    }

    Map<String, String> users(String field) {
        var found = new TreeMap<String, String>();
        box.admin().get("/users?top=100").expect(200).get("items").forEach(user -> {
            if (user.path("sync_type").asText("").equals("Microsoft 365")) {
                found.put(user.get("name").asText(), user.get(field).asText());
            }
        });
        return found;
    }

    JsonNode user(String name) {
        for (var user : box.admin().get("/users?top=100").expect(200).get("items")) {
            if (user.get("name").asText().equals(name)) {
                return user;
            }
        }
        throw new AssertionError("No user " + name);
    }

    Map<String, String> contacts(ApiClient who, String path) {
        var found = new HashMap<String, String>();
        who.get(path + "?top=100").expect(200).get("items").forEach(contact -> found.put(contact.get("name").asText(), contact.get("mobile_phone").asText("")
                + (contact.get("sync_type").isNull() ? " by hand" : "")));
        return found;
    }

    ApiClient bound() {
        var ann = box.user("101");
        box.admin().post("/users/" + ann + "/ms365_binding", "{\"id\": \"" + oid(1) + "\"}").expect(200);
        return box.stranger().signedIn("user101", "password-101");
    }
}
