package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.PlainPhone;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What people set about their calls, on real phones: 101 calls 102, who has rules, and 103 may get the call instead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ForwardingTest {
    private static final Duration RING_FOR = Duration.ofSeconds(30);
    private static final String TO_103 = "{\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"103\"}";

    private Box box;
    private String id102;
    private String id103;

    @BeforeAll
    void start() {
        box = Box.start(Clock.systemUTC(), RING_FOR);
        box.user("101");
        id102 = box.user("102");
        id103 = box.user("103");
        box.user("104");
    }

    @AfterAll
    void stop() {
        box.close();
    }

    @BeforeEach
    void forget() {
        for (var id : new String[] {id102, id103}) {
            set(id, "enable_dnd", "false");
            for (var field : new String[] {"available", "busy", "offline", "dnd"}) {
                rules(id, field, "null");
            }
            set(id, "available_no_answer_forward_rule", "null");
        }
    }

    private void set(String user, String field, String json) {
        box.admin().post("/users/" + user, "{\"" + field + "\": " + json + "}").expect(200);
    }

    /** At whatever hour this test runs. */
    private void rules(String user, String situation, String rule) {
        set(user, situation + "_office_hours_forward_rule", rule);
        set(user, situation + "_non_office_hours_forward_rule", rule);
    }

    private Baresip phone(String number, int hertz) {
        var phone = new Baresip(Baresip.account(number, Box.secret(number), box.config().sipPort(), "udp"), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private long records() {
        return box.admin().get("/cdrs").expect(200).get("count").asLong();
    }

    /** The newest of {@code more} new records, the newest first. */
    private JsonNode records(long before, int more) {
        Eventually.eventually(Baresip.BOUND, () -> records() == before + more);
        return box.admin().get("/cdrs?orderby=ended_at%20desc,started_at%20desc&top=" + more).expect(200).get("items");
    }

    private static String words(JsonNode cdr) {
        return String.join(" ", cdr.get("caller").asText(), cdr.get("callee").asText(), cdr.get("destination").asText(), cdr.get("status_code").asText(),
                cdr.get("end_reason").asText(), cdr.get("reroute_reason").asText());
    }

    private void talk() {
        var before = forwarded();
        Eventually.eventually(Baresip.BOUND, () -> forwarded() - before > 2 * 50);
    }

    private long forwarded() {
        return box.admin().get("/system/status").expect(200).get("media").get("forwarded").asLong();
    }

    @Test
    void forward_always_rings_the_other_one_alone() {
        rules(id102, "available", TO_103);
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var other = phone("103", 1500)) {
            var before = records();
            caller.dial("102");
            other.await("CALL_INCOMING");
            other.answer();
            caller.await("CALL_ESTABLISHED");
            talk();
            caller.hangUp();
            other.await("CALL_CLOSED");
            assertEquals("101 103 102 200 CALLER_DISCONNECTED null", words(records(before, 1).get(0)));
            assertTrue(caller.heard().near(1500), "103 is heard");
            assertEquals(0, callee.count("CALL_INCOMING"));
        }
    }

    @Test
    void a_call_that_nobody_answers_rings_the_other_one_after_the_seconds_of_the_rule() {
        set(id102, "available_no_answer_forward_rule", "{\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"103\", \"timeout\": 2}");
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var other = phone("103", 1500)) {
            var before = records();
            caller.dial("102");
            callee.await("CALL_INCOMING");
            other.await("CALL_INCOMING");
            callee.await("CALL_CLOSED");
            other.answer();
            caller.await("CALL_ESTABLISHED");
            talk();
            other.hangUp();
            caller.await("CALL_CLOSED");
            var records = records(before, 2);
            assertEquals("101 103 102 200 CALLEE_DISCONNECTED OVERFLOW", words(records.get(0)));
            assertEquals("101 102 102 480 REDIRECTED null", words(records.get(1)));
            assertEquals(records.get(0).get("session_id"), records.get(1).get("session_id"));
            assertTrue(caller.heard().near(1500), "103 is heard");
        }
    }

    @Test
    void a_phone_that_says_it_is_busy_sends_the_call_on() {
        rules(id102, "busy", TO_103);
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var other = phone("103", 1500)) {
            var before = records();
            caller.dial("102");
            callee.await("CALL_INCOMING");
            callee.hangUp(); // 486
            other.await("CALL_INCOMING");
            caller.hangUp(); // the caller may still give up
            other.await("CALL_CLOSED");
            var records = records(before, 2);
            assertEquals("101 103 102 487 CANCELLED OVERFLOW", words(records.get(0)));
            assertEquals("101 102 102 486 REDIRECTED null", words(records.get(1)));
        }
    }

    @Test
    void a_phone_that_is_off_sends_the_call_on() {
        rules(id102, "offline", TO_103);
        try (var caller = phone("101", 440); var other = phone("103", 1500)) {
            caller.dial("102");
            other.await("CALL_INCOMING");
            other.answer();
            caller.await("CALL_ESTABLISHED");
            caller.hangUp();
            other.await("CALL_CLOSED");
        }
    }

    @Test
    void who_is_not_to_be_disturbed_is_busy_to_callers() {
        set(id102, "enable_dnd", "true");
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var before = records();
            caller.dial("102");
            caller.await("CALL_CLOSED");
            assertEquals("101 102 102 486 null null", words(records(before, 1).get(0)));
            assertEquals(0, callee.count("CALL_INCOMING"));
        }
    }

    @Test
    void two_who_forward_to_each_other_ring_each_once() {
        rules(id102, "busy", TO_103);
        rules(id103, "busy", "{\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"102\"}");
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var other = phone("103", 1500)) {
            var before = records();
            caller.dial("102");
            callee.await("CALL_INCOMING");
            callee.hangUp();
            other.await("CALL_INCOMING");
            other.hangUp();
            caller.await("CALL_CLOSED");
            var records = records(before, 2);
            assertEquals("101 103 102 486 CALLEE_DISCONNECTED OVERFLOW", words(records.get(0)));
            assertEquals(1, callee.count("CALL_INCOMING"));
        }
    }

    @Test
    void a_code_that_the_company_bars_is_forbidden() {
        box.admin().post("/disallowed_codes", "{\"number_prefix\": \"0900\"}").expect(201);
        try (var caller = phone("101", 440)) {
            var before = records();
            caller.dial("0900123456");
            caller.await("CALL_CLOSED");
            assertEquals("101 0900123456 0900123456 403 null null", words(records(before, 1).get(0)));
        }
    }

    @Test
    void the_phone_shows_what_its_owner_calls_the_caller() {
        box.stranger().signedIn("user102", "password-102").post("/user/contacts", "{\"name\": \"Grandma\", \"business\": \"101\"}").expect(201);
        try (var caller = phone("101", 440); var callee = phone("102", 1000)) {
            var before = records();
            caller.dial("102");
            var rung = callee.await("CALL_INCOMING");
            assertEquals("Grandma", rung.path("peerdisplayname").asText(), rung.toString());
            callee.answer();
            caller.await("CALL_ESTABLISHED");
            caller.hangUp();
            callee.await("CALL_CLOSED");
            assertEquals("Grandma", records(before, 1).get(0).get("caller_display_name").asText());
        }
    }

    @Test
    void a_call_that_is_handed_on_follows_the_rules_of_whom_it_is_handed_to() {
        set(id102, "available_no_answer_forward_rule", "{\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"103\", \"timeout\": 2}");
        try (var caller = phone("101", 440); var busy = phone("102", 1000); var other = phone("103", 1500); var middle = new PlainPhone(box, "104")) {
            var before = records();
            caller.dial("104");
            var call = middle.awaitCall();
            caller.await("CALL_ESTABLISHED");
            assertTrue(middle.refer(call, "sip:102@box.test").startsWith("SIP/2.0 202"));
            busy.await("CALL_INCOMING"); // and is not answered
            other.await("CALL_INCOMING");
            other.answer();
            other.await("CALL_ESTABLISHED");
            talk();
            other.hangUp();
            caller.await("CALL_CLOSED");
            var records = records(before, 3);
            assertEquals("101 103 102 200 CALLEE_DISCONNECTED OVERFLOW", words(records.get(0)));
            assertEquals("101 102 102 480 REDIRECTED TRANSFER", words(records.get(1)));
            assertEquals("101 104 104 200 BLIND_TRANSFER_COMPLETED null", words(records.get(2)));
            assertTrue(other.heard().near(440), "101 is heard");
        }
    }
}
