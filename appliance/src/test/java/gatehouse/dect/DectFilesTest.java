package gatehouse.dect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.phones.Makers;
import gatehouse.testkit.phones.SimulatedPhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of DECT bases over real HTTP, as bases fetch them. */
class DectFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static String eve;
    private static String bob;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("201");
        bob = box.user("202");
        eve = box.user("203");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String base(String mac, String template, String vendor, String model) {
        var base = JSON.createObjectNode().put("name", "Base " + mac).put("mac", mac).put("template", template).put("vendor", vendor).put("model", model)
                .put("password", "web-password").put("engineer_password", "engineers").put("timezone", "Europe/Berlin").put("language", "GERMAN")
                .put("tone", "x").put("interface", "PRIVATE_IPV4").put("preferred_transport", "TCP");
        base.putArray("codecs").add("PCMA");
        return box.admin().post("/dect_phones", base).expect(201).get("id").asText();
    }

    private static void members(String base, String... members) {
        var body = JSON.createObjectNode();
        var items = body.putArray("items");
        for (var member : members) {
            var words = member.split(" ");
            items.addObject().put("extension_number", words[0]).put("handset_index", words.length > 1 ? words[1] : null).put("ipui", words.length > 2 ? words[2] : null);
        }
        box.admin().post("/dect_phones/" + base + "/members", body).expect(200);
    }

    private static String url(String base) {
        return box.admin().get("/dect_phones/" + base).expect(200).get("url").asText();
    }

    private static String fetched(String url, String agent) throws Exception {
        var response = ApiClient.fetch(url, agent);
        assertEquals(200, response.statusCode(), url);
        return response.body();
    }

    private static void holds(String file, String... lines) {
        for (var line : lines) {
            assertTrue(file.contains(line), line + "\n" + file);
        }
    }

    @Test
    void a_yealink_base_gets_the_accounts_of_all_its_handsets_and_is_told_which_places_are_free() throws Exception {
        var base = base("001565220001", "yealink_dect.ph.xml", "Yealink", "W60B");
        members(base, "202 3", "201");
        var url = url(base);
        assertTrue(url.matches(box.httpOrigin() + "/provision/[0-9a-v]{26}/001565220001\\.cfg"), url);
        var agent = "Yealink W60B 77.83.0.10 00:15:65:22:00:01";
        var file = fetched(url, agent);
        holds(file, "account.1.user_name = 201\n", "account.1.password = " + Box.secret("201") + "\n", "account.2.enable = 0\n", "account.3.user_name = 202\n",
                "account.3.password = " + Box.secret("202") + "\n", "account.3.sip_server.1.transport_type = 1\n", "handset.3.incoming_lines = 3\n", "account.8.enable = 0\n");
        var common = fetched(url.substring(0, url.lastIndexOf('/') + 1) + "y000000000077.cfg", agent);
        holds(common, "static.security.user_password = admin:web-password\n", "user_password = user:web-password\n", "user_password = var:engineers\n", "lang.wui = German\n");

        members(base, "202 3");
        var fewer = fetched(url, agent);
        holds(fewer, "account.1.enable = 0\n", "account.3.user_name = 202\n");
        assertFalse(fewer.contains(Box.secret("201")));
        assertEquals(404, ApiClient.fetch(url, "Yealink W60B 77.83.0.10 00:15:65:22:00:99").statusCode(), "another base");
        box.admin().post("/dect_phones/" + base + "/destroy").expect(204);
        assertEquals(404, ApiClient.fetch(url, agent).statusCode());
    }

    @Test
    void every_maker_of_bases_gets_its_own_format() throws Exception {
        var snom = base("000413220002", "snom_dect.ph.xml", "Snom", "M300");
        members(snom, "201 1 0123456789", "202 2");
        holds(fetched(url(snom), "Mozilla/4.0 (compatible; Snom M300 07.40.0104 000413220002)"), "<user_name idx=\"1\">201</user_name>", "<user_name idx=\"2\">202</user_name>",
                "<subscr_dect_ipui idx=\"1\">0123456789</subscr_dect_ipui>", "<user_active idx=\"3\">off</user_active>", "<http_engineer_pass>engineers</http_engineer_pass>");
        var gigaset = base("7c2f80220003", "gigaset.ph.xml", "Gigaset", "N670 IP PRO");
        members(gigaset, "202", "201");
        holds(fetched(url(gigaset), "Gigaset N670 IP PRO/83.V2.65;7C2F80220003"), "SipAccount.00001.UserName\" value=\"202\"", "SipAccount.00002.UserName\" value=\"201\"");
        var grandstream = base("000b82220004", "grandstream_dect.ph.xml", "Grandstream", "DP750");
        members(grandstream, "201 2");
        holds(fetched(url(grandstream), "Grandstream Model HW DP750 SW 1.0.2.16 DevId 000b82220004"), "<P4595>0</P4595>", "<P4596>1</P4596>", "<P4061>201</P4061>",
                "<P4121>" + Box.secret("201") + "</P4121>", "<P4310>2</P4310>");
    }

    @Test
    void somebody_who_is_shut_out_has_no_handset_until_let_in_again_and_the_folder_outlives_a_restart() throws Exception {
        var base = base("001565220005", "yealink_dect.ph.xml", "Yealink", "W70B");
        members(base, "201", "203");
        var url = url(base);
        var agent = "Yealink W70B 146.85.0.20 00:15:65:22:00:05";
        box.admin().post("/users/" + eve, "{\"enabled\": false}").expect(200);
        holds(fetched(url, agent), "account.1.user_name = 201\n", "account.2.enable = 0\n");
        box.admin().post("/users/" + eve, "{\"enabled\": true}").expect(200);
        holds(fetched(url, agent), "account.2.user_name = 203\n");
        box.restart();
        assertEquals(url, url(base));
        holds(fetched(url, agent), "account.2.user_name = 203\n");
    }

    @Test
    void a_base_finds_its_files_at_the_starter_while_its_window_is_open_and_shows_its_ladder() throws Exception {
        var mac = "001565220006";
        var base = base(mac, "yealink_dect.ph.xml", "Yealink", "W70B");
        members(base, "201");
        var agent = "Yealink W70B 146.85.0.20 00:15:65:22:00:06";
        assertFalse(fetched(box.httpOrigin() + "/provision/start/" + mac + ".cfg", agent).contains(Box.secret("201")));
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        holds(fetched(box.httpOrigin() + "/provision/start/" + mac + ".cfg", agent), "account.1.password = " + Box.secret("201"));
        Eventually.eventually(Duration.ofSeconds(10), () -> box.admin().get("/phones/" + mac + "/ladder").expect(200).get("steps").toString().contains("FETCHED"));
    }

    @Test
    void who_may_only_look_sees_no_address_and_a_preview_no_secret() throws Exception {
        var mac = "001565220007";
        var base = base(mac, "yealink_dect.ph.xml", "Yealink", "W70B");
        members(base, "201");
        fetched(url(base), "Yealink W70B 146.85.0.20 00:15:65:22:00:07");
        var preview = box.admin().get("/phones/" + mac + "/preview").expect(200).toString();
        assertTrue(preview.contains("account.1.user_name = 201"), preview);
        for (var secret : List.of(Box.secret("201"), "web-password", "engineers")) {
            assertFalse(preview.contains(secret), secret);
        }
        assertTrue(box.admin().get("/phones/" + mac + "/preview?reveal=true").expect(200).toString().contains(Box.secret("201")));
    }

    @Test
    void a_base_on_which_a_handset_is_registered_fetches_again_when_it_is_told_to() throws Exception {
        var mac = "001565220009";
        var base = base(mac, "yealink_dect.ph.xml", "Yealink", "W70B");
        members(base, "202");
        box.admin().post("/phones/" + mac + "/reprovision").expect(409);
        var softphone = box.admin().post("/users/" + bob + "/phones", Box.aPhone("020000220009", "generic.ph.xml", "Softphone")).expect(201).get("url").asText();
        try (var another = new Baresip(fetched(softphone, "curl/8.0").strip(), 440)) {
            another.awaitRegistered();
            box.admin().post("/phones/" + mac + "/reprovision").expect(409); // that of its handset's user is not the base
        }
        var maker = Makers.all().stream().filter(one -> one.model().equals("W70B")).findFirst().orElseThrow();
        try (var phone = new SimulatedPhone(maker, mac, "127.0.3.9").typed(url(base).replaceAll("[^/]*$", ""))) {
            phone.boot(new SimulatedPhone.Network(0, box.httpOrigin() + "/provision/start/", 0));
            Eventually.eventually(Duration.ofSeconds(10), () -> box.admin().get("/phones/" + mac + "/ladder").expect(200).get("steps").toString().contains("REGISTERED"));
            box.admin().post("/phones/" + mac + "/reprovision").expect(200);
            Eventually.eventually(Duration.ofSeconds(10), () -> phone.ordersDone() == 1);
            box.admin().post("/phones/reprovision").expect(200);
            Eventually.eventually(Duration.ofSeconds(10), () -> phone.ordersDone() == 2);
        }
    }

    private static ObjectNode named(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    @Test
    void a_base_that_is_renamed_keeps_its_folder() {
        var base = base("001565220008", "yealink_dect.ph.xml", "Yealink", "W70B");
        var url = url(base);
        box.admin().post("/dect_phones/" + base, named("Elsewhere")).expect(200);
        assertEquals(url, url(base));
    }
}
