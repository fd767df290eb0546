package gatehouse.identity;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.ProvisionedAccount;
import gatehouse.testkit.RegisteredPhone;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A person types an extension and its PIN at a phone that asks for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AdoptionPinTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-25T12:00:00Z"));
    private Box box;
    private int users = 500;
    private String user;

    @BeforeAll
    void start() {
        box = Box.start(clock, Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        box.close();
    }

    @BeforeEach
    void a_user_and_a_quiet_hour() {
        clock.move(Duration.ofHours(1));
        user = user();
    }

    /** Tokens do not live for hours. */
    private ApiClient admin() {
        return new ApiClient(box.httpsOrigin()).signedIn("admin", Box.ADMIN_PASSWORD);
    }

    private String user() {
        return admin().post("/users", Box.aUser(Integer.toString(++users))).expect(201).get("id").asText();
    }

    private String pin() {
        var made = admin().post("/users/" + user + "/adoption_pin").expect(200);
        assertEquals(Integer.toString(users), made.get("extension_number").asText());
        assertTrue(made.get("pin").asText().matches("[0-9]{8}"), made.toString());
        return made.get("pin").asText();
    }

    private JsonNode ladder(String mac) {
        return admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private HttpResponse<String> ask(String mac, String login) throws Exception {
        return ask("127.0.0.1", mac, login);
    }

    private HttpResponse<String> ask(String from, String mac, String login) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
            var request = HttpRequest.newBuilder(URI.create(box.httpOrigin() + "/provision/start/" + mac + ".cfg")).timeout(Duration.ofSeconds(20))
                    .header("User-Agent", "Yealink SIP-T46S 66.86.0.15 " + mac);
            if (!login.isEmpty()) {
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
            }
            return client.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean hasSecret(HttpResponse<String> reply) {
        return reply.statusCode() == 200 && reply.body().contains("account.1.password");
    }

    @Test
    void a_phone_that_is_nobodys_is_given_to_whose_pin_was_typed_at_it() throws Exception {
        var mac = "001565400001";
        assertEquals(200, ask(mac, "").statusCode(), "while no PIN is open there is the starter, and nobody is asked");
        var pin = pin();
        var asked = ask(mac, "");
        assertEquals(401, asked.statusCode());
        assertTrue(asked.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Basic realm="));
        var file = ask(mac, users + ":" + pin);
        assertTrue(hasSecret(file), file.statusCode() + file.body());
        assertEquals(mac, admin().get("/phones/" + mac).expect(200).get("mac").asText());
        assertEquals("PIN", ladder(mac).get("identity").asText());
        try (var phone = new RegisteredPhone(box, Integer.toString(users), ProvisionedAccount.fromYealink(file.body()).secret())) {
            assertFalse(phone.instance().isEmpty());
        }
        assertFalse(hasSecret(ask("127.0.0.8", "001565400091", users + ":" + pin)), "it is good once");
        assertFalse(hasSecret(ask("127.0.0.8", mac, "")), "and for that address alone");
    }

    @Test
    void a_phone_that_somebody_was_given_already_takes_that_users_pin_alone() throws Exception {
        var mac = "001565400002";
        admin().post("/users/" + user + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S")).expect(201);
        var own = pin();
        var owner = Integer.toString(users);
        user = user();
        var others = pin();
        assertFalse(hasSecret(ask(mac, users + ":" + others)));
        assertTrue(ladder(mac).get("stands").asText().contains("PIN"), ladder(mac).toString());
        assertTrue(hasSecret(ask(mac, owner + ":" + own)));
    }

    @Test
    void guessing_closes_the_pin_makes_the_address_wait_and_is_told() throws Exception {
        var pin = pin();
        for (int i = 0; i < AdoptionPins.WRONG; i++) {
            assertFalse(hasSecret(ask("127.0.0.7", "001565400003", users + ":0000000" + i)));
        }
        assertFalse(hasSecret(ask("127.0.0.7", "001565400003", users + ":" + pin)), "closed for the guesser");
        assertFalse(hasSecret(ask("127.0.0.6", "001565400003", users + ":" + pin)), "and for everybody: another must be made");
        var log = eventually(Duration.ofSeconds(5), () -> admin().get("/event_logs").expect(200).toString(),
                all -> all.contains("Too many wrong adoption PINs from 127.0.0.7"));
        assertTrue(log.contains("opens nothing any more"), log);
        assertFalse(log.contains(pin), "no PIN stands in a log");
        var next = pin();
        assertFalse(hasSecret(ask("127.0.0.7", "001565400003", users + ":" + next)), "the guesser waits");
        assertTrue(hasSecret(ask("127.0.0.6", "001565400003", users + ":" + next)));
    }

    @Test
    void a_pin_ends_by_itself_and_can_be_taken_back() throws Exception {
        var pin = pin();
        clock.move(AdoptionPins.LIFE);
        assertFalse(hasSecret(ask("001565400004", users + ":" + pin)));
        var other = pin();
        admin().post("/users/" + user + "/adoption_pin/destroy").expect(204);
        assertFalse(hasSecret(ask("001565400004", users + ":" + other)));
        admin().post("/users/nobody/adoption_pin").expect(404);
        admin().post("/users/" + user, "{\"enabled\": false}").expect(200);
        admin().post("/users/" + user + "/adoption_pin").expect(409);
    }

    @Test
    void what_no_template_knows_cannot_be_given_and_a_pin_is_too_little_where_more_is_asked_for() throws Exception {
        var pin = pin();
        var unknown = ApiClient.http().send(HttpRequest.newBuilder(URI.create(box.httpOrigin() + "/provision/start/0c11050000ff.cfg"))
                .header("User-Agent", "SomePhone 9000 0c11050000ff").header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString((users + ":" + pin).getBytes(StandardCharsets.UTF_8))).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertFalse(hasSecret(unknown));
        admin().get("/phones/0c11050000ff").expect(404);
        admin().post("/provisioning/identity", "{\"least\": \"FOLDER\"}").expect(200);
        assertFalse(hasSecret(ask("001565400005", users + ":" + pin())));
        admin().post("/provisioning/identity", "{\"least\": null}").expect(200);
    }
}
