package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import gatehouse.testkit.Listener;
import java.time.Duration;
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
    void a_stranger_hears_nothing() {
        box.stranger().get("/events").expect(401);
    }
}
