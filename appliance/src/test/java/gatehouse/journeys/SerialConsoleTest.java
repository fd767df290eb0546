package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.hal.SerialLine;
import gatehouse.hal.SimulatedHardware;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The field tech's cable: a real pair of pseudo terminals, the box on one end. */
@Timeout(60)
class SerialConsoleTest {
    @TempDir
    Path folder;
    private Process socat;
    private Box box;
    private SerialLine terminal;

    @BeforeEach
    void plugIn() throws IOException {
        var near = folder.resolve("near");
        var far = folder.resolve("far");
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far).inheritIO().start();
        Eventually.eventually(Duration.ofSeconds(10), () -> Files.exists(near) && Files.exists(far));
        terminal = new SimulatedHardware().openSerialLine(far.toString(), 9600);
        box = Box.startWithConsole(near.toString());
    }

    @AfterEach
    void unplug() throws IOException {
        box.close();
        terminal.close();
        socat.destroy();
        socat.onExit().join();
    }

    /** Types {@code text} and Enter, and reads until {@code end} appears. */
    private String type(String text, String end) throws IOException {
        terminal.out().write((text + "\r").getBytes(StandardCharsets.UTF_8));
        return until(end);
    }

    private String until(String end) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            var c = terminal.in().read();
            if (c < 0) {
                throw new IOException("The line ended after: " + seen);
            }
            seen.append((char) c);
        }
        return seen.toString();
    }

    private void signIn() throws IOException {
        until("login: ");
        type("admin", "password: ");
        assertFalse(type(Box.ADMIN_PASSWORD, "gatehouse> ").contains(Box.ADMIN_PASSWORD), "the password is not shown");
    }

    @Test
    void a_technician_signs_in_looks_around_and_leaves() throws Exception {
        box.user("101");
        signIn();
        assertTrue(type("status", "gatehouse> ").contains("Lamp        READY"));
        var users = type("users", "gatehouse> ");
        assertTrue(users.contains("101") && users.contains("User 101") && users.contains("OFFLINE"), users);
        assertTrue(type("phones", "gatehouse> ").contains("There are no phones yet"));
        assertTrue(type("calls", "gatehouse> ").contains("Nobody talks"));
        var help = type("help", "gatehouse> ");
        for (var command : new String[] {"status", "users", "phones", "calls", "doors", "door", "help", "logout"}) {
            assertTrue(help.contains("  " + command), command + " in " + help);
        }
        assertTrue(type("dance", "gatehouse> ").contains("There is no command dance"));
        type("logout", "login: ");
    }

    @Test
    void what_a_phone_will_get_is_read_from_the_cable_without_its_secrets() throws Exception {
        var user = box.user("101");
        var created = box.admin().post("/users/" + user + "/phones", Box.aPhone("001565aabbcc", "yealink.ph.xml", "T46S")).expect(201);
        var url = created.get("url").asText();
        signIn();
        assertTrue(type("preview 00:15:65:aa:bb:cc", "gatehouse> ").contains("may restart"));
        assertEquals(200, ApiClient.fetch(url, "").statusCode());
        assertEquals(200, ApiClient.fetch(url.replaceAll("[^/]+$", "y000000000066.cfg"), "").statusCode());
        box.admin().post("/users/" + user, JsonNodeFactory.instance.objectNode().put("display_name", "Ada")).expect(200);
        box.admin().post("/users/" + user + "/phones/" + created.get("id").asText(), "{\"password\": \"other-secret\"}").expect(200);
        var preview = type("preview 001565aabbcc", "gatehouse> ");
        assertTrue(preview.contains("-account.1.display_name = User 101") && preview.contains("+account.1.display_name = Ada"), preview);
        assertTrue(preview.contains("+static.security.user_password = admin:******** (changed, hidden)") && !preview.contains("other-secret"), preview);
        assertTrue(type("preview nothing", "gatehouse> ").contains("no such phone"));
    }

    @Test
    void the_door_opens_from_the_cable() throws Exception {
        signIn();
        assertTrue(type("door open door-1", "gatehouse> ").contains("open for three seconds"));
        assertTrue(box.hardware().relayOutputs().getFirst().energised());
        assertTrue(type("doors", "gatehouse> ").contains("open"));
        assertTrue(type("door open none", "gatehouse> ").contains("no such door"));
    }

    @Test
    void nothing_is_shown_to_who_does_not_sign_in() throws Exception {
        box.user("101");
        until("login: ");
        type("admin", "password: ");
        assertTrue(type("wrong", "login: ").contains("do not fit"));
        type("user101", "password: ");
        assertTrue(type("password-101", "login: ").contains("may not use the console"));
        for (int i = 0; i < 5; i++) {
            type("admin", "password: ");
            type("wrong", "login: ");
        }
        type("admin", "password: ");
        assertTrue(type(Box.ADMIN_PASSWORD, "login: ").contains("Too many wrong tries"));
    }

    @Test
    void mistakes_can_be_rubbed_out_and_names_cannot_play_tricks() throws Exception {
        box.admin().post("/users", Box.aUser("103").put("display_name", "E\u001b[2Jvil")).expect(201);
        signIn();
        assertTrue(type("statux\bs", "gatehouse> ").contains("Lamp"));
        assertTrue(type("garbage\u0015status", "gatehouse> ").contains("Lamp"));
        var users = type("users", "gatehouse> ");
        assertTrue(users.contains("E?[2Jvil") && users.indexOf('\u001b') < 0, users);
        assertTrue(users.lines().allMatch(line -> line.length() <= 80), users);
    }
}
