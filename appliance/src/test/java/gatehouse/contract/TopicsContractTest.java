package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.RegisteredPhone;
import gatehouse.testkit.TopicSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The topics as existing clients of this API family subscribe to them. */
class TopicsContractTest {
    private static Box box;
    private static ApiClient admin;
    private static String company;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
        IntStream.rangeClosed(101, 108).forEach(number -> box.user(Integer.toString(number)));
        company = admin.get("/tenant").expect(200).get("id").asText();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static TopicSocket asAdmin() {
        return new TopicSocket(box).signedIn("admin", Box.ADMIN_PASSWORD);
    }

    private static String subscribe(String topic, String more) {
        return "{\"command\":\"subscribe\",\"topics\":[\"" + topic + "\"]" + more + "}";
    }

    private static boolean is(JsonNode push, String field, String value) {
        return push.path(field).asText().equals(value);
    }

    @Test
    void a_subscription_to_extensions_begins_with_how_they_are_and_goes_on_with_each_change() {
        try (var socket = asAdmin()) {
            var answer = socket.ask(subscribe("extension_events", ",\"extensions\":[\"101\",\"102\"],\"id\":\"abc\""));
            assertEquals("{\"command\":\"subscribe\",\"id\":\"abc\",\"status\":0}", answer.toString());
            var first = socket.push("extension_status", _ -> true);
            assertEquals(company, first.get("tenant_id").asText());
            assertEquals(2, first.get("status").size());
            var one = first.get("status").get(0);
            assertEquals("sip:101@box.test", one.get("extension").asText());
            assertFalse(one.get("online").booleanValue());
            assertEquals("", one.get("call_status").asText());
            assertEquals("", one.get("presence_note").asText());
            var age = Instant.now().getEpochSecond() - Long.parseLong(one.get("time").textValue());
            assertTrue(age >= 0 && age < 60, "Unix seconds as text");

            try (var _ = new RegisteredPhone(box, "101")) {
                socket.push("extension_status", push -> push.get("status").size() == 1 && push.get("status").get(0).get("online").asBoolean());
                box.stranger().signedIn("user101", "password-101").post("/user/presence", "{\"presence\":\"LUNCH\",\"presence_note\":\"soup\"}").expect(200);
                var presence = socket.push("extension_presence", push -> is(push, "presence", "LUNCH"));
                assertEquals("soup", presence.get("presence_note").asText());
                assertEquals("sip:101@box.test", presence.get("extension").asText());
            }
            box.stranger().signedIn("user103", "password-103").post("/user/presence", "{\"presence\":\"AWAY\"}").expect(200);
            box.stranger().signedIn("user102", "password-102").post("/user/presence", "{\"presence\":\"AWAY\"}").expect(200);
            socket.push("extension_presence", push -> is(push, "extension", "sip:102@box.test"));
            assertTrue(socket.messages().stream().noneMatch(push -> push.toString().contains("sip:103@")), "nobody asked for it");

            assertEquals(0, socket.ask("{\"command\":\"unsubscribe\",\"topics\":[\"extension_events\"],\"extensions\":[\"102\"]}").get("status").asInt());
            box.stranger().signedIn("user102", "password-102").post("/user/presence", "{\"presence\":\"BUSINESS_TRIP\"}").expect(200);
            box.stranger().signedIn("user101", "password-101").post("/user/presence", "{\"presence\":\"BUSINESS_TRIP\"}").expect(200);
            socket.push("extension_presence", push -> is(push, "presence", "BUSINESS_TRIP") && is(push, "extension", "sip:101@box.test"));
            assertTrue(socket.messages().stream().noneMatch(push -> is(push, "presence", "BUSINESS_TRIP") && is(push, "extension", "sip:102@box.test")));
        }
    }

