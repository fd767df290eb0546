package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Call park, pickup, monitoring, automatic callback and feature access codes (contract areas of these names). */
class ServicesContractTest {
    private static Box box;
    private static ApiClient admin;
    private static String leaver;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
        box.user("101");
        box.user("102");
        leaver = box.user("103");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String create(String path, String body) {
        return admin.post(path, body).expect(201).get("id").asText();
    }

    private static List<String> members(String path) {
        var numbers = new ArrayList<String>();
        admin.get(path).expect(200).get("items").forEach(member -> numbers.add(member.get("extension_number").asText()));
        return numbers;
    }

    private static String field(String path, String field) {
        return admin.get(path).expect(200).get(field).asText();
    }

    @Test
    void services_have_their_usual_numbers_which_move_and_stay_moved_and_belong_to_nobody_else() {
        assertEquals("666", field("/call_park", "extension_number"));
        assertEquals("888", field("/monitor", "extension_number"));
        assertEquals("555", field("/acb", "extension_number"));
        admin.post("/users", Box.aUser("888")).expect(409);
        admin.post("/monitor", "{\"extension_number\":\"8888\",\"enabled\":true}").expect(200);
        admin.post("/monitor", "{\"extension_number\":\"101\"}").expect(409);
        box.restart();
        admin = box.admin();
        assertEquals("8888", field("/monitor", "extension_number"));
        box.user("888");
    }

    @Test
    void a_recall_to_a_ring_group_needs_one_that_is_there() {
        admin.post("/call_park", "{\"recall_to\":\"RING_GROUP_ONLY\"}").expect(400);
        admin.post("/call_park", "{\"recall_to\":\"RING_GROUP_ONLY\",\"ring_group_id\":\"nowhere\"}").expect(400);
        var group = admin.post("/ring_groups", "{\"name\":\"all\",\"extension_number\":\"700\"}").expect(200).get("id").asText();
        admin.post("/call_park", "{\"recall_to\":\"RING_GROUP_ONLY\",\"ring_group_id\":\"" + group + "\",\"recall_time\":90}").expect(200);
        assertEquals("90", field("/call_park", "recall_time"));
        admin.post("/call_park", "{\"recall_time\":10}").expect(400);
        admin.post("/call_park", "{\"recall_to\":\"USER_ONLY\",\"ring_group_id\":null}").expect(200);
        assertTrue(admin.get("/call_park").expect(200).get("ring_group_id").isNull());
    }

    @Test
    void a_park_group_has_members_who_are_in_no_other_and_go_with_their_user() {
        var sales = create("/call_park_groups", "{\"name\":\"Sales\"}");
        var store = create("/call_park_groups", "{\"name\":\"Store\"}");
        admin.post("/call_park_groups", "{\"name\":\"SALES\"}").expect(409);
        admin.post("/call_park_groups/" + sales + "/members/101").expect(200);
        admin.post("/call_park_groups/" + sales + "/members/101").expect(200);
        admin.post("/call_park_groups/" + sales + "/members/103").expect(200);
        assertTrue(admin.post("/call_park_groups/" + store + "/members/101").expect(409).toString().contains("Sales"));
        admin.post("/call_park_groups/" + sales + "/members/999").expect(404);
        assertEquals(List.of("101", "103"), members("/call_park_groups/" + sales + "/members"));
        admin.post("/call_park_groups/" + sales + "/members/101/destroy").expect(204);
        admin.post("/call_park_groups/" + sales + "/members/101/destroy").expect(404);
        admin.post("/users/" + leaver + "/destroy").expect(204);
        assertEquals(List.of(), members("/call_park_groups/" + sales + "/members"));
        assertEquals(1, admin.get("/call_park_groups?filter=name%20eq%20'Store'").expect(200).get("count").asInt());
        admin.post("/call_park_groups/" + store + "/destroy").expect(204);
        admin.get("/call_park_groups/" + store).expect(404);
    }

