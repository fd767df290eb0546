package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import gatehouse.testkit.Listener;
import gatehouse.testkit.RegisteredPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event stream as the page listens to it. */
class LiveContractTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private Box box;

    @BeforeEach
    void start() {
        box = Box.start();
    }

    @AfterEach
    void stop() {
        box.close();
    }

    @Test
    void an_administrator_hears_of_a_new_user_and_a_standard_user_does_not() throws Exception {
        box.user("101");
        try (var admin = new Listener(box.admin()); var user = new Listener(box.stranger().signedIn("user101", "password-101"))) {
            var id = box.user("102");
            eventually(SOON, () -> admin.heard("{\"type\":\"user\",\"id\":\"" + id + "\",\"change\":\"created\"}"));
            assertFalse(user.heard("\"type\":\"user\""));
        }
    }

    @Test
    void a_stream_ends_with_its_sign_in() throws Exception {
        var id = box.admin().post("/users", Box.aUser("101").put("role", "Admin")).expect(201).get("id").asText();
        try (var listener = new Listener(box.stranger().signedIn("user101", "password-101"))) {
            box.user("102");
            eventually(SOON, () -> listener.heard("\"extension_number\":\"102\",\"presence\"")); // the last that is told of a new user
            var before = listener.lines();
            box.admin().post("/users/" + id + "/password", "{\"password\":\"another-one\"}").expect(200);
            eventually(SOON, listener::ended);
            assertEquals(before, listener.lines(), "not even the event that ended it");
        }
    }

    @Test
    void open_streams_do_not_hold_up_the_end() throws Exception {
        try (var one = new Listener(box.admin()); var two = new Listener(box.admin())) {
            var started = System.nanoTime();
            box.restart();
            var took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, "stopping and starting took " + took);
            eventually(SOON, () -> one.ended() && two.ended());
        }
    }

    @Test
    void an_agent_hears_of_its_own_status_and_an_administrator_of_everyones() throws Exception {
        List.of("101", "102").forEach(box::user);
        var queue = box.admin().post("/call_queues", "{\"name\":\"Sales\",\"extension_number\":\"700\",\"polling_strategy\":\"CYCLIC_HUNT\"}").expect(200)
                .get("id").asText();
        try (var admin = new Listener(box.admin()); var agent = new Listener(box.stranger().signedIn("user101", "password-101"))) {
            box.admin().post("/call_queues/" + queue + "/agents", "{\"items\":[{\"extension_number\":\"102\"},{\"extension_number\":\"101\"}]}").expect(200);
            for (var number : List.of("102", "101")) {
                box.admin().post("/call_queues/" + queue + "/agents/" + number, "{\"status\":\"LOGGED_OUT\"}").expect(200);
            }
            var told = "{\"type\":\"agent\",\"queue_id\":\"" + queue + "\",\"queue\":\"700\",\"extension_number\":\"%s\",\"status\":\"LOGGED_OUT\"}";
            eventually(SOON, () -> agent.heard(told.formatted("101")));
            eventually(SOON, () -> admin.heard(told.formatted("101")) && admin.heard(told.formatted("102"))
                    && admin.heard("{\"type\":\"agents\",\"queue_id\":\"" + queue + "\",\"queue\":\"700\"}"));
            assertFalse(agent.heard("\"102\"") || agent.heard("\"agents\""));
        }
    }

    @Test
    void a_client_that_comes_again_under_load_hears_each_event_once_and_in_order() throws Exception {
        box.user("101");
        var user = box.stranger().signedIn("user101", "password-101");
        var wanted = IntStream.range(0, 150).mapToObj(i -> "note " + i).toList();
        var heard = new ArrayList<String>();
        var first = new Listener(user);
        var lastId = first.lastId();
        first.close();
        var busy = Thread.ofVirtual().start(() -> wanted.forEach(note -> user.post("/user/presence", "{\"presence_note\":\"" + note + "\"}").expect(200)));
        var connections = 0;
        while (heard.size() < wanted.size()) {
            try (var again = new Listener(user, lastId)) {
                connections++;
                var enough = Math.min(7, wanted.size() - heard.size());
                eventually(SOON, () -> notes(again.events()).size() >= enough);
                var seen = again.complete();
                heard.addAll(notes(seen.events()));
                lastId = seen.lastId();
                assertFalse(again.heard("reset"));
            }
        }
        busy.join();
        assertEquals(wanted, heard);
        assertTrue(connections > 3, connections + " connections prove nothing");
    }

    private static List<String> notes(List<String> events) {
        return events.stream().filter(event -> event.contains("presence_note")).map(event -> event.replaceAll(".*\"presence_note\":\"([^\"]*)\".*", "$1")).toList();
    }

    @Test
    void who_was_away_for_too_long_is_told_to_load_anew() throws Exception {
        String before;
        try (var listener = new Listener(box.admin())) {
            before = listener.lastId();
        }
        try (var same = new Listener(box.admin(), before)) {
            box.user("101");
            eventually(SOON, () -> same.heard("\"type\":\"user\""));
            assertFalse(same.heard("reset"), "nothing was missed");
        }
        box.restart();
        for (var unknown : List.of(before, "5", "none of ours", "999999999999999999", "9".repeat(40))) {
            try (var again = new Listener(box.admin(), unknown)) {
                eventually(SOON, () -> again.heard("{\"type\":\"reset\"}"));
                assertNotEquals(unknown, again.lastId());
            }
        }
    }

    @Test
    void each_role_hears_of_what_it_may_read() throws Exception {
        box.admin().post("/roles", """
                {"name": "Operator", "permissions": {"phone_system": {"view_only": true}}}""").expect(201);
        box.admin().post("/users", Box.aUser("101").put("role", "Operator")).expect(201);
        box.user("102");
        try (var admin = new Listener(box.admin()); var operator = new Listener(box.stranger().signedIn("user101", "password-101"));
             var standard = new Listener(box.stranger().signedIn("user102", "password-102"))) {
            var all = List.of(admin, operator, standard);
            box.admin().post("/contacts", "{\"name\":\"Ada\"}").expect(201);
            box.admin().post("/call_queues", "{\"name\":\"Help\",\"extension_number\":\"701\",\"polling_strategy\":\"CYCLIC_HUNT\"}").expect(200);
            box.admin().post("/tenant", "{\"website\":\"https://box.test\"}").expect(200);
            try (var phone = new RegisteredPhone(box, "102")) {
                eventually(SOON, () -> all.get(2).heard("\"extension_number\":\"102\",\"online\":true"));
                eventually(SOON, () -> admin.heard("\"extension_number\":\"102\",\"online\":true"));
            }
            eventually(SOON, () -> operator.heard("\"area\":\"call_queues\"") && admin.heard("\"area\":\"call_queues\"") && admin.heard("\"area\":\"contacts\""));
            assertFalse(operator.heard("contacts") || operator.heard("registration") || operator.heard("\"company\""), operator.events().toString());
            assertFalse(standard.heard("resource") || standard.heard("\"company\""), standard.events().toString());

            var changed = box.admin().post("/contacts", "{\"name\":\"Joan\"}").expect(201).get("id").asText();
            box.admin().post("/roles/Operator", "{\"permissions\": {\"company\": {\"view_only\": true}}}").expect(200);
            var now = box.admin().post("/contacts", "{\"name\":\"Mary\"}").expect(201).get("id").asText();
            eventually(SOON, () -> operator.heard(now));
            assertFalse(operator.heard(changed), "it came before the role allowed it");
        }
    }

    @Test
    void a_user_can_open_only_so_many_streams_and_others_still_can() throws Exception {
        box.user("101");
        var user = box.stranger().signedIn("user101", "password-101");
        var streams = new ArrayList<Listener>();
        for (int i = 0; i < 24; i++) {
            streams.add(new Listener(user));
        }
        user.get("/events").expect(503);
        new Listener(box.admin()).close();
        for (var stream : streams) {
            stream.close();
        }
    }

    @Test
    void a_stranger_hears_nothing() {
        box.stranger().get("/events").expect(401);
    }
}
