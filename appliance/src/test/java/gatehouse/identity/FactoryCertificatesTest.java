package gatehouse.identity;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.Config;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.PhoneMaker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Phones that show the certificate of their maker, over real TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FactoryCertificatesTest {
    private final int port = FreePorts.one();
    private final PhoneMaker yealink = new PhoneMaker("Yealink");
    private Box box;
    private int users = 400;

    @BeforeAll
    void start() throws Exception {
        box = Box.startDiscovering(new Config.Discovery(List.of(), 0, port));
        add("yealink", yealink.root()).expect(201);
    }

    @AfterAll
    void stop() {
        box.close();
        yealink.close();
    }

    @AfterEach
    void as_it_was() {
        least("PIN");
    }

    private void least(String evidence) {
        box.admin().post("/provisioning/identity", "{\"least\": \"" + evidence + "\"}").expect(200);
    }

    private ApiClient.Reply add(String vendor, String pem) {
        return box.admin().post("/provisioning/vendor_roots", new ObjectMapper().createObjectNode().put("vendor", vendor).put("pem", pem));
    }

    private String phone(String mac) {
        return box.admin().post("/users/" + box.user(Integer.toString(++users)) + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S").put("https", true))
                .expect(201).get("url").asText();
    }

    private String starter(String mac) {
        return "https://127.0.0.1:" + port + "/provision/start/" + mac + ".cfg";
    }

    private JsonNode ladder(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private static HttpResponse<String> get(HttpClient phone, String url, String mac) throws Exception {
        return phone.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20))
                .header("User-Agent", "Yealink SIP-T46S 66.86.0.15 " + mac.replaceAll("(..)(?=.)", "$1:")).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean hasSecret(HttpResponse<String> reply) {
        return reply.statusCode() == 200 && reply.body().contains("account.1.password");
    }

    private void refusedFor(String mac, String why, String cure) {
        eventually(Duration.ofSeconds(5), () -> ladder(mac).toString().contains(why));
        assertTrue(ladder(mac).get("cure").asText().contains(cure), ladder(mac).toString());
    }

    @Test
    void a_phone_fresh_from_its_box_gets_its_files_by_its_certificate_alone_and_from_anywhere() throws Exception {
        least("CERTIFICATE");
        var mac = "001565300001";
        var url = phone(mac);
        assertTrue(url.startsWith("https://127.0.0.1:" + port + "/provision/"), url);
        var made = yealink.phone("CN=001565300001, O=Yealink Network Technology, C=CN");
        try (var here = made.http("127.0.0.1"); var moved = made.http("127.0.0.9")) {
            var file = get(here, starter(mac), mac);
            assertTrue(hasSecret(file), file.statusCode() + file.body());
            assertTrue(get(here, starter("y000000000066").replace("/start/", url.replaceAll(".*/provision/([^/]+)/.*", "/$1/")), mac).body()
                    .contains("auto_provision.server.url = " + url.replaceAll("[^/]+$", "")), "from there on it comes to its own folder, where it is asked again");
            assertTrue(hasSecret(get(moved, url, mac)), "its key is proof enough");
        }
        assertEquals("CERTIFICATE", ladder(mac).get("identity").asText());
    }

    @Test
    void a_real_client_shows_it_too_and_who_has_none_is_let_in_but_gets_no_secret() throws Exception {
        least("CERTIFICATE");
        var mac = "001565300002";
        var url = phone(mac);
        var curl = new ProcessBuilder("curl", "-sk", "--max-time", "20", "--cert", yealink.phone("CN=00:15:65:30:00:02").pemFile().toString(), "-A",
                "Yealink SIP-T46S 66.86.0.15 001565300002", url).start();
        var file = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, curl.waitFor(), file);
        assertTrue(file.contains("account.1.password"), file);
        var plain = ApiClient.fetch(url.replace("https", "http").replace(":" + port, ":" + box.config().httpPort()), "Yealink SIP-T46S 66.86.0.15 001565300002");
        assertFalse(hasSecret(plain));
        assertTrue(plain.body().contains("auto_provision.server.url = " + url.replaceAll("[^/]+$", "")), "it is led to where it can show one: " + plain.body());
        assertFalse(hasSecret(ApiClient.fetch(url, "Yealink SIP-T46S 66.86.0.15 001565300002")), "without a certificate, on the same port");
    }

    @Test
    void the_certificate_of_one_phone_is_none_for_another_even_in_its_folder() throws Exception {
        var mac = "001565300003";
        var url = phone(mac);
        try (var other = yealink.phone("CN=001565300099").http("127.0.0.1")) {
            assertFalse(hasSecret(get(other, url, mac)));
            assertFalse(hasSecret(get(other, starter(mac), mac)));
        }
        refusedFor(mac, "it is of 001565300099", "correct its MAC");
        var log = eventually(Duration.ofSeconds(5), () -> box.admin().get("/event_logs").expect(200).toString(), all -> all.contains("another MAC"));
        assertTrue(log.contains(mac), log);
    }

    @Test
    void an_expired_one_an_unknown_makers_and_one_without_a_mac_say_so_and_what_to_do() throws Exception {
        least("CERTIFICATE");
        var expired = "001565300004";
        phone(expired);
        try (var client = yealink.phone("CN=" + expired, "-startdate", "-10d", "-validity", "5").http("127.0.0.1")) {
            assertFalse(hasSecret(get(client, starter(expired), expired)));
        }
        refusedFor(expired, "not valid at this time: since 2", "date and time");
        var unknown = "001565300005";
        phone(unknown);
        try (var thief = new PhoneMaker("Yealink"); var client = thief.phone("CN=" + unknown).http("127.0.0.1")) {
            assertFalse(hasSecret(get(client, starter(unknown), unknown)), "anybody can call himself Yealink");
        }
        refusedFor(unknown, "signed by nobody that this box trusts: CN=Yealink Root CA", "vendor_roots");
        var nameless = "001565300006";
        phone(nameless);
        try (var client = yealink.phone("CN=Yealink Equipment").http("127.0.0.1")) {
            assertFalse(hasSecret(get(client, starter(nameless), nameless)));
        }
        refusedFor(nameless, "names no MAC", "folder or a PIN");
    }

    @Test
    void a_makers_root_vouches_for_its_own_phones_alone_and_only_while_it_is_here() throws Exception {
        var mac = "001565300007";
        phone(mac);
        try (var snom = new PhoneMaker("Snom"); var client = snom.phone("CN=" + mac).http("127.0.0.1")) {
            var name = add("snom", snom.root()).expect(201).get("name").asText();
            assertFalse(hasSecret(get(client, starter(mac), mac)));
            refusedFor(mac, "signed by snom, the phone is of", "each vendor root");
            var roots = box.admin().get("/provisioning/vendor_roots").expect(200);
            assertTrue(roots.toString().contains(name) && roots.toString().contains("CN=Snom Root CA"), roots.toString());
            assertTrue(roots.get("items").get(0).get("fingerprint").asText().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
            add("snom", snom.root()).expect(409);
            box.admin().post("/provisioning/vendor_roots/" + name + "/destroy").expect(204);
            box.admin().post("/provisioning/vendor_roots/" + name + "/destroy").expect(404);
            Files.writeString(box.config().data().resolve("vendor-roots/yealink-by-hand.pem"), snom.root());
            assertTrue(hasSecret(get(client, starter(mac), mac)), "what was put into the folder by hand counts at once");
            Files.delete(box.config().data().resolve("vendor-roots/yealink-by-hand.pem"));
            assertEquals(404, get(client, starter(mac), mac).statusCode());
        }
    }

    @Test
    void makers_write_the_mac_into_their_certificates_in_their_own_ways() throws Exception {
        var ways = List.of("CN=001565300008", "CN=00:15:65:30:00:08", "CN=CP-8841-3PCC-SEP001565300008", "CN=T46S, SERIALNUMBER=001565300008",
                "CN=\"SPA504G, MAC: 001565300008, Serial: CCQ17400001\", OU=maker");
        var mac = "001565300008";
        phone(mac);
        for (var way : ways) {
            try (var client = yealink.phone(way).http("127.0.0.1")) {
                assertTrue(hasSecret(get(client, starter(mac), mac)), way);
            }
        }
        try (var client = yealink.phone("CN=T46S", "-ext", "SAN=dns:001565300008.phones.example").http("127.0.0.1")) {
            assertTrue(hasSecret(get(client, starter(mac), mac)));
        }
    }

    @Test
    void browsers_are_not_asked_and_there_is_nothing_but_files_on_that_port() throws Exception {
        var page = ApiClient.fetch("https://127.0.0.1:" + port + "/", "Mozilla/5.0");
        assertEquals(404, page.statusCode());
        assertEquals(404, ApiClient.fetch("https://127.0.0.1:" + port + "/api/openapi.json", "Mozilla/5.0").statusCode());
        var asked = new ProcessBuilder("curl", "-sk", "-v", "--tlsv1.2", "--tls-max", "1.2", box.httpsOrigin() + "/").redirectErrorStream(true).start();
        var said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, asked.waitFor(), said);
        assertFalse(said.contains("Request CERT"), said);
        for (var wrong : List.of("no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")) {
            add("yealink", wrong).expect(400);
        }
        assertTrue(add("../etc", yealink.root()).expect(400).toString().contains("vendor"));
    }
}
