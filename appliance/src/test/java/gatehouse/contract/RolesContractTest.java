package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles of the company's own, and who may give which. */
class RolesContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String role(String name, String permissions) {
        return box.admin().post("/roles", "{\"name\": \"" + name + "\", \"permissions\": " + permissions + "}").expect(201).get("name").asText();
    }

    private static ApiClient signedIn(String number, String role) {
        box.admin().post("/users", aUser(number).put("role", role)).expect(201);
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String idOf(String number) {
        return box.admin().get("/users?filter=extension_number%20eq%20'" + number + "'").expect(200).at("/items/0/id").asText();
    }

    @Test
    void a_role_grants_what_it_names_and_nothing_else() {
        assertEquals("Reception", role("Reception", "{\"company\": {\"view_only\": true}, \"user_management\": {\"users\": true}}"));
        var shown = box.admin().get("/roles/reception").expect(200);
        assertEquals("Reception", shown.get("name").asText());
        assertTrue(shown.at("/permissions/company/view_only").asBoolean());
        assertFalse(shown.at("/permissions/company/full_access").asBoolean());
        assertEquals(11, shown.get("permissions").size());
        var user = signedIn("6001", "reception");
        user.get("/tenant").expect(200);
        user.post("/tenant", "{}").expect(403);
        user.get("/users").expect(200);
        user.post("/roles", "{\"name\": \"mine\", \"permissions\": {}}").expect(403);
        box.stranger().get("/roles").expect(401);
    }

    @Test
    void a_change_of_a_role_holds_at_once_for_who_is_signed_in() {
        role("Clerk", "{\"company\": {\"view_only\": true}}");
        var user = signedIn("6002", "Clerk");
        user.get("/tenant").expect(200);
        box.admin().post("/roles/Clerk", "{\"permissions\": {\"billing\": {\"view_only\": true}}}").expect(200);
        user.get("/tenant").expect(403);
        user.get("/tenant/password_policy").expect(200);
        box.admin().post("/users/" + idOf("6002") + "/role", "{\"role\": \"admin\"}").expect(200);
        user.get("/tenant").expect(200);
        assertEquals("Admin", user.get("/user").expect(200).get("role").asText());
        box.admin().post("/users/" + idOf("6002") + "/role", "{\"role\": \"StandardUser\"}").expect(200);
        user.get("/tenant").expect(403);
    }

    @Test
    void a_role_can_be_renamed_and_those_who_have_it_keep_it() {
        role("Old name", "{\"company\": {\"view_only\": true}}");
        var user = signedIn("6003", "Old name");
        box.admin().post("/roles/Old%20name", "{\"name\": \"New name\", \"description\": \"for tests\"}").expect(200);
        user.get("/tenant").expect(200);
        assertEquals("New name", user.get("/user").expect(200).get("role").asText());
        box.admin().get("/roles/Old%20name").expect(404);
        box.admin().post("/roles/new%20name", "{\"name\": \"NEW NAME\"}").expect(200);
        assertEquals("for tests", box.admin().get("/roles/New%20Name").expect(200).get("description").asText());
        user.get("/tenant").expect(200);
        assertTrue(box.admin().get("/roles/New%20Name").expect(200).at("/permissions/company/view_only").asBoolean(), "what was left out stays");
    }

    @Test
    void built_in_roles_are_reserved_and_read_only() {
        for (var name : List.of("systemadmin", "REPLICATOR", "Dealer", "admin", "StandardUser", "standardinternationaluser", "QueueManager")) {
            assertEquals(Set.of("name"), broken(box.admin().post("/roles", "{\"name\": \"" + name + "\", \"permissions\": {}}")), name);
            box.admin().post("/roles/" + name, "{\"description\": \"mine\"}").expect(403);
            box.admin().post("/roles/" + name + "/destroy").expect(403);
        }
    }

    @Test
    void names_clash_whatever_their_case_and_are_checked() {
        role("Night shift", "{}");
        box.admin().post("/roles", "{\"name\": \"NIGHT SHIFT\", \"permissions\": {}}").expect(409);
        role("Day shift", "{}");
        box.admin().post("/roles/Day%20shift", "{\"name\": \"night shift\"}").expect(409);
        for (var name : List.of(" x", "x ", "a\\nb")) {
            assertEquals(Set.of("name"), broken(box.admin().post("/roles", "{\"name\": \"" + name + "\", \"permissions\": {}}")), name);
        }
        assertEquals(Set.of("name", "permissions.trunk.nonsense"), broken(box.admin().post("/roles",
                "{\"name\": \"\", \"permissions\": {\"trunk\": {\"nonsense\": true}}}")));
        assertEquals(Set.of("permissions"), broken(box.admin().post("/roles", "{\"name\": \"x\"}")));
        assertEquals(Set.of("name"), broken(box.admin().post("/roles/Day%20shift", "{\"name\": null}")));
        box.admin().get("/roles/Nobody").expect(404);
        box.admin().post("/roles/Nobody", "{}").expect(404);
        box.admin().post("/roles/Nobody/destroy").expect(404);
    }

    @Test
    void a_role_in_use_stays() {
        role("In use", "{}");
        signedIn("6004", "In use");
        box.admin().post("/roles/In%20use/destroy").expect(409);
        box.admin().post("/users/" + idOf("6004") + "/destroy").expect(204);
        box.admin().post("/roles/In%20use/destroy").expect(204);
        box.admin().get("/roles/In%20use").expect(404);
        assertEquals(Set.of("role"), broken(box.admin().post("/users", aUser("6005").put("role", "In use"))));
    }

    @Test
    void nobody_grants_what_they_do_not_have() {
        role("Personnel", "{\"user_management\": {\"users\": true, \"roles\": true}, \"company\": {\"full_access\": true}}");
        role("Above", "{\"system\": {\"tenant\": true}}");
        var user = signedIn("6006", "Personnel");
        user.post("/roles", "{\"name\": \"Mighty\", \"permissions\": {\"system\": {\"tenant\": true}}}").expect(403);
        user.post("/roles", "{\"name\": \"Looks\", \"permissions\": {\"company\": {\"view_only\": true}}}").expect(201);
        user.post("/roles/Looks", "{\"permissions\": {\"billing\": {\"view_only\": true}}}").expect(403);
        user.post("/roles/Personnel", "{\"permissions\": {\"trunk\": {\"full_access\": true}}}").expect(403);
        user.post("/roles/Above", "{\"permissions\": {}}").expect(403);
        user.post("/roles/Above/destroy").expect(403);
        var own = user.get("/user").expect(200).get("id").asText();
        for (var above : List.of("SystemAdmin", "Above", "StandardUser")) {
            user.post("/users/" + own + "/role", "{\"role\": \"" + above + "\"}").expect(403);
        }
        user.post("/users/" + own + "/role", "{\"role\": \"Looks\"}").expect(200);
        user.get("/users").expect(403);
    }

    @Test
    void the_role_of_a_user_is_checked() {
        var id = box.user("6007");
        assertEquals(Set.of("role"), broken(box.admin().post("/users/" + id + "/role", "{\"role\": \"Emperor\"}")));
        assertEquals(Set.of("role"), broken(box.admin().post("/users/" + id + "/role", "{\"role\": null}")));
        assertEquals(Set.of("role"), broken(box.admin().post("/users/" + id + "/role", "{}")));
        box.admin().post("/users/none/role", "{\"role\": \"Admin\"}").expect(404);
        var first = box.admin().get("/user").expect(200).get("id").asText();
        box.admin().post("/users/" + first + "/role", "{\"role\": \"StandardUser\"}").expect(403);
        box.stranger().signedIn("user6007", "password-6007").post("/users/" + id + "/role", "{\"role\": \"Admin\"}").expect(403);
    }

    @Test
    void a_list_finds_and_sorts_roles() {
        role("Zebra", "{}");
        box.admin().post("/roles", "{\"name\": \"Aardvark\", \"permissions\": {}, \"description\": \"Digs at night\"}").expect(201);
        var all = box.admin().get("/roles").expect(200);
        assertEquals("SystemAdmin", all.at("/items/0/name").asText());
        assertEquals("QueueManager", all.at("/items/6/name").asText());
        assertEquals(List.of("Aardvark"), names(box.admin().get("/roles?search=digs").expect(200)));
        assertEquals(List.of("Zebra"), names(box.admin().get("/roles?filter=name%20eq%20'Zebra'").expect(200)));
        assertEquals("Zebra", names(box.admin().get("/roles?orderby=name%20desc&top=1").expect(200)).getFirst());
        box.admin().get("/roles?filter=permissions%20eq%201").expect(400);
    }

    private static List<String> names(JsonNode page) {
        return page.get("items").valueStream().map(item -> item.get("name").asText()).toList();
    }

    @Test
    void roles_are_audited_and_outlive_a_restart() {
        try (var other = Box.start()) {
            other.admin().post("/roles", "{\"name\": \"Kept\", \"permissions\": {\"trunk\": {\"view_only\": true}}}").expect(201);
            other.admin().post("/users", aUser("6100").put("role", "Kept")).expect(201);
            other.admin().post("/roles/Kept", "{\"description\": \"still\"}").expect(200);
            other.restart();
            assertTrue(other.admin().get("/roles/kept").expect(200).at("/permissions/trunk/view_only").asBoolean());
            assertEquals(8, other.admin().get("/roles").expect(200).get("count").asInt());
            var entries = other.admin().get("/audit_logs").expect(200).get("items").valueStream()
                    .filter(entry -> entry.get("object_type").asText().equals("ROLE")).toList();
            assertEquals(List.of("UPDATE", "CREATE"), entries.stream().map(entry -> entry.get("action").asText()).toList());
            assertTrue(entries.getFirst().get("new_state").asText().contains("trunk.view_only"));
        }
    }
}
