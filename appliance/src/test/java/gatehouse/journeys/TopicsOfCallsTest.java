package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.TopicSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What subscribers hear of a call between two real phones, from its first ring to its record. */
class TopicsOfCallsTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        box.user("102");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Baresip phone(String number, int hertz) {
        var phone = new Baresip(Baresip.account(number, Box.secret(number), box.config().sipPort(), "udp"), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private static TopicSocket subscribed(String topic) {
        var socket = new TopicSocket(box).signedIn("admin", Box.ADMIN_PASSWORD);
        assertEquals(0, socket.ask("{\"command\":\"subscribe\",\"topics\":[\"" + topic + "\"]}").get("status").asInt());
        return socket;
    }

    private static boolean says(JsonNode push, String number, String status) {
        return push.get("extension").asText().equals("sip:" + number + "@box.test") && push.get("call_status").asText().equals(status);
    }

    @Test
    void a_call_is_told_from_its_beginning_to_its_record_with_how_both_extensions_are() {
        try (var caller = phone("101", 440); var callee = phone("102", 1000); var calls = subscribed("cdr_events");
             var global = subscribed("global_cdr_events"); var extensions = subscribed("extension_events")) {
            caller.dial("102");
            callee.await("CALL_INCOMING");
            for (var socket : new TopicSocket[] {calls, global}) {
                var start = socket.push("call_start", _ -> true);
                assertEquals("101 102 ext", String.join(" ", start.get("caller").asText(), start.get("callee").asText(), start.get("direction").asText()));
                assertEquals("", start.get("answered_at").textValue());
            }
            extensions.push("extension_call", push -> says(push, "101", "ON_CALL"));
            extensions.push("extension_call", push -> says(push, "102", "RINGING"));

            callee.answer();
            caller.await("CALL_ESTABLISHED");
            var answered = calls.push("call_update_info", push -> !push.get("answered_at").asText().isEmpty());
            assertTrue(Long.parseLong(answered.get("time").textValue()) >= Long.parseLong(answered.get("started_at").textValue()));
            extensions.push("extension_call", push -> says(push, "102", "ON_CALL"));
            extensions.push("extension_presence", push -> push.get("presence").asText().equals("ON_CALL"));

            caller.hangUp();
            var record = calls.push("call_cdr", _ -> true);
            assertEquals(answered.get("session_id"), record.get("session_id"));
            assertEquals("101 102 102 200 ext", String.join(" ", record.get("caller").asText(), record.get("callee").asText(), record.get("destination").asText(),
                    record.get("status_code").asText(), record.get("direction").asText()));
            assertEquals(Long.parseLong(record.get("ended_at").textValue()), Long.parseLong(record.get("time").textValue()));
            assertTrue(record.get("duration").isIntegralNumber() && record.has("call_id") && record.has("end_reason"), record.toString());
            extensions.push("extension_call", push -> says(push, "101", ""));
            extensions.push("extension_call", push -> says(push, "102", ""));
        }
    }
}
