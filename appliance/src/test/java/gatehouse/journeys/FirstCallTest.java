package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real phones on a real box: what an office does all day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FirstCallTest {
    private static final int CALLER_HERTZ = 440;
    private static final int CALLEE_HERTZ = 1000;
    private static final Duration RING_FOR = Duration.ofSeconds(4);

    private Box box;
    private String id101;
    private String id102;

    @BeforeAll
    void start() {
        box = Box.start(Clock.systemUTC(), RING_FOR);
        id101 = box.user("101");
        id102 = box.user("102");
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private Baresip phone(String number, int hertz, String transport) {
        var port = transport.equals("tls") ? box.config().sipsPort() : box.config().sipPort();
        var phone = new Baresip(Baresip.account(number, Box.secret(number), port, transport), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private Baresip caller() {
        return phone("101", CALLER_HERTZ, "udp");
    }

    private Baresip callee() {
        return phone("102", CALLEE_HERTZ, "udp");
    }

    private String uri(String number) {
        return number; // the phone adds its own domain and transport
    }

    private void connect(Baresip from, Baresip to) {
        from.dial(uri("102"));
        to.await("CALL_INCOMING");
        from.await("CALL_RINGING");
        to.answer();
        from.await("CALL_ESTABLISHED");
        to.await("CALL_ESTABLISHED");
    }

    /** Lets both talk until the box has forwarded two seconds of sound each way. */
    private void talk() {
        var before = forwarded();
        Eventually.eventually(Baresip.BOUND, () -> forwarded() - before > 2 * 2 * 50);
    }

    private long forwarded() {
        return box.admin().get("/system/status").expect(200).get("media").get("forwarded").asLong();
    }

    private JsonNode lastRecord() {
        return box.admin().get("/cdrs?top=1").expect(200).get("items").get(0);
    }

    private JsonNode awaitRecord(long before) {
        Eventually.eventually(Baresip.BOUND, () -> records() == before + 1);
        return lastRecord();
    }

    private long records() {
        return box.admin().get("/cdrs").expect(200).get("count").asLong();
    }

    private String status(String id) {
        return box.admin().get("/users/" + id + "/status").expect(200).get("status").asText();
    }

    private void awaitStatus(String id, String status) {
        Eventually.eventually(Baresip.BOUND, () -> status(id), status::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void both_hear_each_other(String transport) {
        try (var caller = phone("101", CALLER_HERTZ, transport); var callee = phone("102", CALLEE_HERTZ, transport)) {
            connect(caller, callee);
            talk();
            caller.hangUp();
            callee.await("CALL_CLOSED");
            var heardByCaller = caller.heard();
            var heardByCallee = callee.heard();
            assertTrue(heardByCaller.near(CALLEE_HERTZ) && heardByCaller.length().toMillis() >= 1500, heardByCaller.toString());
            assertTrue(heardByCallee.near(CALLER_HERTZ) && heardByCallee.length().toMillis() >= 1500, heardByCallee.toString());
        }
    }

    @Test
    void phones_on_different_transports_hear_each_other() {
        try (var caller = phone("101", CALLER_HERTZ, "tls"); var callee = phone("102", CALLEE_HERTZ, "udp")) {
            connect(caller, callee);
            talk();
            callee.hangUp();
            caller.await("CALL_CLOSED");
            assertTrue(caller.heard().near(CALLEE_HERTZ));
            assertTrue(callee.heard().near(CALLER_HERTZ));
        }
    }

    @Test
    void the_record_tells_when_and_why_and_the_status_follows() {
        try (var caller = caller(); var callee = callee()) {
            var before = records();
            var begun = Instant.now().minusSeconds(1);
            awaitStatus(id101, "ONLINE");
            connect(caller, callee);
            awaitStatus(id101, "ON_CALL");
            awaitStatus(id102, "ON_CALL");
            talk();
            callee.hangUp();
            caller.await("CALL_CLOSED");
            var record = awaitRecord(before);
            assertEquals("101", record.get("caller").asText());
            assertEquals("102", record.get("callee").asText());
            assertEquals("User 102", record.get("callee_display_name").asText());
            assertEquals("EXTENSION_CALL", record.get("direction").asText());
            assertEquals("CALLEE_DISCONNECTED", record.get("end_reason").asText());
            assertEquals(200, record.get("status_code").asInt());
            var started = Instant.parse(record.get("started_at").asText());
            var rang = Instant.parse(record.get("rang_at").asText());
            var answered = Instant.parse(record.get("answered_at").asText());
            var ended = Instant.parse(record.get("ended_at").asText());
            assertTrue(!started.isBefore(begun.minusSeconds(1)) && !rang.isBefore(started) && !answered.isBefore(rang) && !ended.isBefore(answered)
                    && !ended.isAfter(Instant.now()), record.toString());
            assertTrue(record.get("duration").asInt() >= 1, record.toString());
            awaitStatus(id101, "ONLINE");
            awaitStatus(id102, "ONLINE");
            var own = box.stranger().signedIn("user102", "password-102").get("/user/cdrs?top=1").expect(200).get("items").get(0);
            assertEquals(record, own);
        }
        awaitStatus(id101, "OFFLINE");
    }

    @Test
    void the_caller_may_hang_up_first() {
        try (var caller = caller(); var callee = callee()) {
            var before = records();
            connect(caller, callee);
            caller.hangUp();
            callee.await("CALL_CLOSED");
            assertEquals("CALLER_DISCONNECTED", awaitRecord(before).get("end_reason").asText());
        }
    }

    @Test
    void a_caller_who_gives_up_stops_the_ringing() {
        try (var caller = caller(); var callee = callee()) {
            var before = records();
            caller.dial(uri("102"));
            callee.await("CALL_INCOMING");
            caller.hangUp();
            callee.await("CALL_CLOSED");
            var record = awaitRecord(before);
            assertEquals("CANCELLED", record.get("end_reason").asText());
            assertEquals(487, record.get("status_code").asInt());
            assertTrue(record.get("answered_at").isNull(), record.toString());
        }
    }

    @Test
    void a_busy_callee_is_told_as_busy() {
        try (var caller = caller(); var callee = callee()) {
            var before = records();
            caller.dial(uri("102"));
            callee.await("CALL_INCOMING");
            callee.hangUp(); // refuses the call: 486
            var closed = caller.await("CALL_CLOSED");
            assertTrue(closed.get("param").asText().contains("486"), closed.toString());
            var record = awaitRecord(before);
            assertEquals(486, record.get("status_code").asInt());
            assertEquals("CALLEE_DISCONNECTED", record.get("end_reason").asText());
        }
    }

    @Test
    void a_phone_that_nobody_answers_stops_ringing() {
        try (var caller = caller(); var callee = callee()) {
            var before = records();
            caller.dial(uri("102"));
            callee.await("CALL_INCOMING");
            var closed = caller.await("CALL_CLOSED");
            assertTrue(closed.get("param").asText().contains("480"), closed.toString());
            callee.await("CALL_CLOSED");
            assertEquals(480, awaitRecord(before).get("status_code").asInt());
        }
    }

    @Test
    void a_wrong_number_is_said_at_once() {
        try (var caller = caller()) {
            var before = records();
            caller.dial(uri("999"));
            assertTrue(caller.await("CALL_CLOSED").get("param").asText().contains("404"));
            var record = awaitRecord(before);
            assertEquals(404, record.get("status_code").asInt());
            assertEquals("999", record.get("destination").asText());
            assertTrue(record.get("end_reason").isNull(), record.toString());
        }
    }

    @Test
    void somebody_without_a_phone_is_not_available() {
        try (var caller = caller()) {
            awaitStatus(id102, "OFFLINE");
            caller.dial(uri("102"));
            assertTrue(caller.await("CALL_CLOSED").get("param").asText().contains("480"));
        }
    }

    @Test
    void a_wrong_password_registers_nobody() throws Exception {
        try (var phone = new Baresip(Baresip.account("101", "not-the-secret", box.config().sipPort(), "udp"), CALLER_HERTZ)) {
            Eventually.eventually(Baresip.BOUND, () -> phone.log().contains("403") || phone.log().contains("401"));
            assertFalse(phone.log().contains("200 OK"), phone.log());
            assertEquals("OFFLINE", status(id101));
        }
    }

    @Test
    void a_restarted_box_still_knows_its_phones() {
        try (var caller = caller(); var callee = callee()) {
            box.restart();
            assertEquals("ONLINE", status(id101));
            connect(caller, callee);
            caller.hangUp();
            callee.await("CALL_CLOSED");
        }
    }
}
