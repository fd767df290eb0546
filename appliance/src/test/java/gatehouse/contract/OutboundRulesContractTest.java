package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.encoded;
import static gatehouse.contract.Answers.names;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Outbound rules over real HTTPS. Each test has names of its own on one box. */
class OutboundRulesContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static ApiClient user;
    private static String trunk;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
        trunk = box.admin().post("/providers", TrunksContractTest.trunk("Carrier")).expect(201).get("id").asText();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode rule(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    private static String create(ObjectNode rule) {
        return box.admin().post("/outbound_rules", rule).expect(201).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/outbound_rules/" + id).expect(200);
    }

    private static String group(String name) {
        return box.admin().post("/groups", JSON.createObjectNode().put("name", name).put("description", "All of " + name)).expect(201).get("id")
                .asText();
    }

    @Test
    void a_rule_is_shown_as_it_was_made_with_defaults_and_nulls_for_the_rest() {
        var plain = show(create(rule("Plain")));
        assertEquals(1000, plain.get("priority").asInt());
        assertEquals("PRIORITIZED", plain.get("routing_strategy").asText());
        assertTrue(plain.get("enabled").asBoolean() && plain.get("routes").isNull() && plain.get("office_hours").isNull());

        var body = rule("Whole").put("number_prefix", "00;+").put("number_length", "8;10-12").put("number_mask", "101-110;199").put("enabled", false)
                .put("priority", 5).put("routing_strategy", "RANDOMLY");
        body.putObject("office_hours").put("mode", "GLOBAL");
        body.putArray("routes").addObject().put("enabled", true).put("provider_id", trunk).put("strip_digits", 2).put("prepend", "+")
                .put("outbound_caller_id", "+49301");
        var shown = show(create(body));
        body.properties().stream().filter(field -> !field.getKey().equals("office_hours"))
                .forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
        assertEquals("GLOBAL", shown.at("/office_hours/mode").asText());
        assertEquals(Set.of("id", "name", "number_prefix", "number_length", "number_mask", "enabled", "priority", "office_hours", "holidays",
                "routing_strategy", "routes"), names(shown));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(rule("Changing").put("priority", 7).put("number_prefix", "0"));
        box.admin().post("/outbound_rules/" + id, "{\"id\": \"%s\", \"priority\": null, \"number_prefix\": null, \"name\": \"Changed\"}"
                .formatted(id)).expect(200);
        var shown = show(id);
        assertEquals(id, shown.get("id").asText());
        assertEquals(1000, shown.get("priority").asInt());
        assertTrue(shown.get("number_prefix").isNull());
        assertEquals(Set.of("name required"), rules(box.admin().post("/outbound_rules/" + id, "{\"name\": null}")));
        box.admin().post("/outbound_rules", rule("CHANGED")).expect(409);
        box.admin().post("/outbound_rules/nobody", "{}").expect(404);
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name"), broken(box.admin().post("/outbound_rules", "{}")));
        assertEquals(Set.of("number_prefix pattern", "number_length pattern", "number_mask pattern", "holidays[0] unknown",
                "routes[0].provider_id required",
                "routes[1].provider_id unknown", "routes[1].prepend pattern", "routes[1].strip_digits maximum",
                "routes[1].outbound_caller_id characters"), rules(box.admin().post("/outbound_rules", """
                {"name": "Wrong", "number_prefix": "00;x", "number_length": "8-7", "number_mask": "101-", "holidays": ["gone"],
                 "routes": [{"enabled": true}, {"provider_id": "nobody", "prepend": "a", "strip_digits": 65, "outbound_caller_id": "a\\nb"}]}""")));
        assertEquals(Set.of("priority minimum", "routing_strategy enum"), rules(box.admin().post("/outbound_rules",
                rule("Wrong").put("priority", -1).put("routing_strategy", "CHEAPEST"))));
    }

    @Test
    void a_trunk_stays_while_a_route_leads_over_it() {
        var needed = box.admin().post("/providers", TrunksContractTest.trunk("Needed")).expect(201).get("id").asText();
        var body = rule("Needs it");
        body.putArray("routes").addObject().put("provider_id", trunk);
        body.withArray("routes").addObject().put("provider_id", needed);
        var id = create(body);
        assertTrue(box.admin().post("/providers/" + needed + "/destroy").expect(409).at("/errors/0/message").asText()
                .contains("outbound rule Needs it"));
        box.admin().post("/outbound_rules/" + id, "{\"routes\": null}").expect(200);
        box.admin().post("/providers/" + needed + "/destroy").expect(204);
    }

    @Test
    void a_rule_is_for_the_groups_that_are_applied() {
        var id = create(rule("For groups"));
        var sales = group("Sales");
        var board = group("Board");
        var path = "/outbound_rules/" + id + "/applied_groups";
        assertEquals(List.of(), each(box.admin().get(path).expect(200), "name"));
        box.admin().post(path + "/" + sales).expect(200);
        box.admin().post(path + "/" + board).expect(200);
        box.admin().post(path + "/" + board).expect(200);
        assertEquals(List.of("Board", "Sales"), each(box.admin().get(path).expect(200), "name"));
        assertEquals("{\"id\":\"" + sales + "\",\"name\":\"Sales\",\"description\":\"All of Sales\"}", box.admin().get(path + "/" + sales)
                .expect(200).toString());
        var entry = box.admin().get("/audit_logs?top=1").expect(200).at("/items/0");
        assertEquals("UPDATE OUTBOUND_RULE For groups {\"applied_group\":\"Board\"}", entry.get("action").asText() + " " + entry.get("object_type")
                .asText() + " "
                + entry.get("object_name").asText() + " " + entry.get("new_state").asText());

        assertEquals("", box.admin().post(path + "/" + sales + "/destroy").text());
        box.admin().get(path + "/" + sales).expect(404);
        box.admin().post(path + "/" + sales + "/destroy").expect(404);
        box.admin().post(path + "/nobody").expect(404);
        box.admin().post("/outbound_rules/nobody/applied_groups/" + sales).expect(404);
        box.admin().get("/outbound_rules/nobody/applied_groups").expect(404);

        box.admin().post("/groups/" + board + "/destroy").expect(204);
        var gone = box.admin().get(path).expect(200).get("items");
        assertEquals("[{\"id\":\"" + board + "\",\"name\":null,\"description\":null}]", gone.toString(), "the rule is not for everybody now");
        box.admin().post(path + "/" + board + "/destroy").expect(204);
        assertEquals(0, box.admin().get(path).expect(200).get("items").size());
        assertEquals(403, user.get(path).status());
        assertEquals(403, user.post(path + "/" + sales).status());
        assertEquals(403, user.post(path + "/" + sales + "/destroy").status());
    }

    @Test
    void the_list_is_in_the_order_of_priorities_filtered_searched_and_paged() {
        create(rule("List late").put("priority", 900).put("number_prefix", "071"));
        create(rule("List first").put("priority", 1).put("number_prefix", "072"));
        create(rule("List off").put("priority", 2).put("enabled", false));
        assertEquals(List.of("List first", "List off", "List late"), each(box.admin().get("/outbound_rules?search=list").expect(200), "name"));
        assertEquals(List.of("List late"), each(box.admin().get("/outbound_rules?search=list&filter="
                + encoded("enabled eq true and priority gt 1")).expect(200),
                "name"));
        assertEquals(List.of("List off"), each(box.admin().get("/outbound_rules?search=list&skip=1&top=1").expect(200), "name"));
        var csv = box.admin().get("/outbound_rules/export").text();
        assertTrue(csv.indexOf("List first,true,1,072,") < csv.indexOf("List late,true,900,071,"), csv);
    }

    @Test
    void users_may_neither_see_nor_change_rules() {
        var id = create(rule("Watched"));
        for (var path : List.of("/outbound_rules", "/outbound_rules/" + id, "/outbound_rules/export")) {
            assertEquals(403, user.get(path).status(), path);
        }
        assertEquals(403, user.post("/outbound_rules", rule("Mine")).status());
        assertEquals(403, user.post("/outbound_rules/" + id, "{}").status());
        assertEquals(403, user.post("/outbound_rules/" + id + "/destroy").status());
        box.admin().post("/outbound_rules/" + id + "/destroy").expect(204);
        box.admin().get("/outbound_rules/" + id).expect(404);
    }

    @Test
    void the_defaults_that_a_null_falls_back_to_are_the_documents() {
        var properties = box.stranger().get("/openapi.json").expect(200)
                .at("/paths/~1outbound_rules/post/requestBody/content/application~1json/schema/properties");
        var body = rule("Nulls");
        properties.properties().stream().filter(field -> field.getValue().has("default")).forEach(field -> body.putNull(field.getKey()));
        var shown = show(create(body));
        properties.properties().stream().filter(field -> field.getValue().has("default"))
                .forEach(field -> assertEquals(field.getValue().get("default"), shown.get(field.getKey()), field.getKey()));
    }
}
