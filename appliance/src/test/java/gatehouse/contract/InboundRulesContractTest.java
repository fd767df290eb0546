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

/** Inbound rules over real HTTPS. Each test has names of its own on one box. */
class InboundRulesContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static ApiClient user;
    private static String trunk;
    private static String holiday;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
        trunk = box.admin().post("/providers", TrunksContractTest.trunk("Carrier").put("did_numbers", "4930100-4930199;4930250")).expect(201)
                .get("id").asText();
        holiday = box.admin().post("/holidays", """
                {"name": "May Day", "region": "DEU", "every_year": true, "consecutive": false, "month_start": 5,
                        "day_start": 1}""").expect(201).get("id").asText();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode rule(String name) {
        return JSON.createObjectNode().put("name", name).put("provider_id", trunk).put("did_numbers", "4930100");
    }

    private static String create(ObjectNode rule) {
        return box.admin().post("/inbound_rules", rule).expect(201).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/inbound_rules/" + id).expect(200);
    }

    @Test
    void a_rule_is_shown_as_it_was_made_with_its_holidays_whole() {
        var body = rule("Whole").put("cid_number_mask", "004420********;1000-2000").put("did_numbers", "4930100-4930110;493012*;4930250")
                .put("enable_advanced_routing", true).put("advanced_routing", "later").put("play_recording_disclaimer", true).put("enabled", false);
        body.putArray("holidays").add(holiday);
        body.putObject("office_hours").put("mode", "CUSTOM").putObject("monday").put("enabled", true).putArray("ranges").addObject()
                .put("from", "09:00")
                .put("to", "17:00");
        body.putObject("office_hours_forward_rule").put("action", "FORWARD_TO_NUMBER").put("number", "+4930555");
        body.putObject("non_office_hours_forward_rule").put("action", "FORWARD_TO_VOICEMAIL").put("number", "101");
        body.putObject("holiday_forward_rule").put("action", "HANGUP").putNull("number");
        var shown = show(create(body));
        body.properties().stream().filter(field -> !Set.of("holidays", "office_hours").contains(field.getKey()))
                .forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
        assertEquals("17:00", shown.at("/office_hours/monday/ranges/0/to").asText());
        assertTrue(shown.at("/office_hours/sunday").isNull());
        assertEquals(holiday, shown.at("/holidays/0/id").asText());
        assertEquals("May Day", shown.at("/holidays/0/name").asText());
        assertEquals(Set.of("id", "name", "enabled", "cid_number_mask", "did_numbers", "office_hours_forward_rule", "non_office_hours_forward_rule",
                "holiday_forward_rule", "office_hours", "holidays", "provider_id", "enable_advanced_routing", "advanced_routing",
                "play_recording_disclaimer"), names(shown));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(rule("Changing").put("cid_number_mask", "12").put("enabled", false));
        assertEquals(5, show(id).properties().stream().filter(field -> field.getValue().isNull() && !field.getKey().equals("advanced_routing"))
                .count());
        box.admin().post("/inbound_rules/" + id, "{\"cid_number_mask\": null, \"enabled\": null, \"name\": \"Changed\"}").expect(200);
        var shown = show(id);
        assertTrue(shown.get("cid_number_mask").isNull() && shown.get("enabled").asBoolean());
        assertEquals("Changed", shown.get("name").asText());
        assertEquals("4930100", shown.get("did_numbers").asText());
        assertEquals(Set.of("name required", "did_numbers required", "provider_id required"),
                rules(box.admin().post("/inbound_rules/" + id, "{\"name\": null, \"did_numbers\": null, \"provider_id\": null}")));
        box.admin().post("/inbound_rules", rule("CHANGED")).expect(409);
        box.admin().post("/inbound_rules/nobody", "{}").expect(404);
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name", "did_numbers", "provider_id"), broken(box.admin().post("/inbound_rules", "{}")));
        assertEquals(Set.of("provider_id unknown", "did_numbers pattern", "cid_number_mask pattern", "office_hours_forward_rule.number required",
                "non_office_hours_forward_rule.number unknown", "holiday_forward_rule.number pattern", "holidays[0] unknown",
                "office_hours.monday.ranges[0].to format"), rules(box.admin().post("/inbound_rules", """
                {"name": "Wrong", "provider_id": "nobody", "did_numbers": "2-1", "cid_number_mask": "bob", "holidays": ["gone"],
                 "office_hours": {"mode": "CUSTOM", "monday": {"enabled": true, "ranges": [{"from": "09:00", "to": "late"}]}},
                 "office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER"},
                 "non_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "999"},
                 "holiday_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "x y"}}""")));
        assertEquals(Set.of("office_hours_forward_rule.action enum"), rules(box.admin().post("/inbound_rules",
                rule("Wrong").set("office_hours_forward_rule", JSON.createObjectNode().put("action", "REPEAT")))));
    }

    @Test
    void a_rule_is_for_numbers_of_its_trunk() {
        for (var outside : List.of("4930200", "493010*;493020*", "4930190-4930210", "1")) {
            assertEquals(Set.of("did_numbers pool"), rules(box.admin().post("/inbound_rules", rule("Outside").put("did_numbers", outside))), outside);
        }
        var open = box.admin().post("/providers", TrunksContractTest.trunk("No pool")).expect(201).get("id").asText();
        create(rule("Any number").put("provider_id", open).put("did_numbers", "12345"));
        var id = create(rule("Of a pool that shrinks").put("provider_id", open).put("did_numbers", "777"));
        box.admin().post("/providers/" + open, "{\"did_numbers\": \"888\"}").expect(200);
        box.admin().post("/inbound_rules/" + id, "{\"enabled\": false}").expect(200);
        assertEquals(Set.of("did_numbers"), broken(box.admin().post("/inbound_rules/" + id, "{\"did_numbers\": \"778\"}")));
    }

    @Test
    void a_trunk_stays_while_a_rule_is_for_it() {
        var needed = box.admin().post("/providers", TrunksContractTest.trunk("Needed")).expect(201).get("id").asText();
        var id = create(rule("Needs it").put("provider_id", needed).put("did_numbers", "1"));
        assertTrue(box.admin().post("/providers/" + needed + "/destroy").expect(409).at("/errors/0/message").asText()
                .contains("inbound rule Needs it"));
        box.admin().post("/inbound_rules/" + id + "/destroy").expect(204);
        box.admin().post("/providers/" + needed + "/destroy").expect(204);
        box.admin().get("/inbound_rules/" + id).expect(404);
    }

    @Test
    void a_holiday_that_is_gone_is_shown_no_more() {
        var day = box.admin().post("/holidays", """
                {"name": "Once", "region": "DEU", "every_year": true, "consecutive": false, "month_start": 6,
                        "day_start": 1}""").expect(201).get("id").asText();
        var body = rule("Days");
        body.putArray("holidays").add(day).add(holiday);
        var id = create(body);
        box.admin().post("/holidays/" + day + "/destroy").expect(204);
        assertEquals(1, show(id).get("holidays").size());
    }

    @Test
    void the_list_is_filtered_searched_sorted_and_paged() {
        for (var one : List.of("a", "b", "c")) {
            var body = rule("List " + one).put("enabled", !one.equals("b")).put("did_numbers", "493019" + (one.charAt(0) - 'a'));
            body.putArray("holidays").add(holiday);
            create(body);
        }
        assertEquals(List.of("List c", "List a"), each(box.admin().get("/inbound_rules?search=list&orderby=" + encoded("did_numbers desc")
                + "&filter="
                + encoded("enabled eq true")).expect(200), "name"));
        var page = box.admin().get("/inbound_rules?search=list&skip=1&top=1").expect(200);
        assertEquals(3, page.get("count").asInt());
        assertEquals("May Day", page.at("/items/0/holidays/0/name").asText());
        assertEquals(List.of("List b"), each(box.admin().get("/inbound_rules?search=4930191").expect(200), "name"));
        assertTrue(box.admin().get("/inbound_rules/export").text().contains("\r\nList a,true,,4930190," + trunk + ","));
    }

    @Test
    void users_may_neither_see_nor_change_rules_and_the_audit_log_knows_who_did() {
        var id = create(rule("Watched"));
        assertEquals(403, user.get("/inbound_rules").status());
        assertEquals(403, user.get("/inbound_rules/" + id).status());
        assertEquals(403, user.get("/inbound_rules/export").status());
        assertEquals(403, user.post("/inbound_rules", rule("Mine")).status());
        assertEquals(403, user.post("/inbound_rules/" + id, "{}").status());
        assertEquals(403, user.post("/inbound_rules/" + id + "/destroy").status());
        var entry = box.admin().get("/audit_logs?top=1").expect(200).at("/items/0");
        assertEquals("CREATE INBOUND_RULE Watched", entry.get("action").asText() + " " + entry.get("object_type").asText() + " "
                + entry.get("object_name").asText());
    }
}
