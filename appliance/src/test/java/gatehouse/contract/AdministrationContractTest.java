package gatehouse.contract;

import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.RegisteredPhone;
import gatehouse.testkit.SipPing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract area administration. */
class AdministrationContractTest {
    private static Box box;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
        box.user("101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @Test
    void the_network_is_what_was_told_and_what_the_system_says() {
        var before = admin.get("/network").expect(200);
        assertTrue(before.get("web_domain").isNull());
        admin.post("/network", "{\"web_domain\":\"pbx.example.org\",\"public_ipv4\":\"198.51.100.7\"}").expect(200);
        var after = admin.get("/network").expect(200);
        assertEquals("pbx.example.org", after.get("web_domain").asText());
        assertEquals(before.get("primary_dns_server"), after.get("primary_dns_server"));
        var info = box.stranger().get("/info").expect(200);
        assertEquals("pbx.example.org", info.get("web_domain").asText());
        assertTrue(info.get("private_ipv4").isNull(), "no stranger's business");
        admin.post("/network", ((ObjectNode) after).put("public_ipv6", "2001:db8::7")).expect(200);
        admin.post("/network", "{\"primary_dns_server\":\"203.0.113.9\"}").expect(400);
        for (var wrong : List.of("\"web_domain\":\"no host\"", "\"public_ipv4\":\"1.2.3\"", "\"public_ipv4\":\"2001:db8::1\"", "\"public_ipv6\":\"1.2.3.4\"")) {
            admin.post("/network", "{" + wrong + "}").expect(400);
        }
        admin.post("/network", "{\"web_domain\":null}").expect(200);
        assertTrue(admin.get("/network").expect(200).get("web_domain").isNull());
        assertEquals("198.51.100.7", admin.get("/network").expect(200).get("public_ipv4").asText());
    }

    @Test
    void the_status_counts_what_there_is() {
        var status = admin.get("/admin/status").expect(200);
        assertEquals(1, status.get("current_users").asInt());
        assertEquals(0, status.get("current_calls").asInt());
        assertEquals(300, status.get("max_concurrent_calls").asInt());
        assertEquals(24, status.get("calls_in_24_hours").size());
        assertTrue(status.get("license_key").isNull() && status.get("current_media_servers").isNull(), "one box has none");
        var machine = admin.get("/system/status").expect(200);
        assertTrue(machine.get("memory_bytes").asLong() > machine.get("free_memory_bytes").asLong());
        assertTrue(machine.get("disk_bytes").asLong() >= machine.get("free_disk_bytes").asLong() && machine.get("free_disk_bytes").asLong() > 0);
    }

    @Test
    void what_the_box_cannot_do_otherwise_is_told_and_refused() {
        var options = admin.get("/admin/settings").expect(200);
        assertEquals("Gatehouse", options.get("user_agent").asText());
        assertEquals(5, options.get("web_failed_auth_amount").asInt());
        assertTrue(options.get("trace_server_host").isNull());
        admin.post("/admin/settings", (ObjectNode) options).expect(200);
        var refused = admin.post("/admin/settings", "{\"enable_prack\":true,\"enable_digest_auth\":false,\"user_agent\":\"Front\"}").expect(400);
        assertEquals(2, refused.get("errors").size());
        assertEquals("unavailable", refused.at("/errors/0/detail/rule").asText());
        assertEquals(Set.of("user_agent format", "blocked_user_agents minLength", "web_failed_auth_amount range", "sip_blacklist_time_interval range",
                "sip_barrier_1_packets range", "statistics_log_interval minimum"), rules(admin.post("/admin/settings", """
                {"user_agent": "a\\r\\nb", "blocked_user_agents": "scanner; x", "web_failed_auth_amount": 0, "sip_blacklist_time_interval": 5,
                 "sip_barrier_1_packets": 3, "statistics_log_interval": 5}""")));
        assertEquals(options, admin.get("/admin/settings").expect(200), "nothing of it was kept");
    }

    @Test
    void options_of_sip_hold_at_once_and_after_a_restart() {
        try (var own = Box.start()) {
            own.user("101");
            own.user("102");
            own.admin().post("/admin/settings", "{\"user_agent\":\"Front/2 desk\",\"blocked_user_agents\":\"friendly-scanner; SIPVicious\","
                    + "\"register_expiration_time\":90,\"sip_failed_auth_amount\":2}").expect(200);
            for (int i = 0; i < 2; i++) {
                try (var ping = new SipPing(own.config().sipPort()); var phone = new RegisteredPhone(own, "101")) {
                    ping.send("OPTIONS", "User-Agent: sipvicious 1.0\r\n");
                    var second = ping.send("OPTIONS", "User-Agent: Phone\r\n");
                    var answer = ping.receive();
                    assertTrue(answer.contains(second) && answer.contains("Server: Front/2 desk\r\n"), answer);
                    assertTrue(phone.granted() > 60 && phone.granted() <= 90, phone.granted() + " s");
                }
                own.restart();
            }
            for (int i = 0; i < 2; i++) {
                assertThrows(AssertionError.class, () -> new RegisteredPhone(own, "102", "wrong"));
            }
            assertThrows(AssertionError.class, () -> new RegisteredPhone(own, "102"), "locked by the second wrong password");
            own.admin().post("/admin/settings", "{\"user_agent\":null,\"blocked_user_agents\":null,\"register_expiration_time\":null}").expect(200);
            try (var ping = new SipPing(own.config().sipPort()); var phone = new RegisteredPhone(own, "101")) {
                assertTrue(ping.ask("OPTIONS", "User-Agent: sipvicious 1.0\r\n").contains("Server: Gatehouse\r\n"));
                assertTrue(phone.granted() > 500, phone.granted() + " s");
            }
        }
    }

    @Test
    void a_nonce_that_is_not_the_boxs_own_is_refused_where_that_is_wanted() {
        var foreign = "Authorization: Digest username=\"101\", realm=\"box.test\", nonce=\"somebody-elses\", uri=\"sip:box.test\", response=\""
                + "0".repeat(32) + "\", algorithm=MD5\r\nContact: <sip:101@127.0.0.1>\r\n";
        try (var ping = new SipPing(box.config().sipPort())) {
            assertTrue(ping.ask("REGISTER", foreign).startsWith("SIP/2.0 401"));
            admin.post("/admin/settings", "{\"enable_reject_bad_nonce\":true}").expect(200);
            assertTrue(ping.ask("REGISTER", foreign).startsWith("SIP/2.0 403"));
            admin.post("/admin/settings", "{\"enable_reject_bad_nonce\":null}").expect(200);
        }
    }

    @Test
    void who_sends_too_much_is_not_heard_until_the_barrier_is_taken_away() {
        try (var own = Box.start(); var ping = new SipPing(own.config().sipPort())) {
            own.admin().post("/admin/settings", "{\"sip_barrier_2_packets\":100,\"sip_barrier_2_blocking_time\":3600,\"sip_detection_period\":3600}").expect(200);
            for (int i = 0; i < 100; i++) {
                ping.ask("OPTIONS", "");
            }
            ping.send("OPTIONS", "");
            Eventually.eventually(Duration.ofSeconds(10), () -> own.admin().get("/event_logs?search=requests").expect(200).get("count").asInt(), count -> count == 1);
            own.admin().post("/admin/settings", "{\"sip_barrier_2_packets\":null}").expect(200);
            var heard = ping.send("OPTIONS", "");
            assertTrue(ping.receive().contains(heard), "the one before stays unanswered");
        }
    }

    @Test
    void wrong_passwords_on_the_page_lock_as_soon_as_the_settings_say() {
        admin.post("/admin/settings", "{\"web_failed_auth_amount\":2,\"web_blacklist_time_interval\":60}").expect(200);
        var wrong = "{\"username\":\"nobody\",\"password\":\"wrong\"}";
        assertEquals(401, box.stranger().post("/auth/sign_in", wrong).status());
        box.stranger().post("/auth/sign_in", wrong);
        assertEquals(429, box.stranger().post("/auth/sign_in", wrong).status());
        admin.post("/admin/settings", "{\"web_failed_auth_amount\":null,\"web_blacklist_time_interval\":null}").expect(200);
        assertEquals(1800, admin.get("/admin/settings").expect(200).get("web_blacklist_time_interval").asInt());
    }

    @Test
    void the_first_administrator_can_take_another_name_and_stays_the_first() {
        try (var own = Box.start()) {
            var first = own.admin();
            own.user("101");
            first.post("/admin/username", "{\"name\":\"user101\"}").expect(409);
            first.post("/admin/username", "{\"name\":\"the chief\"}").expect(400);
            first.post("/admin/username", "{\"name\":\"chief\"}").expect(200);
            own.stranger().post("/auth/sign_in", "{\"username\":\"admin\",\"password\":\"" + Box.ADMIN_PASSWORD + "\"}").expect(401);
            var chief = own.stranger().signedIn("Chief", Box.ADMIN_PASSWORD);
            var id = chief.get("/user").expect(200).get("id").asText();
            chief.post("/users/" + id + "/destroy").expect(403);
            chief.post("/users", Box.aUser("102").put("name", "admin")).expect(400); // nobody else ever has the name
            chief.post("/admin/username", "{\"name\":\"admin\"}").expect(200);
            chief.post("/admin/username", "{\"name\":\"chief\"}").expect(200);
            own.restart(() -> { }, "chief");
            chief = own.stranger().signedIn("chief", Box.ADMIN_PASSWORD);
            assertEquals(id, chief.get("/user").expect(200).get("id").asText(), "it is the same one after a start");

            chief.post("/admin/password", "{\"old_password\":\"wrong\",\"new_password\":\"another-good-one\"}").expect(400);
            chief.post("/admin/password", "{\"old_password\":\"" + Box.ADMIN_PASSWORD + "\",\"new_password\":\"another-good-one\"}").expect(200);
            chief.get("/user").expect(401);
            own.stranger().signedIn("chief", "another-good-one").get("/user").expect(200);
        }
    }

    @Test
    void the_brand_names_the_product_to_strangers() {
        admin.post("/brand", "{\"product\":\"Front desk\",\"website\":\"https://example.org/\",\"theme\":\"GREEN\"}").expect(200);
        var info = box.stranger().get("/info").expect(200);
        assertEquals("Front desk", info.get("name").asText());
        assertEquals("https://example.org/", info.get("website").asText());
        admin.post("/brand", "{\"website\":\"javascript:alert(1)\"}").expect(400);
        admin.post("/brand", "{\"theme\":\"PINK\"}").expect(400);
        admin.post("/brand", "{\"product\":null,\"website\":null}").expect(200);
        assertEquals("Gatehouse", box.stranger().get("/info").expect(200).get("name").asText());
    }

    @Test
    void a_certificate_is_replaced_by_one_that_fits_its_key(@TempDir Path folder) throws Exception {
        var shown = admin.get("/key").expect(200);
        assertTrue(shown.get("crt").asText().startsWith("-----BEGIN CERTIFICATE-----\n"));
        assertTrue(shown.get("key").isNull(), "it never leaves the box");
        var one = pair(folder, "one");
        var two = pair(folder, "two");
        admin.post("/key", body(one[0], two[1])).expect(400);
        admin.post("/key", body("nonsense", one[1])).expect(400);
        admin.post("/key", body(one[0], "nonsense")).expect(400);
        assertEquals(shown, admin.get("/key").expect(200), "nothing was kept");
        admin.post("/key", body(one[0], one[1])).expect(204);
        assertEquals(one[0], admin.get("/key").expect(200).get("crt").asText());
        assertFalse(admin.get("/audit_logs?top=5").text().contains("PRIVATE KEY"));
        box.restart();
        admin = box.admin();
        assertEquals(one[0], admin.get("/key").expect(200).get("crt").asText());
    }

    private static String body(String crt, String key) {
        return new ObjectMapper().createObjectNode().put("crt", crt).put("key", key).toString();
    }

    /** A certificate and its key, by the runtime's keytool. */
    private static String[] pair(Path folder, String name) throws Exception {
        var file = folder.resolve(name + ".p12");
        var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a", "-keyalg", "EC",
                "-groupname", "secp256r1", "-dname", "CN=" + name, "-validity", "30", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", "changeit")
                .redirectErrorStream(true).start();
        if (made.waitFor() != 0) {
            throw new IOException(new String(made.getInputStream().readAllBytes()));
        }
        var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        Files.delete(file);
        return new String[] {pem("CERTIFICATE", store.getCertificate("a").getEncoded()), pem("PRIVATE KEY", store.getKey("a", "changeit".toCharArray()).getEncoded())};
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    @Test
    void the_systems_mail_is_the_companys() {
        admin.post("/admin/notification", "{\"type\":\"SMTP\",\"server\":\"127.0.0.1\",\"port\":1,\"username\":\"box@example.org\",\"password\":\"hidden\",\"enable_tls_ssl\":false}").expect(200);
        var settings = admin.get("/admin/notification").expect(200);
        assertEquals("127.0.0.1", settings.get("server").asText());
        assertFalse(settings.get("notify_ip_blocked").asBoolean());
        assertEquals("127.0.0.1", admin.get("/tenant/notification").expect(200).get("server").asText());
        admin.post("/admin/notification", "{\"type\":\"SMTP\",\"username\":\"box@example.org\",\"notify_service_disconnected\":true}").expect(400);
        admin.post("/admin/notification/test_email", "{\"recipient\":\"a@example.org\",\"subject\":\"Test\",\"content\":\"Hello\"}").expect(503);
    }

    @Test
    void others_may_not() {
        var user = box.stranger().signedIn("user101", "password-101");
        for (var path : List.of("/network", "/admin/status", "/admin/settings", "/key", "/admin/notification")) {
            user.get(path).expect(403);
        }
        for (var path : List.of("/network", "/admin/settings", "/brand")) {
            user.post(path, "{}").expect(403);
        }
    }
}
