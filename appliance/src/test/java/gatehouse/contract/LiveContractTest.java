package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import gatehouse.testkit.Listener;
import java.time.Duration;
import java.util.List;
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
            eventually(SOON, () -> admin.heard("{\"type\":\"user\",\"id\":\"" + id + "\"}"));
            assertFalse(user.heard("\"type\":\"user\""));
        }
    }

    @Test
    void a_stream_ends_with_its_sign_in() throws Exception {
        var id = box.admin().post("/users", Box.aUser("101").put("role", "Admin")).expect(201).get("id").asText();
        try (var listener = new Listener(box.stranger().signedIn("user101", "password-101"))) {
            box.user("102");
            eventually(SOON, () -> listener.heard("\"type\":\"user\""));
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
    void a_stranger_hears_nothing() {
        box.stranger().get("/events").expect(401);
    }
}
