package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.encoded;
import static gatehouse.contract.Answers.names;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual receptionists over real HTTPS. Each test has names and numbers of its own on one box. */
class ReceptionistsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static ApiClient user;
    /** May look, not change. */
    private static ApiClient viewer;
    private static String holiday;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
        box.admin().post("/roles", "{\"name\": \"Viewer\", \"permissions\": {\"phone_system\": {\"view_only\": true}}}").expect(201);
        box.admin().post("/users", Box.aUser("102").put("role", "Viewer")).expect(201);
        viewer = box.stranger().signedIn("user102", "password-102");
        holiday = box.admin().post("/holidays", """
                {"name": "May Day", "region": "DEU", "every_year": true, "consecutive": false, "month_start": 5,
                        "day_start": 1}""").expect(201).get("id").asText();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode receptionist(String name, String number) {
        return JSON.createObjectNode().put("name", name).put("extension_number", number).put("pin", "864209");
    }

    private static String create(ObjectNode receptionist) {
        return box.admin().post("/ivrs", receptionist).expect(201).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/ivrs/" + id).expect(200);
    }

    @Test
    void a_receptionist_is_shown_as_it_was_made_with_the_contracts_defaults() {
        var id = create(receptionist("Front", "8001"));
        var shown = show(id);
        assertEquals(2, shown.get("dtmf_interval").asInt());
        assertTrue(shown.get("enable_pin").asBoolean());
        assertEquals("864209", shown.get("pin").asText());
        assertTrue(shown.get("custom_forward_rules").isNull() && shown.get("prompt_file_url").isNull() && shown.get("language").isNull());
        assertEquals(Set.of("id", "name", "extension_number", "language", "dtmf_interval", "prompt_file_name", "prompt_file_size", "prompt_file_url",
                "transfer_prompt_file_name", "transfer_prompt_file_size", "transfer_prompt_file_url", "enable_pin", "pin", "timeout_forward_rule",
                "failure_forward_rule", "night_mode_forward_rule", "custom_forward_rules", "outbound_caller_ids"), names(shown));
        assertEquals("{\"id\":\"" + id + "\",\"extension_number\":\"8001\",\"name\":\"Front\",\"type\":\"VIRTUAL_RECEPTIONIST\"}",
                box.admin().get("/extension_numbers/8001").expect(200).toString());
    }

    @Test
    void a_menu_is_kept_with_its_keys_hours_and_holidays() {
        var id = create(receptionist("Menu", "8002").put("language", "de").put("dtmf_interval", 3));
        box.admin().post("/ivrs/" + id, """
                {"timeout_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "101"},
                 "failure_forward_rule": {"action": "REPEAT"}, "night_mode_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "101"},
                 "custom_forward_rules": [{"user_input": "1", "office_hours": {"mode": "GLOBAL"}, "holidays": ["%s"],
                   "office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "+4930123"},
                   "non_office_hours_forward_rule": {"action": "HANGUP"}, "holiday_forward_rule": {"action": "DISA"}},
                  {"user_input": "*#9", "office_hours_forward_rule": {"action": "REPEAT"}}]}""".formatted(holiday)).expect(200);
        var shown = show(id);
        assertEquals(30, shown.at("/timeout_forward_rule/timeout").asInt());
        assertEquals(3, shown.at("/timeout_forward_rule/repeat_times").asInt());
        assertEquals("101", shown.at("/timeout_forward_rule/number").asText());
        assertEquals("May Day", shown.at("/custom_forward_rules/0/holidays/0/name").asText());
        assertEquals("DEU", shown.at("/custom_forward_rules/0/holidays/0/region").asText());
        assertEquals("DISA", shown.at("/custom_forward_rules/0/holiday_forward_rule/action").asText());
        assertEquals("*#9", shown.at("/custom_forward_rules/1/user_input").asText());
        assertTrue(shown.at("/custom_forward_rules/1/holidays").isNull());
        box.admin().post("/ivrs/" + id, "{\"language\": null, \"dtmf_interval\": null, \"custom_forward_rules\": null}").expect(200);
        shown = show(id);
        assertTrue(shown.get("language").isNull() && shown.get("custom_forward_rules").isNull());
        assertEquals(2, shown.get("dtmf_interval").asInt(), "what has a default goes back to it");
        assertEquals("REPEAT", shown.at("/failure_forward_rule/action").asText());
        assertEquals(Set.of("name required", "pin required"), rules(box.admin().post("/ivrs/" + id, "{\"name\": null, \"pin\": null}")));
        assertEquals(Set.of("extension_number unknown"), rules(box.admin().post("/ivrs/" + id, "{\"extension_number\": \"8999\"}")),
                "its number stays");
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name", "extension_number", "pin"), broken(box.admin().post("/ivrs", "{}")));
        assertEquals(Set.of("pin pattern", "prompt_file_id unknown", "dtmf_interval maximum", "timeout_forward_rule.timeout range",
                "timeout_forward_rule.number required", "failure_forward_rule.number loop", "night_mode_forward_rule.number unknown",
                "custom_forward_rules[0].user_input required", "custom_forward_rules[1].user_input pattern",
                        "custom_forward_rules[3].user_input unique",
                "custom_forward_rules[3].holidays[0] unknown", "custom_forward_rules[3].office_hours_forward_rule.number pattern",
                "custom_forward_rules[3].office_hours.friday.ranges[0] order", "outbound_caller_ids[0].provider_id unknown"),
                rules(box.admin().post("/ivrs", """
                {"name": "Wrong", "extension_number": "8003", "pin": "12ab56", "prompt_file_id": "nothing", "dtmf_interval": 61,
                 "timeout_forward_rule": {"timeout": 0, "action": "FORWARD_TO_NUMBER"}, "failure_forward_rule": {"action": "FORWARD_TO_NUMBER",
                         "number": "8003"},
                 "night_mode_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "8888"}, "outbound_caller_ids": [{"provider_id": "x",
                         "caller_id": "1"}],
                 "custom_forward_rules": [{}, {"user_input": "A"}, {"user_input": "1"}, {"user_input": "1", "holidays": ["gone"],
                  "office_hours": {"mode": "CUSTOM", "friday": {"enabled": true, "ranges": [{"from": "10:00", "to": "09:00"}]}},
                  "office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "x y"}}]}""")));
        assertEquals(Set.of("pin minLength"), rules(box.admin().post("/ivrs", receptionist("Wrong", "8003").put("pin", "12345"))));
    }

    @Test
    void nobody_gets_a_line_outside_without_a_pin() {
        var open = receptionist("Open", "8004").put("enable_pin", false);
        open.putArray("custom_forward_rules").addObject().put("user_input", "9").putObject("office_hours_forward_rule").put("action", "DISA");
        assertEquals(Set.of("custom_forward_rules[0].office_hours_forward_rule.action pin"), rules(box.admin().post("/ivrs", open)));
        var id = create(open.put("enable_pin", true));
        assertEquals(Set.of("custom_forward_rules[0].office_hours_forward_rule.action pin"), rules(box.admin()
                .post("/ivrs/" + id, "{\"enable_pin\": false}")));
    }

    @Test
    void a_name_and_a_number_have_one_owner() {
        var id = create(receptionist("Sole", "8005"));
        box.admin().post("/ivrs", receptionist("SOLE", "8006")).expect(409);
        box.admin().post("/ivrs", receptionist("Other", "8005")).expect(409);
        box.admin().post("/ivrs", receptionist("Other", "101")).expect(409);
        box.admin().post("/users", Box.aUser("8005")).expect(409);
        assertEquals("", box.admin().post("/ivrs/" + id + "/destroy").text());
        box.admin().get("/ivrs/" + id).expect(404);
        create(receptionist("Sole", "8005"));
    }

    @Test
    void prompts_are_sounds_that_stay_while_a_receptionist_needs_them(@TempDir Path folder) throws IOException {
        var file = Uploading.file(box.admin(), Sounds.wav(folder, 0.3));
        var id = create(receptionist("Musical", "8007").put("prompt_file_id", file).put("transfer_prompt_file_id", file));
        var shown = show(id);
        assertTrue(shown.get("prompt_file_name").asText().endsWith(".wav"));
        box.admin().get(shown.get("transfer_prompt_file_url").asText()).expect(200);
        box.admin().post("/ivrs/" + id, "{\"prompt_file_id\": null}").expect(200);
        assertTrue(show(id).get("prompt_file_name").isNull());
        box.admin().post("/files/" + file + "/destroy").expect(409);
        box.admin().post("/ivrs/" + id + "/destroy").expect(204);
        box.admin().post("/files/" + file + "/destroy").expect(204);
    }

    @Test
    void nobody_answers_while_no_part_of_the_box_plays_menus() {
        var id = create(receptionist("Silent", "8008"));
        assertEquals("{\"status\":\"OFFLINE\"}", box.admin().get("/ivrs/" + id + "/status").expect(200).toString());
        box.admin().get("/ivrs/nobody/status").expect(404);
    }

    @Test
    void an_action_url_is_made_changed_and_removed() {
        var id = create(receptionist("Asking", "8009"));
        var path = "/ivrs/" + id + "/action_urls";
        var full = JSON.createObjectNode().put("name", "CRM").put("enabled", true).put("type", "DTMF").put("caller_mask", "0044*")
                .put("dtmf_mask", "1***;20-29")
                .put("method", "POST").put("headers", "X-Shop: 1\nX-Floor: 2").put("connection_timeout", 5).put("request_timeout", 6)
                        .put("auth", "BASIC")
                .put("username", "gatehouse").put("password", "secret12").put("token", "t-0-k-e-n").put("url",
                        "https://crm.example.org:8443/menu?shop=1");
        var url = box.admin().post(path, full).expect(201).get("id").asText();
        var shown = box.admin().get(path + "/" + url).expect(200);
        full.properties().forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
        assertEquals(full.size() + 1, shown.size());
        box.admin().post(path + "/" + url, """
                {"auth": null, "username": null, "password": null, "token": null, "enabled": null, "name": "Shop"}""").expect(200);
        var changed = box.admin().get(path + "/" + url).expect(200);
        assertEquals("DISABLE", changed.get("auth").asText());
        assertFalse(changed.get("enabled").asBoolean());
        assertTrue(changed.get("password").isNull() && changed.get("token").isNull());
        assertEquals("POST", changed.get("method").asText());
        assertEquals(List.of("Shop"), each(box.admin().get(path).expect(200), "name"));
        assertEquals("", box.admin().post(path + "/" + url + "/destroy").text());
        box.admin().get(path + "/" + url).expect(404);
        box.admin().post(path + "/" + url, "{}").expect(404);
        var log = box.admin().get("/audit_logs?top=3").expect(200).get("items");
        assertEquals(List.of("DELETE", "UPDATE", "CREATE"), each(JSON.createObjectNode().set("items", log), "action"));
        assertFalse(log.toString().contains("secret12") || log.toString().contains("t-0-k-e-n"), "secrets are not in the audit log");
    }

    @Test
    void an_action_url_is_an_address_of_the_web_with_what_its_auth_needs() {
        var id = create(receptionist("Careful", "8010"));
        var path = "/ivrs/" + id + "/action_urls";
        assertEquals(Set.of("url required", "type required"), rules(box.admin().post(path, "{}")));
        for (var wrong : List.of("ftp://example.org", "example.org", "https:///x", "https://me:pass@example.org", "javascript:alert(1)",
                "http://a b", "https://x.org/#a")) {
            assertEquals(Set.of("url format"), rules(box.admin().post(path, JSON.createObjectNode().put("type", "CALLER").put("url", wrong))), wrong);
        }
        assertEquals(Set.of("caller_mask pattern", "dtmf_mask pattern", "headers format", "connection_timeout maximum", "username required",
                "password required"),
                rules(box.admin().post(path, """
                {"url": "http://example.org", "type": "DTMF", "caller_mask": "bob", "dtmf_mask": "1-", "headers": "none", "connection_timeout": 61,
                        "auth": "DIGEST"}""")));
        assertEquals(Set.of("token required"), rules(box.admin().post(path,
                "{\"url\": \"http://example.org\", \"type\": \"DTMF\", \"auth\": \"BEARER\"}")));
        assertEquals(Set.of("username pattern"), rules(box.admin().post(path,
                "{\"url\": \"http://example.org\", \"type\": \"DTMF\", \"username\": \"Not allowed\"}")));
    }

    @Test
    void action_urls_belong_to_one_receptionist_and_go_with_it() {
        var one = create(receptionist("Owner", "8011"));
        var other = create(receptionist("Stranger", "8012"));
        var url = box.admin().post("/ivrs/" + one + "/action_urls", "{\"url\": \"http://example.org\", \"type\": \"CALLER\"}").expect(201).get("id")
                .asText();
        box.admin().get("/ivrs/" + other + "/action_urls/" + url).expect(404);
        box.admin().post("/ivrs/" + other + "/action_urls/" + url + "/destroy").expect(404);
        box.admin().post("/ivrs/nobody/action_urls", "{\"url\": \"http://example.org\", \"type\": \"CALLER\"}").expect(404);
        box.admin().get("/ivrs/nobody/action_urls").expect(404);
        box.admin().post("/ivrs/" + one + "/destroy").expect(204);
        box.admin().get("/ivrs/" + one + "/action_urls/" + url).expect(404);
    }

    @Test
    void who_may_only_look_sees_no_secrets() {
        var id = create(receptionist("Looked at", "8013"));
        var path = "/ivrs/" + id + "/action_urls";
        var url = box.admin().post(path, "{\"url\": \"http://example.org\", \"type\": \"CALLER\", \"password\": \"secret34\", \"token\": \"tok\"}")
                .expect(201)
                .get("id").asText();
        assertEquals("secret34", box.admin().get(path).expect(200).at("/items/0/password").asText());
        assertTrue(viewer.get("/ivrs/" + id).expect(200).get("pin").isNull());
        var shown = viewer.get(path + "/" + url).expect(200);
        assertTrue(shown.get("password").isNull() && shown.get("token").isNull());
        assertTrue(viewer.get(path).expect(200).at("/items/0/password").isNull());
        assertEquals(403, viewer.post("/ivrs/" + id, "{}").status());
        assertEquals(403, viewer.post(path + "/" + url, "{}").status());
        assertEquals(403, viewer.post("/ivrs/" + id + "/destroy").status());
        for (var closed : List.of("/ivrs", "/ivrs/" + id, "/ivrs/" + id + "/status", path)) {
            assertEquals(403, user.get(closed).status(), closed);
        }
    }

    @Test
    void the_list_is_filtered_searched_sorted_and_paged() {
        create(receptionist("List a", "8020"));
        create(receptionist("List b", "8021"));
        create(receptionist("List c", "8022"));
        assertEquals(List.of("8022", "8021"), each(box.admin().get("/ivrs?search=list&orderby=" + encoded("name desc") + "&top=2").expect(200),
                "extension_number"));
        assertEquals(List.of("8021"), each(box.admin().get("/ivrs?filter=" + encoded("extension_number eq '8021'")).expect(200), "extension_number"));
        assertEquals(Set.of("id", "name", "extension_number"), names(box.admin().get("/ivrs?search=8020").expect(200).at("/items/0")));
    }

    @Test
    void the_audit_log_says_that_a_pin_changed_and_never_to_what() {
        var id = create(receptionist("Watched", "8030"));
        box.admin().post("/ivrs/" + id, "{\"pin\": \"975310\"}").expect(200);
        var log = box.admin().get("/audit_logs?top=2").expect(200).get("items");
        assertEquals("UPDATE IVR Watched", log.at("/0/action").asText() + " " + log.at("/0/object_type").asText() + " " + log.at("/0/object_name")
                .asText());
        assertTrue(log.at("/0/new_state").asText().contains("\"pin\":\"changed\""));
        assertFalse(log.toString().contains("975310") || log.toString().contains("864209"));
    }
}
