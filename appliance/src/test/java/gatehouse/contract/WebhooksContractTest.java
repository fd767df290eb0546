package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.Box;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.HttpDouble.Answer;
import gatehouse.testkit.RegisteredPhone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The company's own programs hear of real phones and calls, and miss nothing while they or the box are away. */
class WebhooksContractTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static HttpDouble calls;
    private static HttpDouble extensions;
    private static Box box;

    @BeforeAll
    static void start() {
        calls = new HttpDouble(_ -> new Answer(200, ""));
        extensions = new HttpDouble(_ -> new Answer(200, ""));
        box = Box.start();
        box.user("101");
        box.user("102");
        box.user("103");
        box.admin().post("/tenant", """
                {"cdr_event": {"enabled": true, "auth": "BEARER", "token": "t0ken", "url": "%s/calls"},
                 "extension_event": {"enabled": true, "url": "%s/extensions"}}""".formatted(calls.url(), extensions.url())).expect(200);
    }

    @AfterAll
    static void stop() {
        box.close();
        calls.close();
        extensions.close();
    }

    private static List<JsonNode> told(HttpDouble receiver) {
        return receiver.asked().stream().<JsonNode>map(asked -> {
            try {
                return JSON.readTree(asked.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }

    private static JsonNode first(HttpDouble receiver, String type, String part) {
        return eventually(SOON, () -> told(receiver).stream().filter(body -> body.path("event_type").asText().equals(type) && body.toString().contains(part))
                .findFirst(), java.util.Optional::isPresent).orElseThrow();
    }

    @Test
    void phones_presence_and_calls_are_posted_where_the_company_says() {
        try (var phone = new RegisteredPhone(box, "101")) {
            var status = first(extensions, "extension_status", "\"online\":true");
            assertEquals("sip:101@box.test", status.at("/status/0/extension").asText());
            assertEquals(box.admin().get("/tenant").expect(200).get("id").asText(), status.get("tenant_id").asText());
            box.stranger().signedIn("user102", "password-102").post("/user/presence", "{\"presence\":\"LUNCH\",\"presence_note\":\"soup\"}").expect(200);
            assertEquals("soup", first(extensions, "extension_presence", "LUNCH").get("presence_note").asText());
            phone.refusedCall("102");
        }
        var record = first(calls, "call_cdr", "\"callee\":\"102\"");
        assertEquals("101", record.get("caller").asText());
        assertTrue(Long.parseLong(record.get("ended_at").textValue()) > 0, "Unix seconds as text");
        assertEquals("Bearer t0ken", calls.asked().getFirst().headers().get("authorization"));
        assertTrue(told(calls).stream().noneMatch(body -> body.get("event_type").asText().startsWith("extension_")));
    }

    @Test
    void what_happens_while_the_receiver_is_away_comes_after_a_restart() {
        extensions.answers(_ -> new Answer(500, ""));
        var users = List.of("101", "102", "103"); // of one user only what holds when it is told would be told
        var before = extensions.asked().size();
        for (var number : users) {
            box.stranger().signedIn("user" + number, "password-" + number).post("/user/presence", "{\"presence\":\"AWAY\",\"presence_note\":\"" + number
                    + "\"}").expect(200);
        }
        eventually(SOON, () -> extensions.asked().size() > before);
        extensions.answers(_ -> new Answer(200, ""));
        var after = extensions.asked().size();
        box.restart();
        first(extensions, "extension_presence", "\"presence_note\":\"103\"");
        var notes = told(extensions).subList(after, extensions.asked().size()).stream().filter(body -> body.get("event_type").asText().equals("extension_presence"))
                .map(body -> body.get("presence_note").asText()).toList();
        assertEquals(users, notes);
    }
}
