package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program calls for people: real phones that ring when it says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SessionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Box box;

    @BeforeAll
    void start() {
        box = Box.start(Clock.systemUTC(), Duration.ofSeconds(30));
        box.user("101");
        box.user("102");
        box.user("103");
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private Baresip phone(String number, int hertz) {
        var phone = new Baresip(Baresip.account(number, Box.secret(number), box.config().sipPort(), "udp"), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private static ObjectNode call(String caller, String callee) {
        return JSON.createObjectNode().put("caller", caller).put("callee", callee).put("send_sdp", true);
    }

    private String create(ObjectNode call) {
        return box.admin().post("/sessions", call).expect(201).get("id").asText();
    }

    private long forwarded() {
        return box.admin().get("/system/status").expect(200).get("media").get("forwarded").asLong();
    }

    private void talk() {
        var before = forwarded();
        Eventually.eventually(Baresip.BOUND, () -> forwarded() - before > 2 * 2 * 50);
    }

    private Reply session(String id) {
        return box.admin().get("/sessions/" + id);
    }

    private JsonNode leg(String session, int count, int leg) {
        return Eventually.eventually(Baresip.BOUND, () -> legs(session), list -> list.size() == count).get(leg);
    }

    /** The records of a session, found as a client would: by one of them. */
    private JsonNode legs(String session) {
        for (var log : box.admin().get("/calllogs").expect(200).get("items")) {
            if (log.get("session_id").asText().equals(session)) {
                return box.admin().get("/cdrs/" + log.get("id").asText()).expect(200).get("items");
            }
        }
        return JSON.createArrayNode();
    }

    private String connect(Baresip caller, Baresip callee, ObjectNode call) {
        var id = create(call);
        caller.await("CALL_INCOMING");
        caller.answer();
        callee.await("CALL_INCOMING");
        callee.answer();
        callee.await("CALL_ESTABLISHED");
        return id;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_caller_is_rung_first_and_then_both_hear_each_other(boolean sendSdp) {
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var id = connect(caller, callee, call("101", "102").put("send_sdp", sendSdp).put("user_data", "ticket 7").put("caller_display_name", "Front desk")
                    .put("additional_header", "CALL_INFO"));
            var shown = Eventually.eventually(Baresip.BOUND, () -> session(id).expect(200).at("/calls/0"), call -> call.get("talking_time").asInt() >= 0);
            assertEquals("Front desk", shown.get("caller_display_name").asText());
            talk();
            callee.hangUp();
            caller.await("CALL_CLOSED");
            assertTrue(caller.heard().near(1000), caller.heard().toString());
            assertTrue(callee.heard().near(440), callee.heard().toString());
            var record = leg(id, 1, 0);
            assertEquals("ticket 7", record.get("user_data").asText());
            assertEquals("CALLEE_DISCONNECTED", record.get("end_reason").asText());
            assertEquals("101", record.get("caller").asText());
            session(id).expect(404);
        }
    }

    @Test
    void who_refuses_at_ones_own_phone_calls_nobody() {
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var id = create(call("101", "102"));
            caller.await("CALL_INCOMING");
            caller.hangUp();
            var record = leg(id, 1, 0);
            assertTrue(record.get("answered_at").isNull() && record.get("rang_at").isNull());
            assertEquals(0, box.admin().get("/sessions").expect(201).get("count").asInt());
        }
    }

    @Test
    void a_call_is_ended_from_outside_whatever_it_is_at() {
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var ringing = create(call("101", "102"));
            caller.await("CALL_INCOMING");
            box.admin().post("/sessions/" + ringing + "/destroy").expect(204);
            caller.await("CALL_CLOSED");
            assertEquals("CANCELLED", leg(ringing, 1, 0).get("end_reason").asText());
            box.admin().post("/sessions/" + ringing + "/destroy").expect(404);

            var talking = connect(caller, callee, call("101", "102"));
            talk();
            box.admin().post("/sessions/" + talking + "/destroy").expect(204);
            caller.await("CALL_CLOSED");
            callee.await("CALL_CLOSED");
            assertEquals(200, leg(talking, 1, 0).get("status_code").asInt());

            caller.dial("102"); // a call that no program asked for
            callee.await("CALL_INCOMING");
            var dialled = Eventually.eventually(Baresip.BOUND, () -> box.admin().get("/sessions").expect(201), list -> list.get("count").asInt() == 1)
                    .at("/items/0/id").asText();
            box.admin().post("/sessions/" + dialled + "/destroy").expect(204);
            caller.await("CALL_CLOSED");
            assertEquals("CANCELLED", leg(dialled, 1, 0).get("end_reason").asText());
        }
    }

    @Test
    void held_sides_are_silent_until_they_are_let_go() {
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var id = connect(caller, callee, call("101", "102"));
            talk();
            Eventually.eventually(Baresip.BOUND, () -> {
                box.admin().post("/sessions/" + id + "/hold", "{\"extension_number\": \"101\"}").expect(200);
                return isSilent();
            });
            box.admin().post("/sessions/" + id + "/hold", "{\"extension_number\": \"103\"}").expect(404);
            box.admin().post("/sessions/" + id + "/unhold", "{\"extension_number\": \"101\"}").expect(200);
            talk();
            box.admin().post("/sessions/" + id + "/destroy").expect(204);
            callee.await("CALL_CLOSED");
        }
    }

    /** Nothing is forwarded while a few packets of each side would have come. */
    private boolean isSilent() {
        var before = forwarded();
        var end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() < end) {
            if (forwarded() != before) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "102"})
    void a_call_is_handed_on(String by) {
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var third = phone("103", 2000)) {
            var staying = by.equals("101") ? callee : caller;
            var id = connect(caller, callee, call("101", "102"));
            talk();
            box.admin().post("/sessions/" + id + "/hold", "{\"extension_number\": \"101\"}").expect(200); // and handed on while the phones still agree to that
            box.admin().post("/sessions/" + id + "/refer", JSON.createObjectNode().put("extension_number", by).put("refer_to", "sip:103@box.test")).expect(200);
            third.await("CALL_INCOMING");
            third.answer();
            third.await("CALL_ESTABLISHED");
            talk();
            third.hangUp();
            staying.await("CALL_CLOSED");
            assertTrue(third.heard().near(by.equals("101") ? 1000 : 440), third.heard().toString());
            assertEquals("BLIND_TRANSFER_COMPLETED", leg(id, 2, 0).get("end_reason").asText());
            var handedOn = leg(id, 2, 1);
            assertEquals("TRANSFER", handedOn.get("reroute_reason").asText());
            assertEquals("103", handedOn.get("callee").asText());
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        assertEquals("caller", box.admin().post("/sessions", call("999", "102")).expect(400).at("/errors/0/detail/field").asText());
        assertEquals("callee", box.admin().post("/sessions", call("101", "999")).expect(400).at("/errors/0/detail/field").asText());
        assertEquals("trunk", box.admin().post("/sessions", call("101", "102").put("trunk", "any")).expect(400).at("/errors/0/detail/field").asText());
        box.admin().post("/sessions", call("101", "102")).expect(409);
        box.admin().post("/sessions/none/hold", "{\"extension_number\": \"101\"}").expect(404);
        box.admin().post("/sessions/none/refer", "{\"extension_number\": \"101\", \"refer_to\": \"999\"}").expect(400);
        session("none").expect(404);
        box.stranger().signedIn("user101", "password-101").post("/sessions", call("101", "102")).expect(403);
    }

    private Reply directly(String number, String password, String caller) {
        return box.stranger().get("/sessions/directly?extension_number=" + number + "&password=" + password + "&domain=box.test&caller=" + caller
                + "&callee=102&send_sdp=true");
    }

    @Test
    void an_extensions_password_rings_its_own_phone_and_no_other() throws IOException, InterruptedException {
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            directly("101", "wrong", "101").expect(401);
            directly("101", Box.secret("101"), "102").expect(403);
            assertEquals(307, ApiClient.fetch(box.httpOrigin() + "/api/sessions/directly?extension_number=101&password=" + Box.secret("101")
                    + "&domain=box.test&caller=101&callee=102&send_sdp=true", "test").statusCode()); // nothing rings over plain HTTP
            assertEquals(0, box.admin().get("/sessions").expect(201).get("count").asInt());
            var id = directly("101", Box.secret("101"), "101").expect(201).get("id").asText();
            caller.await("CALL_INCOMING");
            box.admin().post("/sessions/" + id + "/destroy").expect(204);
            caller.await("CALL_CLOSED");
        }
        for (int wrong = 0; wrong < 8; wrong++) {
            directly("103", "wrong", "103").expect(401);
        }
        directly("103", Box.secret("103"), "103").expect(429);
    }
}
