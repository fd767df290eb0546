package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.encoded;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trunks over real HTTPS. Each test has names and numbers of its own on one box. */
class TrunksContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static String userId;
    private static ApiClient user;

    @BeforeAll
    static void start() {
        box = Box.start();
        userId = box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    static ObjectNode trunk(String name) {
        return JSON.createObjectNode().put("name", name).put("transport", "UDP").put("hostname", "sip.carrier.test").put("port", 5060)
                .put("outbound_server", "out.carrier.test").put("outbound_server_port", 5060).put("concurrency", 10);
    }

    private static String create(ObjectNode trunk) {
        return box.admin().post("/providers", trunk).expect(201).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/providers/" + id).expect(200);
    }

    private static JsonNode properties() {
        return box.stranger().get("/openapi.json").expect(200)
                .at("/paths/~1providers/post/requestBody/content/application~1json/schema/properties");
    }

    @Test
    void a_trunk_is_shown_as_it_was_made_with_the_contracts_defaults() {
        var id = create(trunk("Plain"));
        var shown = show(id);
        assertTrue(shown.get("enabled").asBoolean() && shown.get("registration").asBoolean() && shown.get("verify_port").asBoolean());
        assertEquals(600, shown.get("register_interval").asInt());
        assertEquals(360, shown.get("keep_alive_interval").asInt());
        assertTrue(shown.get("auth_mode").isNull() && shown.get("did_numbers").isNull() && shown.get("inbound_parameters").isNull());
        assertFalse(shown.get("shared").asBoolean());
        assertFalse(shown.has("password"));
    }

    @Test
    void every_field_is_kept() {
        var properties = properties();
        var full = trunk("Full").put("enabled", false).put("brand", "Carrier").put("auth_mode", "REGISTER_AUTH").put("auth_id", "full-4711")
                .put("username", "4711").put("password", "s3cret-of-full").put("registration", false).put("register_interval", 120).put("inlan", true)
                .put("single_via_header", false).put("rewrite_via_ip", false).put("verify_port", false).put("keep_alive", false)
                .put("keep_alive_interval", 30).put("additional_ips", "192.0.2.1;2001:db8::/64").put("adjust_sdp_direction", false)
                .put("remove_srtp_info", false).put("stir_shaken_signature_required", true).put("did_numbers", "7770100-7770199;7770250");
        full.putObject("inbound_parameters").put("caller_num", "FROM_USER_PART").put("caller_display_name", "FROM_DISPLAY_NAME")
                .put("called_num", "TO_USER_PART").put("privacy_types_supported", "ID").put("enable_stir_shaken_validation", true)
                .put("pai_header_parameter_name", "verstat").put("pass_api_header_to_uad", true).putArray("drop_calls_with_verification_status")
                        .add("Failed");
        var outbound = full.putObject("outbound_parameters").put("privacy_types_supported", "USER");
        var parts = properties.at("/outbound_parameters/properties");
        parts.fieldNames().forEachRemaining(part -> {
            if (!part.equals("privacy_types_supported")) {
                outbound.putObject(part).put("value", part.endsWith("host_part") ? "SIP_DOMAIN" : "CUSTOM").put("custom_value", "x");
            }
        });
        assertEquals(25, outbound.size() - 1);
        properties.fieldNames().forEachRemaining(field -> assertTrue(full.has(field), "this test leaves out " + field));
        var shown = show(create(full));
        full.properties().stream().filter(field -> !field.getKey().equals("password"))
                .forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(trunk("Changing").put("register_interval", 5).put("did_numbers", "888100").put("brand", "B"));
        box.admin().post("/providers/" + id, "{\"register_interval\": null, \"did_numbers\": null, \"name\": \"Changed\", \"port\": 5080}")
                .expect(200);
        var shown = show(id);
        assertEquals("Changed", shown.get("name").asText());
        assertEquals(600, shown.get("register_interval").asInt(), "what has a default goes back to it");
        assertTrue(shown.get("did_numbers").isNull());
        assertEquals(5080, shown.get("port").asInt());
        assertEquals("B", shown.get("brand").asText());
        assertEquals(Set.of("name required", "hostname required", "concurrency required"),
                rules(box.admin().post("/providers/" + id, "{\"name\": null, \"hostname\": null, \"concurrency\": null}")));
        box.admin().post("/providers/nobody", "{}").expect(404);
        create(trunk("Takes the freed number").put("did_numbers", "888100"));
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name", "transport", "hostname", "port", "outbound_server", "outbound_server_port", "concurrency"),
                broken(box.admin().post("/providers", "{}")));
        assertEquals(Set.of("hostname format", "outbound_server format", "port minimum", "auth_id required", "password required",
                "additional_ips format",
                "did_numbers pattern", "outbound_parameters.from_user_part.custom_value required",
                "outbound_parameters.to_host_part.custom_value characters",
                "inbound_parameters.pai_header_parameter_name pattern"), rules(box.admin().post("/providers", """
                {"name": "Wrong", "transport": "TCP", "hostname": "no host", "port": 0, "outbound_server": "x:5060", "outbound_server_port": 5060,
                 "concurrency": 1, "auth_mode": "REGISTER_AUTH", "additional_ips": "192.0.2.1;example.org", "did_numbers": "49**",
                 "inbound_parameters": {"pai_header_parameter_name": "a;b"},
                 "outbound_parameters": {"from_user_part": {"value": "CUSTOM"}, "to_host_part": {"value": "CUSTOM",
                         "custom_value": "a\\r\\nVia: x"}}}""")));
        assertEquals(Set.of("transport TLS"), rules(box.admin().post("/providers", trunk("Teams").put("auth_mode", "TEAMS"))));
        assertEquals(Set.of("auth_mode unknown", "brand unknown"), rules(box.admin().post("/providers/" + create(trunk("Settled")),
                "{\"auth_mode\": \"IP_AUTH\", \"brand\": \"X\"}")), "what a trunk is stays");
    }

    @Test
    void a_name_an_account_and_a_number_have_one_trunk() {
        create(trunk("Sole").put("auth_id", "sole-1").put("did_numbers", "9990100-9990199"));
        assertEquals("name", conflict(trunk("SOLE")));
        assertEquals("auth_id", conflict(trunk("Other").put("hostname", "SIP.carrier.test").put("auth_id", "sole-1")));
        for (var dids : List.of("9990150", "9990000-9990100", "9990199-9990300", "9990000-9990999", "1;+9990160")) {
            assertEquals("did_numbers", conflict(trunk("Other").put("did_numbers", dids)), dids);
        }
        var other = create(trunk("Other").put("hostname", "other.test").put("auth_id", "sole-1").put("did_numbers", "9990099;9990200;99901500"));
        assertEquals(409, box.admin().post("/providers/" + other, "{\"did_numbers\": \"9990120\"}").status());
        box.admin().post("/providers/" + other, "{\"did_numbers\": \"9990200-9990300\"}").expect(200);
    }

    private static String conflict(ObjectNode trunk) {
        return box.admin().post("/providers", trunk).expect(409).at("/errors/0/detail/field").asText();
    }

    @Test
    void the_password_is_never_told_and_the_audit_log_says_only_that_it_changed() {
        var id = create(trunk("Secretive").put("auth_mode", "REGISTER_AUTH").put("auth_id", "secretive").put("password", "hush-hush-1"));
        box.admin().post("/providers/" + id, "{\"password\": \"hush-hush-2\"}").expect(200);
        assertEquals(Set.of("password required"), rules(box.admin().post("/providers/" + id, "{\"password\": null}")));
        var log = box.admin().get("/audit_logs?top=2").expect(200).get("items");
        assertEquals("UPDATE", log.get(0).get("action").asText());
        assertEquals("PROVIDER", log.get(0).get("object_type").asText());
        assertTrue(log.get(0).get("new_state").asText().contains("\"password\":\"changed\""));
        for (var told : List.of(log.toString(), show(id).toString(), box.admin().get("/providers").text(), box.admin().get("/providers/export")
                .text())) {
            assertFalse(told.contains("hush-hush"), told);
        }
    }

    @Test
    void the_list_is_filtered_searched_sorted_and_paged() {
        create(trunk("List a").put("port", 7001).put("did_numbers", "555100"));
        create(trunk("List b").put("port", 7002).put("enabled", false));
        create(trunk("List c").put("port", 7003));
        assertEquals(List.of("List c", "List b"), each(box.admin().get("/providers?search=list&orderby=" + encoded("port desc") + "&top=2")
                .expect(200), "name"));
        assertEquals(List.of("List b"), each(box.admin().get("/providers?filter=" + encoded("enabled eq false and startswith(name,'List')"))
                .expect(200), "name"));
        var listed = box.admin().get("/providers?search=555100").expect(200).at("/items/0");
        assertEquals(Set.of("id", "name", "enabled", "brand", "hostname", "port", "did_numbers", "shared"), Answers.names(listed));
        assertTrue(box.admin().get("/providers/export").text().lines().anyMatch(line -> line.startsWith("List a,true,,,UDP,sip.carrier.test,7001,")));
    }

    @Test
    void no_trunk_is_online_while_nothing_speaks_with_it() {
        var id = create(trunk("Silent"));
        assertEquals("{\"status\":\"OFFLINE\"}", box.admin().get("/providers/" + id + "/status").expect(200).toString());
        box.admin().get("/providers/nobody/status").expect(404);
    }

    @Test
    void a_removed_trunk_is_gone_and_frees_its_numbers() {
        var id = create(trunk("Brief").put("did_numbers", "666100-666199"));
        assertEquals("", box.admin().post("/providers/" + id + "/destroy").text());
        box.admin().get("/providers/" + id).expect(404);
        box.admin().post("/providers/" + id + "/destroy").expect(404);
        create(trunk("Brief").put("did_numbers", "666150"));
    }

    @Test
    void a_user_sees_the_caller_ids_that_its_calls_may_show() {
        var one = create(trunk("Caller ids 1"));
        var two = create(trunk("Caller ids 2"));
        assertEquals(List.of(), each(user.get("/user/outbound_caller_ids").expect(200), "caller_id"));
        box.admin().post("/users/" + userId, """
                {"outbound_caller_ids": [{"provider_id": "%s", "caller_id": "+49301", "description": "Desk"},
                 {"provider_id": "%s", "caller_id": "+49302", "preferred": true}]}""".formatted(one, two)).expect(200);
        box.admin().post("/tenant", """
                {"outbound_caller_ids": [{"provider_id": "%s", "caller_id": "+49300", "description": "Company"},
                        {"provider_id": "%s", "caller_id": "+49301"}]}"""
                .formatted(one, one)).expect(200);
        var own = user.get("/user/outbound_caller_ids").expect(200);
        assertEquals(List.of("+49302", "+49301", "+49300"), each(own, "caller_id"));
        assertEquals("{\"provider_id\":\"" + one + "\",\"caller_id\":\"+49301\",\"description\":\"Desk\"}", own.at("/items/1").toString());
        box.admin().post("/providers/" + two + "/destroy").expect(204);
        assertEquals(List.of("+49301", "+49300"), each(user.get("/user/outbound_caller_ids").expect(200), "caller_id"), "its trunk is gone");
        box.admin().post("/users/" + userId, "{\"outbound_caller_ids\": null}").expect(200);
        assertEquals(401, box.stranger().get("/user/outbound_caller_ids").status());
    }

    @Test
    void who_may_only_look_changes_nothing() {
        box.admin().post("/roles", "{\"name\": \"Trunk viewer\", \"permissions\": {\"trunk\": {\"view_only\": true}}}").expect(201);
        box.admin().post("/users", Box.aUser("102").put("role", "Trunk viewer")).expect(201);
        var viewer = box.stranger().signedIn("user102", "password-102");
        var id = create(trunk("Looked at").put("password", "hush-hush-3"));
        assertFalse(viewer.get("/providers/" + id).expect(200).toString().contains("hush"));
        viewer.get("/providers").expect(200);
        viewer.get("/inbound_rules").expect(200);
        viewer.get("/outbound_rules").expect(200);
        assertEquals(403, viewer.post("/providers/" + id, "{}").status());
        assertEquals(403, viewer.post("/providers/" + id + "/destroy").status());
        assertEquals(403, viewer.post("/outbound_rules", "{\"name\": \"Mine\"}").status());
    }

    @Test
    void users_may_neither_see_nor_change_trunks() {
        var id = create(trunk("Closed"));
        for (var path : List.of("/providers", "/providers/" + id, "/providers/" + id + "/status", "/providers/export")) {
            assertEquals(403, user.get(path).status(), path);
        }
        assertEquals(403, user.post("/providers", trunk("Mine")).status());
        assertEquals(403, user.post("/providers/" + id, "{}").status());
        assertEquals(403, user.post("/providers/" + id + "/destroy").status());
    }

    @Test
    void the_defaults_that_a_null_falls_back_to_are_the_documents() {
        var properties = properties();
        var body = trunk("Nulls");
        properties.properties().stream().filter(field -> field.getValue().has("default")).forEach(field -> body.putNull(field.getKey()));
        var shown = show(create(body));
        properties.properties().stream().filter(field -> field.getValue().has("default"))
                .forEach(field -> assertEquals(field.getValue().get("default"), shown.get(field.getKey()), field.getKey()));
    }
}
