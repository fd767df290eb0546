package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator sees before a phone comes, and what of it nobody sees. */
class PreviewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAC = "001565aabbcc";
    private static final String AGENT = "Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc";
    private static final String WEB_PASSWORD = "web-password";
    private static Box box;
    private String user;
    private String phone;
    private String folder;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void a_yealink() {
        user = box.user("101");
        given("yealink.ph.xml", "T46S");
    }

    /** Instead of the phone before. */
    private void given(String template, String model) {
        if (phone != null) {
            box.admin().post("/users/" + user + "/phones/" + phone + "/destroy").expect(204);
        }
        var created = box.admin().post("/users/" + user + "/phones", Box.aPhone(MAC, template, model).put("vendor", template.equals("own.ph.xml") ? "Yealink" : template.replace(".ph.xml", ""))).expect(201);
        phone = created.get("id").asText();
        folder = created.get("url").asText().replaceAll("[^/]*$", "");
    }

    @AfterEach
    void is_gone() {
        box.admin().post("/users/" + user + "/destroy").expect(204);
        phone = null;
    }

    private void boot() throws Exception {
        for (var file : List.of(MAC + ".boot", "y000000000066.cfg", MAC + ".cfg")) {
            assertEquals(200, ApiClient.fetch(folder + file, AGENT).statusCode());
        }
    }

    private static JsonNode preview() {
        return box.admin().get("/phones/" + MAC + "/preview").expect(200);
    }

    private void change(String json) {
        box.admin().post("/users/" + user + "/phones/" + phone, object(json)).expect(200);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode file(JsonNode preview, String name) {
        return StreamSupport.stream(preview.get("files").spliterator(), false).filter(file -> file.get("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> changes(JsonNode preview, String name) {
        var lines = new ArrayList<String>();
        file(preview, name).get("diff").forEach(line -> lines.add(line.asText()));
        return lines.stream().filter(line -> line.startsWith("+") || line.startsWith("-")).toList();
    }

    @Test
    void a_phone_that_never_came_is_shown_all_it_will_get_without_a_secret() throws Exception {
        var preview = preview();
        assertEquals("MAY_RESTART", preview.get("effect").asText());
        assertEquals(List.of(MAC + ".boot", "y000000000066.cfg", MAC + ".cfg"), preview.get("files").findValuesAsText("name"));
        assertEquals(List.of("NEW", "NEW", "NEW"), preview.get("files").findValuesAsText("standing"));
        var text = file(preview, MAC + ".cfg").get("text").asText();
        assertTrue(text.contains("account.1.user_name = 101\n"), text);
        assertTrue(text.contains("account.1.password = ********\n"), text);
        noSecretIn(preview.toString());
    }

    private void noSecretIn(String text) {
        for (var secret : List.of(Box.secret("101"), "other-secret", WEB_PASSWORD, folder.replaceAll(".*/provision/|/", ""))) {
            assertFalse(text.contains(secret), secret + " stands in " + text);
        }
    }

    @Test
    void after_it_came_there_is_nothing_new_and_what_it_got_is_told_as_it_reached_the_box() throws Exception {
        boot();
        var preview = preview();
        assertEquals("NOTHING", preview.get("effect").asText());
        assertEquals(List.of("UNCHANGED", "UNCHANGED", "UNCHANGED"), preview.get("files").findValuesAsText("standing"));
        assertTrue(file(preview, "y000000000066.cfg").get("text").asText().contains("static.auto_provision.server.url = http://127.0.0.1:"
                + box.config().httpPort() + "/provision/********/\n"));
        noSecretIn(preview.toString());
    }

    @Test
    void new_keys_are_taken_over_without_a_restart() throws Exception {
        boot();
        box.admin().post("/users/" + user, object("{\"blfs\": [{\"key\": \"BLF\", \"value\": \"102\", \"first_name\": \"Ada\", \"last_name\": null}]}")).expect(200);
        var preview = preview();
        assertEquals("STAYS_UP", preview.get("effect").asText());
        assertEquals(List.of("-linekey.2.type = 0", "+linekey.2.type = 16", "+linekey.2.line = 1", "+linekey.2.value = 102", "+linekey.2.label = Ada"),
                changes(preview, MAC + ".cfg"));
        assertEquals("UNCHANGED", file(preview, "y000000000066.cfg").get("standing").asText());
    }

    @Test
    void a_vlan_restarts_it_and_the_preview_says_because_of_what() throws Exception {
        boot();
        change("{\"enable_vlan_wan_port\": true, \"wan_port_id\": 42, \"language\": \"GERMAN\"}");
        var preview = preview();
        assertEquals("RESTARTS", preview.get("effect").asText());
        assertTrue(preview.get("because").toString().contains("static.network.vlan.internet_port_vid = 42"), preview.get("because").toString());
        assertFalse(preview.get("because").toString().contains("lang.gui"), "a language restarts no phone");
    }

    @Test
    void a_maker_that_does_not_tell_may_restart() throws Exception {
        given("htek.ph.xml", "UC923");
        assertEquals(200, ApiClient.fetch(folder + "cfg" + MAC + ".xml", "").statusCode());
        assertEquals("NOTHING", preview().get("effect").asText());
        change("{\"timezone\": \"UTC\"}");
        assertEquals("MAY_RESTART", preview().get("effect").asText());
    }

    @Test
    void a_secret_that_changed_is_told_but_neither_the_old_nor_the_new_one() throws Exception {
        boot();
        change("{\"password\": \"other-secret\"}");
        var preview = preview();
        assertEquals(List.of("-static.security.user_password = admin:********", "+static.security.user_password = admin:******** (changed, hidden)"),
                changes(preview, "y000000000066.cfg"));
        noSecretIn(preview.toString());
        boot();
        assertEquals("NOTHING", preview().get("effect").asText());
    }

    @Test
    void who_may_see_secrets_sees_them_when_asked_and_nobody_else() {
        var revealed = box.admin().get("/phones/" + MAC + "/preview?reveal=true").expect(200);
        assertTrue(file(revealed, MAC + ".cfg").get("text").asText().contains("account.1.password = " + Box.secret("101") + "\n"));
        box.admin().post("/roles", object("{\"name\": \"Watcher\", \"permissions\": {\"phone_system\": {\"view_only\": true}}}")).expect(201);
        var watcher = box.admin().post("/users", Box.aUser("102").put("role", "Watcher")).expect(201).get("id").asText();
        var asWatcher = new ApiClient(box.httpsOrigin()).signedIn("user102", "password-102");
        noSecretIn(asWatcher.get("/phones/" + MAC + "/preview").expect(200).toString());
        asWatcher.get("/phones/" + MAC + "/preview?reveal=true").expect(403);
        box.admin().post("/users/" + watcher + "/destroy").expect(204);
        box.admin().get("/phones/001565ffffff/preview").expect(404);
    }

    @Test
    void what_it_got_outlives_a_restart_and_holds_no_secret_on_the_disk() throws Exception {
        boot();
        box.restart(() -> {
            try (var store = new SqliteStore(box.config().data().resolve("gatehouse.db"))) {
                var files = new ServedStore(store).of(MAC);
                assertEquals(3, files.size());
                files.forEach(file -> noSecretIn(file.toString()));
                assertTrue(files.stream().anyMatch(file -> file.marks().containsKey("sip_password")), files.toString());
            }
        });
        assertEquals("NOTHING", preview().get("effect").asText());
    }

    @Test
    void a_file_that_its_template_has_no_more_is_gone() throws Exception {
        var source = box.admin().get("/templates/phones/yealink.ph.xml").expect(200).get("content").asText();
        box.admin().post("/templates/phones", JSON.createObjectNode().put("filename", "own.ph.xml").put("content", source)).expect(201);
        given("own.ph.xml", "T46S");
        boot();
        box.admin().post("/templates/phones/own.ph.xml", JSON.createObjectNode()
                .put("content", source.replaceAll("(?s)<deviceconfig filename=\"%%mac_address%%.boot\">.*?</deviceconfig>", ""))).expect(200);
        var preview = preview();
        assertEquals("NOTHING", preview.get("effect").asText());
        assertEquals("GONE", file(preview, MAC + ".boot").get("standing").asText());
        assertTrue(file(preview, MAC + ".boot").get("text").isNull());
        assertEquals(3, changes(preview, MAC + ".boot").size());
    }

    @Test
    void a_phone_that_gets_nothing_is_told_why() {
        box.admin().post("/users/" + user, object("{\"enabled\": false}")).expect(200);
        assertTrue(preview().get("problem").asText().contains("disabled"), preview().toString());
        box.admin().post("/users/" + user, object("{\"enabled\": true}")).expect(200);
        given("generic.ph.xml", "Softphone");
        box.admin().post("/users/" + user + "/extension_password", "{\"password\": \"semi;colon-secret\"}").expect(200);
        assertTrue(preview().get("problem").asText().contains("auth_password"), preview().toString());
    }
}