    @Test
    void queues_and_their_agents_are_told() {
        var queue = admin.post("/call_queues", "{\"name\":\"Sales\",\"extension_number\":\"700\",\"polling_strategy\":\"CYCLIC_HUNT\"}").expect(200)
                .get("id").asText();
        admin.post("/call_queues/" + queue + "/agents", "{\"items\":[{\"extension_number\":\"104\"},{\"extension_number\":\"105\"}]}").expect(200);
        try (var socket = asAdmin(); var agent = new TopicSocket(box).signedIn("user104", "password-104");
             var stranger = new TopicSocket(box).signedIn("user106", "password-106")) {
            assertEquals(0, socket.ask(subscribe("queue_management_events", "")).get("status").asInt());
            socket.push("queue_created", push -> is(push, "queue_number", "700") && is(push, "tenant_id", company));
            for (var client : new TopicSocket[] {socket, agent}) {
                assertEquals(0, client.ask(subscribe("queue_events", ",\"queues\":[\"700\"]")).get("status").asInt());
                var first = client.push("queue_status", _ -> true);
                assertEquals("Sales", first.get("queue_name").asText());
                assertEquals(0, first.get("waiting_list").size());
                assertEquals("OFFLINE", first.get("agents").get(0).get("state").asText());
            }
            assertEquals(-1, stranger.ask(subscribe("queue_events", ",\"queues\":[\"700\"]")).get("status").asInt());
            assertEquals(-1, agent.ask(subscribe("queue_events", "")).get("status").asInt(), "all of them are not its own");
            assertEquals(-1, agent.ask(subscribe("queue_management_events", "")).get("status").asInt());

            admin.post("/call_queues/" + queue + "/agents/105", "{\"status\":\"LOGGED_OUT\"}").expect(200);
            agent.push("queue_agent_status", push -> is(push.at("/updated_agents/0"), "agent_extension_number", "105")
                    && is(push.at("/updated_agents/0"), "state", "LOGGED_OUT"));
            admin.post("/call_queues/" + queue + "/agents", "{\"items\":[{\"extension_number\":\"105\"}]}").expect(200);
            var left = socket.push("queue_agent_status", push -> !push.get("removed_agents").isEmpty());
            assertEquals("104", left.get("removed_agents").get(0).get("agent_extension_number").asText());
            admin.post("/call_queues/" + queue + "/agents/105", "{\"status\":\"READY\"}").expect(200);
            socket.push("queue_agent_status", push -> is(push.at("/updated_agents/0"), "state", "OFFLINE") && push.get("updated_agents").size() == 1);
            assertTrue(agent.messages().stream().noneMatch(push -> push.path("removed_agents").size() > 0), "who left the queue hears of it no more");

            admin.post("/call_queues/" + queue, "{\"name\":\"Sales and more\"}").expect(200);
            socket.push("queue_updated", push -> is(push, "queue_number", "700"));
            admin.post("/call_queues/" + queue + "/destroy").expect(204);
            socket.push("queue_destroy", push -> is(push, "queue_number", "700"));
        }
    }

    @Test
    void changes_of_users_are_told_to_who_manages_them_by_the_global_topic_too() {
        try (var socket = asAdmin(); var global = asAdmin(); var elsewhere = asAdmin()) {
            assertEquals(0, socket.ask(subscribe("extension_management_events", "")).get("status").asInt());
            assertEquals(0, global.ask(subscribe("global_extension_management_events", ",\"tenants\":[\"" + company + "\"]")).get("status").asInt());
            assertEquals(0, elsewhere.ask(subscribe("global_extension_management_events", ",\"tenants\":[\"another\"]")).get("status").asInt());
            var id = box.user("150");
            for (var client : new TopicSocket[] {socket, global}) {
                var created = client.push("extension_created", _ -> true);
                assertEquals("150", created.get("extension_number").asText());
                assertEquals("User 150", created.get("disp_name").asText());
                assertEquals("user150@box.test", created.get("email").asText());
                assertEquals(id, created.get("extension_id").asText());
                assertTrue(created.get("enabled").booleanValue());
            }
            admin.post("/users/" + id + "/destroy").expect(204);
            socket.push("extension_destroyed", push -> is(push, "username", "user150"));
            assertEquals(1, elsewhere.ask("{\"command\":\"unsubscribe\",\"topics\":[\"cdr_events\"]}").get("status").asInt() + 1);
            assertTrue(elsewhere.messages().stream().noneMatch(push -> push.has("event_type")));
        }
    }

    @Test
    void a_role_hears_no_more_than_it_may_read() {
        try (var user = new TopicSocket(box).signedIn("user107", "password-107")) {
            for (var topic : new String[] {"cdr_events", "extension_management_events", "extension_events", "global_extension_events", "global_cdr_events"}) {
                assertEquals(-1, user.ask(subscribe(topic, "")).get("status").asInt(), topic);
            }
            assertEquals(-1, user.ask(subscribe("extension_events", ",\"extensions\":[\"107\",\"101\"]")).get("status").asInt());
            assertEquals(0, user.ask(subscribe("extension_events", ",\"extensions\":[\"107\"]")).get("status").asInt());
            assertEquals(1, user.push("extension_status", _ -> true).get("status").size());
            assertTrue(user.ask(subscribe("weather_events", "")).get("error").asText().contains("weather_events"));
            assertTrue(user.ask("{\"command\":\"dance\"}").get("error").asText().contains("dance"));
        }
    }

