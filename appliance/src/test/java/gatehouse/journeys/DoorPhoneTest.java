package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** 102 hangs beside the door; 101 answers it, and types the code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoorPhoneTest {
    private Box box;

    @BeforeAll
    void start() {
        box = Box.start();
        box.user("101");
        var doorUser = box.user("102");
        box.admin().post("/users/" + doorUser + "/phones", Box.aPhone("00:11:22:33:44:55", "generic.ph.xml", "SIP door phone")
                .put("door_password1", "1234").put("door_password2", "987654")).expect(201);
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

    private boolean energised(String relay) {
        return StreamSupport.stream(box.admin().get("/system/status").expect(200).get("relays").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(relay)).findFirst().orElseThrow().get("energised").asBoolean();
    }

    private JsonNode lastAudit() {
        return box.admin().get("/audit_logs?top=1").expect(200).get("items").get(0);
    }

    @Test
    void the_code_typed_by_the_called_party_opens_the_door_for_three_seconds() {
        try (var door = phone("102", 1000); var office = phone("101", 440)) {
            door.dial("sip:101@127.0.0.1:" + box.config().sipPort());
            office.await("CALL_INCOMING");
            office.answer();
            office.await("CALL_ESTABLISHED");

            office.press("4321#");
            Eventually.eventually(Baresip.BOUND, () -> lastAudit().path("new_state").asText().equals("wrong code"));
            assertFalse(energised("door-1") || energised("door-2"));

            office.press("1234#");
            Eventually.eventually(Baresip.BOUND, () -> energised("door-1"));
            var opened = System.nanoTime();
            assertTrue(box.hardware().relayOutputs().getFirst().energised());
            assertFalse(energised("door-2"));
            var entry = lastAudit();
            assertEquals("opened", entry.get("new_state").asText());
            assertEquals("DOOR", entry.get("object_type").asText());
            assertEquals("door-1", entry.get("object_name").asText());
            assertEquals("101", entry.get("user_name").asText());
            Eventually.eventually(Baresip.BOUND, () -> !energised("door-1"));
            var seconds = (System.nanoTime() - opened) / 1e9;
            assertTrue(seconds > 2 && seconds < 6, "open for " + seconds + " s");

            office.press("987654#");
            Eventually.eventually(Baresip.BOUND, () -> energised("door-2"));
            office.hangUp();
            door.await("CALL_CLOSED");
        }
    }

    @Test
    void the_page_opens_a_door_and_the_lamp_says_ready() {
        var doors = box.admin().get("/doors").expect(200).get("items");
        assertEquals(2, doors.size());
        box.admin().post("/doors/door-1/open").expect(200);
        Eventually.eventually(Baresip.BOUND, () -> energised("door-1"));
        Eventually.eventually(Baresip.BOUND, () -> !energised("door-1"));
        box.admin().post("/doors/none/open").expect(404);
        box.stranger().post("/doors/door-1/open").expect(401);
        box.stranger().signedIn("user101", "password-101").post("/doors/door-1/open").expect(403);
    }

    @Test
    void the_lamp_follows_a_call() {
        try (var door = phone("102", 1000); var office = phone("101", 440)) {
            Eventually.eventually(Baresip.BOUND, () -> led().equals("READY"));
            door.dial("sip:101@127.0.0.1:" + box.config().sipPort());
            office.await("CALL_INCOMING");
            Eventually.eventually(Baresip.BOUND, () -> led().equals("IN_CALL"));
            door.hangUp();
            office.await("CALL_CLOSED");
            Eventually.eventually(Baresip.BOUND, () -> led().equals("READY"));
        }
    }

    private String led() {
        return box.admin().get("/system/status").expect(200).get("led").get("pattern").asText();
    }
}