    @Test
    void a_pickup_groups_members_are_replaced_whole_or_not_at_all() {
        var group = create("/call_pickup_groups", "{\"name\":\"Desk\",\"description\":\"Front desk\"}");
        var path = "/call_pickup_groups/" + group + "/members";
        admin.post(path, "{\"items\":[\"101\",\"102\"]}").expect(200);
        var refused = admin.post(path, "{\"items\":[\"102\",\"998\",\"999\"]}").expect(400);
        assertEquals(2, refused.get("errors").size(), refused.toString());
        assertEquals(List.of("101", "102"), members(path));
        assertEquals("User 102", admin.get(path + "/102").expect(200).get("display_name").asText());
        admin.get(path + "/999").expect(404);
        admin.post(path, "{\"items\":[]}").expect(200);
        assertEquals(List.of(), members(path));
        admin.post("/call_pickup_groups/" + group, "{\"description\":null}").expect(200);
        assertTrue(admin.get("/call_pickup_groups/" + group).expect(200).get("description").isNull());
    }

    @Test
    void monitor_groups_have_members_and_managers() {
        var group = create("/monitor_groups", "{\"name\":\"Training\",\"enabled\":true}");
        admin.post("/monitor_groups/" + group + "/members/101").expect(200);
        admin.post("/monitor_groups/" + group + "/managers/102").expect(200);
        assertEquals(List.of("101"), members("/monitor_groups/" + group + "/members"));
        assertEquals(List.of("102"), members("/monitor_groups/" + group + "/managers"));
        admin.post("/monitor_groups/" + group + "/managers/102/destroy").expect(204);
        assertEquals(List.of(), members("/monitor_groups/" + group + "/managers"));
    }

    @Test
    void automatic_callback_keeps_its_times_in_order() {
        admin.post("/acb", "{\"retry_interval\":10,\"retry_total_time\":60}").expect(200);
        assertEquals("10", field("/acb", "retry_interval"));
        admin.post("/acb", "{\"retry_interval\":90}").expect(400);
        admin.post("/acb", "{\"retry_total_time\":100000}").expect(400);
    }

    @Test
    void codes_change_one_by_one_and_never_clash() {
        assertEquals(62, admin.get("/feature_access_codes").expect(200).get("items").size());
        admin.post("/feature_access_codes", "{\"items\":[{\"feature\":\"CALL_PARK\",\"code\":\"#1\"},{\"feature\":\"CALL_FLIP\",\"enabled\":false}]}").expect(200);
        var codes = admin.get("/feature_access_codes").expect(200).toString();
        assertTrue(codes.contains("{\"code\":\"#1\",\"feature\":\"CALL_PARK\",\"enabled\":true}"), codes);
        assertTrue(codes.contains("{\"code\":\"*11\",\"feature\":\"CALL_FLIP\",\"enabled\":false}"), codes);
        admin.post("/feature_access_codes", "{\"items\":[{\"feature\":\"CALL_TRANSFER\",\"code\":\"#1\"}]}").expect(409);
        admin.post("/feature_access_codes", "{\"items\":[{\"feature\":\"CALL_TRANSFER\",\"code\":\"12\"}]}").expect(400);
        admin.post("/feature_access_codes", "{\"items\":[{\"code\":\"*1\"}]}").expect(400);
    }

    @Test
    void a_standard_user_may_not_touch_any_of_it_and_changes_are_audited() {
        var user = box.stranger().signedIn("user101", "password-101");
        for (var path : List.of("/call_park", "/call_park_groups", "/call_pickup_groups", "/monitor", "/monitor_groups", "/acb", "/feature_access_codes")) {
            user.get(path).expect(403);
            user.post(path, "{}").expect(403);
        }
        create("/call_pickup_groups", "{\"name\":\"Audited\"}");
        var log = admin.get("/audit_logs").expect(200).toString();
        assertTrue(log.contains("CALL_PICKUP_GROUP"), log);
    }
}
