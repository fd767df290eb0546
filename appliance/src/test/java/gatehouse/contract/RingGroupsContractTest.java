package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ring groups over real HTTPS. Each test has numbers of its own on one box. */
class RingGroupsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
        List.of("101", "102", "103").forEach(box::user);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode group(String name, String number) {
        return JSON.createObjectNode().put("name", name).put("extension_number", number);
    }

    private static String create(String name, String number) {
        return create(group(name, number));
    }

    private static String create(ObjectNode group) {
        return box.admin().post("/ring_groups", group).expect(200).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/ring_groups/" + id).expect(200);
    }

    private static void members(String id, String... numbers) {
        var items = JSON.createArrayNode();
        List.of(numbers).forEach(number -> items.addObject().put("extension_number", number));
        box.admin().post("/ring_groups/" + id + "/agents", "{\"items\":" + items + "}").expect(200);
    }

    private static List<String> numbers(JsonNode list) {
        var numbers = new ArrayList<String>();
        list.get("items").forEach(item -> numbers.add(item.get("extension_number").asText()));
        return numbers;
    }

    private static List<String> listed(String options) {
        return numbers(box.admin().get("/ring_groups?" + options).expect(200));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_group_is_shown_as_it_was_made_with_defaults_and_nulls_for_the_rest() {
        var id = create(group("Front", "6001").put("ring_strategy", "PRIORITIZED_HUNT")
                .set("no_answer_forward_rule", JSON.createObjectNode().put("action", "FORWARD_TO_NUMBER").put("number", "101")));
        var shown = show(id);
        assertEquals(id, shown.get("id").asText());
        assertEquals("PRIORITIZED_HUNT", shown.get("ring_strategy").asText());
        assertEquals(20, shown.get("ring_time").asInt());
        assertEquals("101", shown.at("/no_answer_forward_rule/number").asText());
        assertTrue(shown.get("night_mode_forward_rule").isNull() && shown.get("outbound_caller_ids").isNull());
        var names = new TreeSet<String>();
        shown.fieldNames().forEachRemaining(names::add);
        assertEquals(Set.of("id", "name", "extension_number", "ring_time", "ring_strategy", "skip_busy_member", "enable_paid", "enable_prid",
                "extension_number_as_to_header", "no_answer_forward_rule", "night_mode_forward_rule", "outbound_caller_ids"), names);
        assertEquals(JSON.createObjectNode().put("id", id).put("extension_number", "6001").put("name", "Front").put("type", "RING_GROUP"),
                box.admin().get("/extension_numbers/6001").expect(200));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(group("Back", "6002").put("ring_time", 5).put("enable_paid", true)
                .set("night_mode_forward_rule", JSON.createObjectNode().put("action", "HANGUP")));
        box.admin().post("/ring_groups/" + id, "{\"ring_time\":null,\"night_mode_forward_rule\":null,\"name\":\"Back door\"}").expect(200);
        var shown = show(id);
        assertEquals("Back door", shown.get("name").asText());
        assertEquals(20, shown.get("ring_time").asInt(), "what has a default goes back to it");
        assertTrue(shown.get("night_mode_forward_rule").isNull());
        assertTrue(shown.get("enable_paid").asBoolean());
        assertEquals(Set.of("name"), broken(box.admin().post("/ring_groups/" + id, "{\"name\":null}")));
        assertEquals(Set.of("extension_number"), broken(box.admin().post("/ring_groups/" + id, "{\"extension_number\":\"6999\"}")),
                "the number of a group stays");
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name", "extension_number"), broken(box.admin().post("/ring_groups")));
        assertEquals(Set.of("extension_number", "ring_time", "ring_strategy"), broken(box.admin().post("/ring_groups",
                group("x", "12").put("ring_time", -1).put("ring_strategy", "LOUDLY"))));
        assertEquals(Set.of("no_answer_forward_rule.number", "night_mode_forward_rule.number", "outbound_caller_ids[0].provider_id"), broken(box.admin()
                .post("/ring_groups", """
                {"name": "x", "extension_number": "6003", "no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER"},
                 "night_mode_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "9999"},
                 "outbound_caller_ids": [{"provider_id": "nobody", "caller_id": "+49301"}]}""")));
        for (var wrong : List.of("6003", "1 2", "sip:a@b", "+")) {
            assertEquals(Set.of("no_answer_forward_rule.number"), broken(box.admin().post("/ring_groups", group("x", "6003")
                    .set("no_answer_forward_rule", JSON.createObjectNode().put("action", "FORWARD_TO_NUMBER").put("number", wrong)))), wrong);
        }
    }

    @Test
    void a_name_and_a_number_have_one_owner() {
        create("Shop", "6004");
        assertEquals("CONFLICT", box.admin().post("/ring_groups", group("SHOP", "6005")).expect(409).at("/errors/0/code").asText());
        box.admin().post("/ring_groups", group("Other shop", "6004")).expect(409);
        box.admin().post("/ring_groups", group("Other shop", "101")).expect(409);
        box.admin().post("/users", Box.aUser("6004")).expect(409);
        var other = create("Other shop", "6005");
        box.admin().post("/ring_groups/" + other, "{\"name\":\"shop\"}").expect(409);
    }

    @Test
    void members_keep_their_order_and_are_existing_extensions_once_each() {
        var id = create("Ordered", "6006");
        members(id, "103", "101");
        box.admin().post("/ring_groups/" + id + "/agents", "{\"items\":[{\"extension_number\":\"102\",\"skill_level\":9},{\"extension_number\":\"103\"}]}")
                .expect(200);
        var list = box.admin().get("/ring_groups/" + id + "/agents").expect(200);
        assertEquals(List.of("102", "103"), numbers(list));
        assertEquals("{\"extension_number\":\"102\",\"display_name\":\"User 102\",\"skill_level\":9}", list.at("/items/0").toString());
        assertEquals(1, box.admin().get("/ring_groups/" + id + "/agents/103").expect(200).get("skill_level").asInt());
        box.admin().get("/ring_groups/" + id + "/agents/101").expect(404);

        assertEquals(Set.of("items[0].extension_number", "items[1].extension_number", "items[3].extension_number"), broken(box.admin().post("/ring_groups/"
                + id + "/agents", """
                {"items": [{"skill_level": 1}, {"extension_number": "9999"}, {"extension_number": "101"}, {"extension_number": "101"}]}""")));
        assertEquals(Set.of("items[0].extension_number"), broken(box.admin().post("/ring_groups/" + id + "/agents",
                "{\"items\":[{\"extension_number\":\"6006\"}]}")), "a group is no member");
        assertEquals(Set.of("items[0].skill_level"), broken(box.admin().post("/ring_groups/" + id + "/agents",
                "{\"items\":[{\"extension_number\":\"101\",\"skill_level\":101}]}")));
        box.admin().post("/ring_groups/" + id + "/agents", "{}").expect(200);
        assertEquals(List.of("102", "103"), numbers(box.admin().get("/ring_groups/" + id + "/agents").expect(200)), "refused and empty bodies change nothing");
        box.admin().post("/ring_groups/" + id + "/agents", "{\"items\":null}").expect(200);
        assertEquals(List.of(), numbers(box.admin().get("/ring_groups/" + id + "/agents").expect(200)));
    }

    @Test
    void who_leaves_the_company_leaves_its_groups() {
        var id = create("Leavers", "6007");
        var user = box.user("104");
        members(id, "104", "101");
        box.admin().post("/users/" + user + "/destroy").expect(204);
        assertEquals(List.of("101"), numbers(box.admin().get("/ring_groups/" + id + "/agents").expect(200)));
        box.user("104");
        assertEquals(List.of("101"), numbers(box.admin().get("/ring_groups/" + id + "/agents").expect(200)), "a newcomer with the number is another");
    }

    @Test
    void a_user_sees_the_groups_it_rings_in_and_nothing_else() {
        var one = create("Zebra", "6008");
        var two = create("Ape", "6009");
        create("Not theirs", "6010");
        box.user("105");
        members(one, "105");
        members(two, "101", "105");
        var self = box.stranger().signedIn("user105", "password-105");
        var own = self.get("/user/ring_groups").expect(200);
        assertEquals(List.of("6009", "6008"), numbers(own));
        assertEquals("{\"id\":\"" + two + "\",\"name\":\"Ape\",\"extension_number\":\"6009\"}", own.at("/items/0").toString());
        assertEquals(403, self.get("/ring_groups").status());
        assertEquals(403, self.post("/ring_groups", group("Mine", "6011")).status());
        assertEquals(403, self.post("/ring_groups/" + one + "/agents", "{\"items\":null}").status());
        assertEquals(403, self.post("/ring_groups/" + one + "/destroy").status());
        assertEquals(401, box.stranger().get("/user/ring_groups").status());
    }

    @Test
    void the_list_is_filtered_searched_sorted_and_paged() {
        create(group("List alpha", "6020").put("ring_time", 10));
        create(group("List beta", "6021").put("ring_time", 30));
        create(group("List gamma", "6022").put("ring_time", 30).put("ring_strategy", "CYCLIC_HUNT"));
        assertEquals(List.of("6021", "6022"), listed("filter=" + encoded("ring_time eq 30 and startswith(name,'List')")));
        assertEquals(List.of("6022"), listed("search=list&filter=" + encoded("ring_strategy eq 'CYCLIC_HUNT'")));
        assertEquals(List.of("6022", "6021", "6020"), listed("search=List&orderby=" + encoded("extension_number desc")));
        assertEquals(List.of("6021"), listed("search=List&skip=1&top=1"));
        assertEquals(3, box.admin().get("/ring_groups?search=List&top=1").expect(200).get("count").asInt());
        assertEquals(Set.of("filter"), broken(box.admin().get("/ring_groups?filter=" + encoded("nonsense eq 1"))));
    }

    @Test
    void a_removed_group_is_gone_and_frees_its_number() {
        var id = create("Brief", "6030");
        members(id, "101");
        assertEquals("", box.admin().post("/ring_groups/" + id + "/destroy").text());
        for (var path : List.of("", "/agents", "/agents/101")) {
            box.admin().get("/ring_groups/" + id + path).expect(404);
        }
        box.admin().post("/ring_groups/" + id + "/destroy").expect(404);
        box.admin().post("/ring_groups/" + id + "/agents", "{}").expect(404);
        create("Brief", "6030");
    }

    @Test
    void the_audit_log_tells_who_changed_what() {
        var id = create("Watched", "6031");
        members(id, "102");
        box.admin().post("/ring_groups/" + id + "/destroy").expect(204);
        var entries = box.admin().get("/audit_logs?top=3").expect(200).get("items");
        var actions = new ArrayList<String>();
        entries.forEach(entry -> actions.add(entry.get("action").asText() + " " + entry.get("object_type").asText() + " " + entry.get("object_name").asText()));
        assertEquals(List.of("DELETE RING_GROUP Watched", "UPDATE RING_GROUP Watched", "CREATE RING_GROUP Watched"), actions);
        assertEquals("[{\"extension_number\":\"102\",\"skill_level\":1}]", entries.get(1).get("new_state").asText());
        assertFalse(entries.get(1).get("user_name").asText().isEmpty());
    }

    @Test
    void the_defaults_that_a_null_falls_back_to_are_the_documents() {
        var properties = box.stranger().get("/openapi.json").expect(200).at("/paths/~1ring_groups/post/requestBody/content/application~1json/schema/properties");
        var body = group("Nulls", "6032");
        properties.properties().stream().filter(field -> field.getValue().has("default")).forEach(field -> body.putNull(field.getKey()));
        var shown = show(create(body));
        properties.properties().stream().filter(field -> field.getValue().has("default"))
                .forEach(field -> assertEquals(field.getValue().get("default"), shown.get(field.getKey()), field.getKey()));
    }

    @Test
    void groups_and_members_are_there_after_a_restart() {
        try (var other = Box.start()) {
            other.user("101");
            var id = other.admin().post("/ring_groups", group("Lasting", "600")).expect(200).get("id").asText();
            other.admin().post("/ring_groups/" + id + "/agents", "{\"items\":[{\"extension_number\":\"101\",\"skill_level\":3}]}").expect(200);
            var before = other.admin().get("/ring_groups/" + id).expect(200);
            other.restart();
            assertEquals(before, other.admin().get("/ring_groups/" + id).expect(200));
            assertEquals(3, new ApiClient(other.httpsOrigin()).signedIn("admin", Box.ADMIN_PASSWORD).get("/ring_groups/" + id + "/agents/101").expect(200)
                    .get("skill_level").asInt());
        }
    }
}
