package gatehouse.identity;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.Config;
import gatehouse.pnp.Place;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.PnpPhone;
import gatehouse.testkit.RegisteredPhone;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a phone must show before it gets a secret, over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class IdentityContractTest {
    private static final String OTHER_PLACE = "127.0.0.9";
    private final int pnp = FreePorts.one();
    private Box box;
    private int users = 200;
    private String user;

    @BeforeAll
    void start() {
        box = Box.startDiscovering(new Config.Discovery(List.of(new Place("lo", pnp)), 0, 0));
    }

    @AfterAll
    void stop() {
        box.close();
    }

    @AfterEach
    void as_it_was() {
        set("{\"least\": null, \"other_address\": null}");
    }

    private void set(String json) {
        box.admin().post("/provisioning/identity", json).expect(200);
    }

    /** @return its provisioning address */
    private String yealink(String mac) {
        user = box.user(Integer.toString(++users));
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S")).expect(201)
                .get("url").asText();
    }

    private JsonNode ladder(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private static String agent(String mac) {
        return "Yealink SIP-T46S 66.86.0.15 " + mac.replaceAll("(..)(?=.)", "$1:");
    }

    private static HttpResponse<String> from(String address, String url, String agent) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).header("User-Agent", agent).GET().build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean hasSecret(HttpResponse<String> reply) {
        return reply.statusCode() == 200 && reply.body().contains("account.1.password");
    }

    @Test
    void a_mac_alone_is_no_proof_unless_the_administrator_says_so() throws Exception {
        var mac = "001565100001";
        var url = yealink(mac);
        assertEquals("PIN", ladder(mac).get("identity_needed").asText());
        try (var phone = new PnpPhone(pnp)) {
            assertEquals(box.httpOrigin() + "/provision/start/", phone.addressFor(mac));
            assertTrue(ladder(mac).get("stands").asText().contains("less than this box asks for"), ladder(mac).toString());
            set("{\"least\": \"MAC\"}");
            assertEquals(url.substring(0, url.lastIndexOf('/') + 1), phone.addressFor(mac));
        }
        assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))));
        assertEquals("MAC", ladder(mac).get("identity").asText(), "it knows its folder because it named its MAC, and nothing more");
        set("{\"least\": \"FOLDER\"}");
        var less = from("127.0.0.1", url, agent(mac));
        assertFalse(hasSecret(less));
        assertTrue(less.body().contains("auto_provision.server.url"), less.body());
    }

    @Test
    void a_folder_is_its_first_comers_who_may_come_again_and_shut_to_other_places() throws Exception {
        var mac = "001565100002";
        var url = yealink(mac);
        for (int boot = 0; boot < 3; boot++) {
            assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))));
        }
        assertEquals("FOLDER", ladder(mac).get("identity").asText());
        var elsewhere = from(OTHER_PLACE, url, agent(mac));
        assertEquals(404, elsewhere.statusCode());
        assertEquals("", elsewhere.body(), "a phone that works and moved keeps what it has");
        var log = eventually(Duration.ofSeconds(5), () -> box.admin().get("/event_logs").expect(200).toString(), all -> all.contains(OTHER_PLACE));
        assertTrue(log.contains("not given"), log);
        assertTrue(ladder(mac).get("stands").asText().contains("another address"), ladder(mac).toString());

        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        assertTrue(hasSecret(from(OTHER_PLACE, url, agent(mac))), "an administrator let it move");
        assertEquals(404, from("127.0.0.1", url, agent(mac)).statusCode());
        assertEquals(OTHER_PLACE, ladder(mac).get("adopted_from").asText());
    }

    @Test
    void a_phone_that_moved_and_is_registered_from_there_has_shown_enough() throws Exception {
        var mac = "001565100003";
        var url = yealink(mac);
        assertTrue(hasSecret(from(OTHER_PLACE, url, agent(mac))));
        assertEquals(404, from("127.0.0.1", url, agent(mac)).statusCode());
        try (var phone = new RegisteredPhone(box, Integer.toString(users))) {
            assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))), phone.instance());
        }
        assertEquals("127.0.0.1", ladder(mac).get("adopted_from").asText());
    }

    @Test
    void what_named_its_maker_before_must_go_on_naming_it() throws Exception {
        var mac = "001565100004";
        var url = yealink(mac);
        assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))));
        assertEquals(404, from("127.0.0.1", url, "curl/8.0").statusCode());
        eventually(Duration.ofSeconds(5), () -> ladder(mac).get("stands").asText().contains("no longer says who made it"));
        assertTrue(hasSecret(from("127.0.0.1", url, "Yealink SIP-T46S 66.86.0.99 00:15:65:10:00:04")), "firmware may change");
    }

    @Test
    void where_the_administrator_only_wants_to_be_told_another_place_is_served() throws Exception {
        set("{\"other_address\": \"TELL\"}");
        var mac = "001565100005";
        var url = yealink(mac);
        assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))));
        assertTrue(hasSecret(from(OTHER_PLACE, url, agent(mac))));
        eventually(Duration.ofSeconds(5), () -> box.admin().get("/event_logs").expect(200).toString().contains(mac + " were asked for from " + OTHER_PLACE));
    }

    @Test
    void the_mac_of_one_maker_is_not_taken_for_a_phone_of_another() throws Exception {
        set("{\"least\": \"MAC\"}");
        box.admin().post("/provisioning/discovery", "{\"starter\": \"MAC\"}").expect(200);
        var snoms = "000413100006";
        yealink(snoms);
        var starter = box.httpOrigin() + "/provision/start/";
        assertFalse(hasSecret(from("127.0.0.1", starter + snoms + ".cfg", agent(snoms))));
        assertTrue(ladder(snoms).get("stands").asText().contains("another maker's"), ladder(snoms).toString());
        var mac = "001565100006";
        yealink(mac);
        assertFalse(hasSecret(from("127.0.0.1", starter + mac + ".cfg", "Fanvil X5U 2.12 " + mac)));
        assertTrue(hasSecret(from("127.0.0.1", starter + mac + ".cfg", agent(mac))));
        box.admin().post("/provisioning/discovery", "{\"starter\": \"WINDOW\"}").expect(200);
    }

    @Test
    void a_renewed_folder_shuts_the_old_one_and_is_free_for_its_first_comer() throws Exception {
        var mac = "001565100007";
        var url = yealink(mac);
        assertTrue(hasSecret(from("127.0.0.1", url, agent(mac))));
        box.admin().post("/phones/" + mac + "/renew_folder").expect(200);
        assertEquals(404, from("127.0.0.1", url, agent(mac)).statusCode());
        var renewed = box.admin().get("/users/" + user + "/phones").expect(200).get("items").get(0).get("url").asText();
        assertNotEquals(url, renewed);
        assertTrue(hasSecret(from(OTHER_PLACE, renewed, agent(mac))));
        box.restart();
        assertTrue(hasSecret(from(OTHER_PLACE, renewed, agent(mac))));
        assertEquals(404, from("127.0.0.1", renewed, agent(mac)).statusCode(), "who has it is known after a restart too");
        box.admin().post("/phones/00156510ffff/renew_folder").expect(404);
    }

    @Test
    void a_certificate_can_be_demanded_and_what_cannot_be_is_said() throws Exception {
        set("{\"least\": \"CERTIFICATE\"}");
        var mac = "001565100008";
        assertFalse(hasSecret(from("127.0.0.1", yealink(mac), agent(mac))));
        assertTrue(box.admin().post("/provisioning/identity", "{\"least\": \"NOTHING\"}").expect(400).toString().contains("least"));
        assertTrue(box.admin().get("/audit_logs?top=100").expect(200).toString().contains("\"IDENTITY\""));
    }
}
