package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.PlainPhone;
import gatehouse.testkit.RegisteredPhone;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 102 talks with 101 and with 103, and leaves the two together: by a program, or by its own phone's transfer key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class TransfersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 440;
    private static final int MIDDLE = 1000;
    private static final int LAST = 2000;
    private Box box;

    @BeforeAll
    void start() {
        box = Box.start(Clock.systemUTC(), Duration.ofSeconds(20));
        box.user("101");
        box.user("102");
        box.user("103");
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private String account(String number) {
        return Baresip.account(number, Box.secret(number), box.config().sipPort(), "udp");
    }

    private Baresip phone(String number, int hertz) {
        var phone = new Baresip(account(number), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private static void connect(Baresip from, Baresip to, String number) {
        from.dial(number);
        to.await("CALL_INCOMING");
        to.answer();
        from.await("CALL_ESTABLISHED");
        to.await("CALL_ESTABLISHED");
    }

    private JsonNode sessions() {
        return box.admin().get("/sessions").expect(201);
    }

    /** The one session with that number. */
    private String session(String number) {
        return Eventually.eventually(Baresip.BOUND, () -> {
            for (var session : sessions().get("items")) {
                if (session.at("/calls/0/caller").asText().equals(number) || session.at("/calls/0/callee").asText().equals(number)) {
                    return session.get("id").asText();
                }
            }
            return null;
        }, id -> id != null);
    }

    private JsonNode records(String session, int count) {
        return Eventually.eventually(Baresip.BOUND, () -> {
            for (var log : box.admin().get("/calllogs").expect(200).get("items")) {
                if (log.get("session_id").asText().equals(session)) {
                    return box.admin().get("/cdrs/" + log.get("id").asText()).expect(200).get("items");
                }
            }
            return JSON.createArrayNode();
        }, list -> list.size() == count);
    }

    private static ObjectNode wish(String first, String second) {
        return JSON.createObjectNode().put("extension_number", "102").put("refer_to_1", first).put("refer_to_2", second);
    }

    /** 101 and 103 have one session, which 101 had before, and 102 is out of everything. */
    private void checkSession(String session) {
        var now = sessions();
        assertEquals(1, now.get("count").asInt(), now.toString());
        assertEquals(session, now.at("/items/0/id").asText());
        assertEquals("101", now.at("/items/0/calls/0/caller").asText());
        assertEquals("103", now.at("/items/0/calls/0/callee").asText());
    }

    private void checkRecords(String session, String second) {
        assertEquals("CONSULT_TRANSFER_COMPLETED", records(second, 1).at("/0/end_reason").asText());
        var records = records(session, 2);
        assertEquals("CONSULT_TRANSFER_COMPLETED", records.at("/0/end_reason").asText());
        var joined = records.get(1);
        assertEquals("TRANSFER", joined.get("reroute_reason").asText());
        assertEquals("101", joined.get("caller").asText());
        assertEquals("103", joined.get("callee").asText());
        assertEquals("CALLER_DISCONNECTED", joined.get("end_reason").asText());
        assertFalse(joined.get("answered_at").isNull(), joined.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_program_joins_two_calls_whoever_began_them(boolean middleBegins) throws IOException {
        try (var first = phone("101", FIRST); var middle = phone("102", MIDDLE); var last = phone("103", LAST)) {
            if (middleBegins) {
                connect(middle, first, "101");
                connect(middle, last, "103");
            } else {
                connect(first, middle, "102");
                connect(middle, last, "103");
            }
            var session = session("101");
            var second = session("103");
            var firstMark = first.mark();
            var lastMark = last.mark();
            var wish = wish("101", "sip:103@box.test");
            box.admin().post("/sessions/" + session + "/attended_refer", middleBegins ? wish.put("session_2", second) : wish).expect(200);
            middle.await("CALL_CLOSED");
            middle.await("CALL_CLOSED");
            first.awaitHeard(firstMark, LAST);
            last.awaitHeard(lastMark, FIRST);
            checkSession(session);
            connect(last, middle, "102"); // 102 is free, and 103's second line
            middle.hangUp();
            first.hangUp();
            last.await("CALL_CLOSED");
            checkRecords(session, second);
        }
    }

    /** A phone that says back what it hears: what the other hears then is its own sound. */
    @Test
    void a_side_that_waits_on_hold_is_heard_again_once_it_is_joined() throws IOException {
        try (var first = new PlainPhone(box, "101"); var middle = phone("102", MIDDLE); var last = phone("103", LAST)) {
            middle.dial("101");
            middle.await("CALL_ESTABLISHED");
            connect(middle, last, "103");
            var session = session("101");
            var mark = last.mark();
            first.answerNext(491);
            box.admin().post("/sessions/" + session + "/hold", "{\"extension_number\": \"102\"}").expect(200); // and joined while the phones agree to that
            box.admin().post("/sessions/" + session("103") + "/attended_refer", wish("101", "103").put("session_1", session)).expect(200);
            last.awaitHeard(mark, LAST);
            checkSession(session);
            last.hangUp();
            first.awaitEnd(first.awaitCall());
        }
    }

    @Test
    void the_transfer_key_rings_somebody_else() throws IOException {
        try (var first = phone("101", FIRST); var middle = phone("102", MIDDLE); var last = phone("103", LAST)) {
            connect(first, middle, "102");
            var session = session("101");
            var mark = first.mark();
            middle.transfer("103");
            last.await("CALL_INCOMING");
            last.answer();
            last.await("CALL_ESTABLISHED");
            middle.await("CALL_CLOSED");
            first.awaitHeard(mark, LAST);
            last.awaitHeard(last.mark(), FIRST);
            checkSession(session);
            first.hangUp();
            last.await("CALL_CLOSED");
            var records = records(session, 2);
            assertEquals("BLIND_TRANSFER_COMPLETED", records.at("/0/end_reason").asText());
            assertEquals("TRANSFER", records.at("/1/reroute_reason").asText());
        }
    }

    /** The phone has asked 103 first: its REFER names the call with them (RFC 5589). Both its calls are on hold. */
    @Test
    void the_transfer_key_joins_two_calls() throws IOException {
        try (var first = phone("101", FIRST); var middle = new PlainPhone(box, "102"); var last = new PlainPhone(box, "103")) {
            first.dial("102");
            var call = middle.awaitCall();
            var session = session("101");
            var consultation = middle.dial("103");
            var second = session("103");
            var mark = first.mark();
            assertTrue(middle.reinvite(consultation, "sendonly").startsWith("SIP/2.0 200"));
            assertTrue(middle.refer(call, "sip:103@box.test?Replaces=" + URLEncoder.encode(consultation.replaces(), StandardCharsets.UTF_8))
                    .startsWith("SIP/2.0 202"));
            middle.await(message -> message.startsWith("NOTIFY ") && message.endsWith("\r\n\r\nSIP/2.0 200 OK\r\n")
                    && PlainPhone.header(message, "Event").equals("refer") && PlainPhone.header(message, "Subscription-State").startsWith("terminated"));
            middle.awaitEnd(call);
            middle.awaitEnd(consultation);
            first.awaitHeard(mark, FIRST);
            checkSession(session);
            first.hangUp();
            last.awaitEnd(last.awaitCall());
            checkRecords(session, second);
        }
    }

    @Test
    void a_transfer_key_that_leads_nowhere_leaves_the_call_as_it_was() {
        try (var first = new PlainPhone(box, "101"); var middle = new PlainPhone(box, "102"); var stranger = new PlainPhone(box, "103")) {
            var call = middle.dial("101");
            var others = stranger.dial("101");
            assertTrue(middle.refer(call, "sip:999@box.test").startsWith("SIP/2.0 404"));
            assertTrue(middle.refer(call, "mailto:101@box.test").startsWith("SIP/2.0 416"));
            assertTrue(middle.refer(call, "sip:101@box.test?Replaces=none%3Bto-tag%3D1%3Bfrom-tag%3D2").startsWith("SIP/2.0 404"));
            assertTrue(middle.refer(call, "sip:101@box.test?Replaces=" + URLEncoder.encode(others.replaces(), StandardCharsets.UTF_8)).startsWith("SIP/2.0 404"));
            assertTrue(middle.refer(call, "sip:101@box.test?Replaces=" + URLEncoder.encode(call.replaces(), StandardCharsets.UTF_8)).startsWith("SIP/2.0 404"));
            assertEquals(2, sessions().get("count").asInt());
            middle.hangUp(call);
            stranger.hangUp(others);
            first.await(message -> message.startsWith("BYE "));
        }
    }

    @Test
    void what_cannot_be_joined_is_refused() {
        try (var first = new PlainPhone(box, "101"); var middle = new PlainPhone(box, "102"); var silent = new RegisteredPhone(box, "103")) {
            var call = middle.dial("101");
            var session = session("101");
            var ringing = box.admin().post("/sessions", JSON.createObjectNode().put("caller", "103").put("callee", "102").put("send_sdp", true))
                    .expect(201).get("id").asText();
            var path = "/sessions/" + session + "/attended_refer";
            box.admin().post("/sessions/none/attended_refer", wish("101", "103")).expect(404);
            box.admin().post(path, wish("101", "103").put("session_2", "none")).expect(404);
            box.admin().post(path, wish("103", "103")).expect(404); // 103 is not in the first
            box.admin().post(path, wish("101", "103").put("extension_number", "103")).expect(404); // nor is it 103's
            assertEquals("refer_to_2", box.admin().post(path, wish("101", "999")).expect(400).at("/errors/0/detail/field").asText());
            assertEquals("session_2", box.admin().post(path, wish("101", "101").put("session_2", session)).expect(400).at("/errors/0/detail/field").asText());
            assertEquals("session_1", box.admin().post(path, wish("101", "103").put("session_1", "other").put("session_2", ringing)).expect(400)
                    .at("/errors/0/detail/field").asText());
            box.admin().post(path, wish("101", "103")).expect(409); // which rings still
            box.admin().post("/sessions/" + ringing + "/attended_refer", wish("103", "101")).expect(409);
            box.stranger().signedIn("user101", "password-101").post(path, wish("101", "103")).expect(403);
            assertEquals(2, sessions().get("count").asInt());
            box.admin().post("/sessions/" + ringing + "/destroy").expect(204);
            middle.hangUp(call);
            first.awaitEnd(first.awaitCall());
        }
    }

    @Test
    void a_users_other_phone_takes_a_call_over_and_nobody_elses_does() throws IOException {
        try (var first = phone("101", FIRST); var middle = new PlainPhone(box, "102"); var stranger = new PlainPhone(box, "103")) {
            first.dial("102");
            var call = middle.awaitCall();
            var session = session("101");
            first.await("CALL_ESTABLISHED");
            var replaces = "Require: replaces\r\nReplaces: " + call.replaces() + "\r\n";
            assertTrue(stranger.invite("101", replaces).startsWith("SIP/2.0 403"));
            assertTrue(stranger.invite("101", "Replaces: other;to-tag=1;from-tag=2\r\n").startsWith("SIP/2.0 481"));
            assertTrue(stranger.invite("101", "Replaces: other\r\n").startsWith("SIP/2.0 400"));
            var refused = stranger.invite("101", "Require: replaces, 100rel\r\n");
            assertTrue(refused.startsWith("SIP/2.0 420") && PlainPhone.header(refused, "Unsupported").equals("100rel"), refused);
            try (var other = new PlainPhone(box, "102")) {
                var mark = first.mark();
                var taken = other.dial("101", replaces);
                middle.awaitEnd(call);
                first.awaitHeard(mark, FIRST);
                assertEquals(1, sessions().get("count").asInt());
                assertEquals(session, sessions().at("/items/0/id").asText());
                first.hangUp();
                other.awaitEnd(taken);
                assertEquals("REPLACED", records(session, 2).at("/0/end_reason").asText());
            }
        }
    }

    @Test
    void a_call_that_is_handed_on_before_the_other_answers_rings_there_on() {
        try (var first = new PlainPhone(box, "101"); var middle = new PlainPhone(box, "102"); var last = phone("103", LAST)) {
            var call = first.dial("102");
            var answered = middle.awaitCall();
            var asking = middle.ring("103");
            last.await("CALL_INCOMING");
            assertTrue(middle.refer(answered, "sip:103@box.test?Replaces=" + URLEncoder.encode(asking.replaces(), StandardCharsets.UTF_8))
                    .startsWith("SIP/2.0 202"));
            Eventually.eventually(Baresip.BOUND, () -> last.count("CALL_CLOSED") == 1 && last.count("CALL_INCOMING") == 2); // in either order
            last.answer();
            last.await("CALL_ESTABLISHED");
            middle.awaitEnd(answered);
            first.hangUp(call);
            last.await("CALL_CLOSED");
        }
    }
}
