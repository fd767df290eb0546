package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Listener;
import gatehouse.testkit.RegisteredPhone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people say of themselves, and what their phones show. */
class PresenceContractTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ApiClient signedIn(String number) {
        box.user(number);
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String presence(ApiClient self) {
        return self.get("/user/status").expect(200).get("presence").asText();
    }

    private static void say(ApiClient self, String presence) {
        self.post("/user/presence", "{\"presence\": \"" + presence + "\"}").expect(200);
    }

    @Test
    void what_is_said_is_shown_with_its_note() {
        var self = signedIn("8001");
        assertEquals("OFFLINE", presence(self), "no phone, and nothing said");
        self.post("/user/presence", "{\"presence\": \"LUNCH\", \"presence_note\": \"back at one\"}").expect(200);
        var status = self.get("/user/status").expect(200);
        assertEquals("LUNCH", status.get("presence").asText());
        assertEquals("back at one", status.get("presence_note").asText());
        assertEquals("OFFLINE", status.get("status").asText());
        self.post("/user/presence", "{\"presence_note\": null}").expect(200);
        assertTrue(self.get("/user/status").expect(200).get("presence_note").isNull());
        assertEquals("LUNCH", presence(self), "what is left out stays");
        self.post("/user/presence").expect(200);
        self.post("/user/presence", "{\"presence\": null}").expect(200);
        assertEquals("OFFLINE", presence(self));
        for (var wrong : List.of("ON_CALL", "OFFLINE", "ASLEEP")) {
            self.post("/user/presence", "{\"presence\": \"" + wrong + "\"}").expect(400);
        }
        self.post("/user/presence", "{\"presence_note\": \"" + "x".repeat(129) + "\"}").expect(400);
        box.stranger().post("/user/presence", "{}").expect(401);
    }

    @Test
    void do_not_disturb_is_one_switch_with_two_handles() {
        var self = signedIn("8002");
        say(self, "AWAY");
        say(self, "DO_NOT_DISTURB");
        assertTrue(self.get("/user").expect(200).get("enable_dnd").asBoolean());
        assertTrue(self.get("/user/status").expect(200).get("enable_dnd").asBoolean());
        self.post("/user", "{\"enable_dnd\": false}").expect(200);
        assertEquals("AWAY", presence(self), "what was said before is there again");
        self.post("/user", "{\"enable_dnd\": true}").expect(200);
        assertEquals("DO_NOT_DISTURB", presence(self));
        say(self, "BUSINESS_TRIP");
        assertFalse(self.get("/user").expect(200).get("enable_dnd").asBoolean());
        assertEquals("BUSINESS_TRIP", presence(self));
    }

    @Test
    void a_phone_that_registers_makes_one_available_and_every_change_is_told() throws Exception {
        var self = signedIn("8003");
        try (var own = new Listener(self); var other = new Listener(signedIn("8004")); var phone = new RegisteredPhone(box, "8003")) {
            eventually(SOON, () -> own.heard("{\"type\":\"presence\",\"extension_number\":\"8003\",\"presence\":\"AVAILABLE\",\"presence_note\":null}"));
            assertEquals("AVAILABLE", presence(self));
            self.post("/user/presence", "{\"presence\": \"AWAY\", \"presence_note\": \"at the dentist\"}").expect(200);
            eventually(SOON, () -> own.heard("\"presence\":\"AWAY\",\"presence_note\":\"at the dentist\""));
            assertFalse(other.heard("8003"), "it is nobody else's");
            assertEquals(phone.instance(), registrations(self).get(0).get("instance_id").asText());
        }
    }

    private static JsonNode registrations(ApiClient self) {
        return self.get("/user/status").expect(200).get("registration");
    }

    @Test
    void one_registration_can_be_dropped_and_the_others_stay() {
        var id = box.user("8005");
        var self = box.stranger().signedIn("user8005", "password-8005");
        try (var one = new RegisteredPhone(box, "8005"); var other = new RegisteredPhone(box, "8005")) {
            assertEquals(2, registrations(self).size());
            drop(id, one.instance(), 204);
            assertEquals(other.instance(), registrations(self).get(0).get("instance_id").asText());
            assertEquals(1, registrations(self).size());
            drop(id, one.instance(), 404);
            drop("none", other.instance(), 404);
            assertEquals(403, self.post("/users/" + id + "/status/x/destroy_status").status());
            drop(id, other.instance(), 204);
            assertEquals("OFFLINE", self.get("/user/status").expect(200).get("status").asText());
        }
        box.restart();
        assertEquals(0, box.admin().get("/users/" + id + "/status").expect(200).get("registration").size(), "not after a restart either");
    }

    private static void drop(String id, String instance, int wanted) {
        var path = "/users/" + id + "/status/" + URLEncoder.encode(instance, StandardCharsets.UTF_8) + "/destroy_status";
        box.admin().post(path).expect(wanted);
    }

    @Test
    void what_was_said_outlives_a_restart() {
        try (var other = Box.start()) {
            var id = other.user("8006");
            other.stranger().signedIn("user8006", "password-8006").post("/user/presence",
                    "{\"presence\": \"BUSINESS_TRIP\", \"presence_note\": \"Rome\"}").expect(200);
            other.restart();
            var status = other.admin().get("/users/" + id + "/status").expect(200);
            assertEquals("BUSINESS_TRIP", status.get("presence").asText());
            assertEquals("Rome", status.get("presence_note").asText());
            assertFalse(other.admin().get("/users/" + id).expect(200).has("presence"), "the user's own fields are the contract's");
        }
    }
}