    @Test
    void existing_clients_find_the_topics_where_they_look_for_them() {
        try (var socket = new TopicSocket(box, "/wsi").signedIn("user108", "password-108")) {
            assertEquals(0, socket.ask(subscribe("extension_events", ",\"extensions\":[\"108\"]")).get("status").asInt());
            assertEquals("sip:108@box.test", socket.push("extension_status", _ -> true).at("/status/0/extension").asText());
        }
    }

    @Test
    void nothing_is_told_before_a_sign_in_and_one_is_asked_for_in_time() {
        try (var socket = new TopicSocket(box)) {
            assertEquals("{\"command\":\"subscribe\",\"id\":\"1\",\"error\":\"Sign in first: send the command auth.\",\"status\":-1}",
                    socket.ask(subscribe("extension_events", "")).toString());
            assertEquals(1008, socket.closed());
        }
    }

    @Test
    void a_token_opens_as_much_as_a_password_and_ends_with_its_sign_in() {
        var token = box.stranger().post("/auth/sign_in", "{\"username\":\"admin\",\"password\":\"" + Box.ADMIN_PASSWORD + "\"}").expect(200)
                .get("access_token").asText();
        try (var socket = new TopicSocket(box)) {
            assertEquals(0, socket.ask("{\"command\":\"auth\",\"access_token\":\"" + token + "\"}").get("status").asInt());
            assertEquals(0, socket.ask(subscribe("cdr_events", "")).get("status").asInt());
            box.stranger().withToken(token).post("/logout").expect(204);
            assertEquals(-1, socket.ask(subscribe("cdr_events", "")).get("status").asInt());
            assertEquals(1008, socket.closed());
        }
    }

    @Test
    void a_sip_password_opens_the_extension_alone_and_wrong_tries_lock() {
        admin.post("/users", Box.aUser("109").put("role", "Admin")).expect(201);
        var auth = "{\"command\":\"auth\",\"extension_number\":\"109\",\"password\":\"%s\",\"domain\":\"%s\"}";
        try (var socket = new TopicSocket(box)) {
            assertEquals(-1, socket.ask(auth.formatted(Box.secret("109"), "elsewhere.test")).get("status").asInt());
            assertEquals(0, socket.ask(auth.formatted(Box.secret("109"), "box.test")).get("status").asInt());
            assertEquals(0, socket.ask(subscribe("extension_events", ",\"extensions\":[\"109\"]")).get("status").asInt());
            assertEquals(-1, socket.ask(subscribe("extension_events", "")).get("status").asInt(), "an administrator's, but a phone's secret");
            for (int i = 0; i < 5; i++) {
                assertEquals(-1, socket.ask(auth.formatted("wrong", "box.test")).get("status").asInt());
            }
            assertTrue(socket.ask(auth.formatted("wrong", "box.test")).get("error").asText().startsWith("Too many wrong tries"));
            assertTrue(socket.ask(auth.formatted(Box.secret("109"), "box.test")).get("error").asText().startsWith("Too many wrong tries"), "the right one too");
        }
    }

    @Test
    void what_is_not_a_message_ends_the_connection() {
        for (var text : new String[] {"hello", "[]", "{\"command\":\"auth\",\"command\":\"auth\"}", "{\"x\":\"" + "y".repeat(70_000) + "\"}"}) {
            try (var socket = new TopicSocket(box)) {
                socket.say(text);
                assertTrue(socket.closed() >= 1002, text.substring(0, Math.min(20, text.length())));
            }
        }
    }

    @Test
    void one_address_opens_only_so_many() {
        var sockets = new ArrayList<TopicSocket>();
        try {
            IntStream.range(0, 17).forEach(_ -> sockets.add(new TopicSocket(box)));
            assertEquals(1013, sockets.getLast().closed());
        } finally {
            sockets.forEach(TopicSocket::close);
        }
    }

    @Test
    void a_plain_request_finds_nothing_there() {
        admin.get("/ws").expect(404);
        assertTrue(StreamSupport.stream(admin.get("/openapi.json").expect(200).get("paths").spliterator(), false).findAny().isPresent());
    }
}
