package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The user area over real HTTPS, as an existing client meets it. Each test has numbers of its own on one box. */
class UsersContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String code(Reply reply, int status) {
        return reply.expect(status).at("/errors/0/code").asText();
    }

    @Test
    void a_created_user_is_shown_with_every_field_and_no_secret() {
        var body = aUser("2001").put("department", "Sales").put("enable_dnd", true);
        var id = box.admin().post("/users", body).expect(201).get("id").asText();
        var shown = box.admin().get("/users/" + id).expect(200);
        assertEquals(id, shown.get("id").asText());
        for (var field : List.of("name", "email", "display_name", "role", "extension_number", "voicemail_pin", "department", "enable_dnd")) {
            assertEquals(body.get(field), shown.get(field), field);
        }
        assertEquals("DISABLE", shown.get("sms").asText(), "what was left out has its default");
        assertTrue(shown.get("blfs").isNull() && shown.get("mobile_phone").isNull(), "what has none is null, not absent");
        assertTrue(shown.get("created_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), shown.get("created_at").asText());
        assertFalse(shown.has("password") || shown.has("extension_password"));
    }

    @Test
    void every_answer_has_exactly_the_fields_of_its_schema() {
        var id = box.user("2002");
        var paths = box.stranger().get("/openapi.json").expect(200).get("paths");
        var self = box.stranger().signedIn("user2002", "password-2002");
        assertFields(paths, "/users/{id}", box.admin().get("/users/" + id).expect(200));
        assertFields(paths, "/user", self.get("/user").expect(200));
        assertFields(paths, "/auth/user", self.get("/auth/user").expect(200));
        assertFields(paths, "/login", self.get("/login").expect(200));
        assertFields(paths, "/roles/{name}", self.get("/roles/Admin").expect(200));
        assertFields(paths, "/user/status", self.get("/user/status").expect(200));
        assertItems(paths, "/users", box.admin().get("/users").expect(200));
        assertItems(paths, "/roles", box.admin().get("/roles").expect(200));
        assertItems(paths, "/audit_logs", box.admin().get("/audit_logs").expect(200));
    }

    private static JsonNode schema(JsonNode paths, String path) {
        return paths.get(path).get("get").get("responses").get("200").get("content").get("application/json").get("schema").get("properties");
    }

    private static void assertFields(JsonNode paths, String path, JsonNode answer) {
        assertEquals(names(schema(paths, path)), names(answer), path);
    }

    private static void assertItems(JsonNode paths, String path, JsonNode answer) {
        assertFields(paths, path, answer);
        assertFalse(answer.get("items").isEmpty(), path);
        var wanted = names(schema(paths, path).get("items").get("items").get("properties"));
        answer.get("items").forEach(item -> assertEquals(wanted, names(item), path));
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void a_body_with_every_field_set_comes_back_as_it_was() throws IOException {
        var full = (ObjectNode) JSON.readTree(UsersContractTest.class.getResource("full-user.json"));
        var id = box.admin().post("/users", full).expect(201).get("id").asText();
        var shown = box.admin().get("/users/" + id).expect(200);
        full.properties().stream().filter(field -> !Set.of("password", "extension_password").contains(field.getKey()))
                .forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = box.admin().post("/users", aUser("2003").put("department", "Sales").put("address", "Here")).expect(201).get("id").asText();
        box.admin().post("/users/" + id, "{\"department\":null,\"home_phone\":\"555\"}").expect(200);
        var shown = box.admin().get("/users/" + id).expect(200);
        assertTrue(shown.get("department").isNull());
        assertEquals("555", shown.get("home_phone").asText());
        assertEquals("Here", shown.get("address").asText());
        assertEquals(Set.of("display_name", "email", "enabled", "voicemail_pin"), broken(box.admin().post("/users/" + id,
                "{\"display_name\":null,\"email\":null,\"enabled\":null,\"voicemail_pin\":null}")), "what every user has cannot be cleared");
    }

    @Test
    void all_broken_rules_come_back_together() {
        assertEquals(Set.of("name", "email", "display_name", "extension_number", "sms", "office_hours.monday.enabled", "nonsense", "extension_password"),
                broken(box.admin().post("/users", """
                {"name": "", "password": "12345678", "email": 7, "role": "StandardUser", "extension_number": "12", "sms": "MAYBE",
                 "voicemail_pin": "135790", "nonsense": 1, "office_hours": {"mode": "CUSTOM", "monday": {"enabled": "yes"}}}""")));
    }

    @Test
    void rules_that_a_schema_cannot_say_hold() {
        for (var name : List.of("Admin", "ROOT", "system", "administrator", ".dot", "dot.", "a b", "a/b", "a\u0000b", "a\nb")) {
            assertEquals(Set.of("name"), broken(box.admin().post("/users", aUser("2100").put("name", name))), name);
        }
        for (var pin : List.of("12345", "12345678901", "111259", "123970", "973210", "13579a")) {
            assertEquals(Set.of("voicemail_pin"), broken(box.admin().post("/users", aUser("2100").put("voicemail_pin", pin))), pin);
        }
        for (var number : List.of("12", "101\n", "10a", "1".repeat(65), " 101", "１０１")) {
            assertEquals(Set.of("extension_number"), broken(box.admin().post("/users", aUser("2100").put("extension_number", number))), number);
        }
        assertEquals(Set.of("role"), broken(box.admin().post("/users", aUser("2100").put("role", "Emperor"))));
        assertEquals(Set.of("password"), broken(box.admin().post("/users", aUser("2100").put("password", "short"))));
        box.admin().post("/users", aUser("2111").put("name", "o'brien")).expect(201);
        box.admin().post("/users", aUser("2112").put("name", "Ä-b_c.d")).expect(201);
    }

    @Test
    void a_name_and_a_number_have_one_owner_whatever_the_case() {
        box.user("2004");
        var clash = box.admin().post("/users", aUser("2004").put("name", "USER2004"));
        assertEquals(2, clash.expect(409).get("errors").size(), "both are named at once");
        assertEquals("CONFLICT", code(clash, 409));
        box.admin().post("/users", aUser("2005").put("name", "USER2004")).expect(409);
    }

    @Test
    void of_many_who_want_one_number_at_once_one_gets_it() throws Exception {
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) {
            var body = aUser("2006").put("name", "racer" + i);
            tries.add(() -> box.admin().post("/users", body).status());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                statuses.add(answer.get());
            }
        }
        assertEquals(1, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
        assertEquals(11, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
    }

    @Test
    void changes_made_at_once_leave_memory_and_database_alike() throws Exception {
        var id = box.user("2007");
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 40; i++) {
            var name = "Name " + i;
            tries.add(() -> box.admin().post("/users/" + id, JSON.createObjectNode().put("display_name", name)).status());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                assertEquals(200, answer.get());
            }
        }
        var listed = box.admin().get("/users?top=100").expect(200).get("items"); // from the database; the other from memory
        for (var user : listed) {
            assertEquals(user.get("display_name"), box.admin().get("/users/" + user.get("id").asText()).expect(200).get("display_name"));
        }
    }

    @Test
    void a_deleted_user_is_gone_and_frees_name_and_number() {
        var id = box.user("2008");
        var self = box.stranger().signedIn("user2008", "password-2008");
        assertEquals("", box.admin().post("/users/" + id + "/destroy").text());
        box.admin().get("/users/" + id).expect(404);
        box.admin().post("/users/" + id + "/destroy").expect(404);
        self.get("/user").expect(401);
        box.user("2008");
    }

    @Test
    void a_standard_user_sees_its_own_and_no_more() {
        var id = box.user("2009");
        var self = box.stranger().signedIn("user2009", "password-2009");
        assertEquals(id, self.get("/user").expect(200).get("id").asText());
        assertEquals("FORBIDDEN", code(self.get("/users"), 403));
        assertEquals("FORBIDDEN", code(self.get("/users/" + id), 403));
        assertEquals("FORBIDDEN", code(self.post("/users/" + id + "/password", "{\"password\":\"12345678\"}"), 403));
        assertEquals("UNAUTHORIZED", code(box.stranger().get("/users"), 401));
        assertEquals("UNAUTHORIZED", code(box.stranger().withToken("x".repeat(52)).get("/users"), 401));
    }

    @Test
    void nobody_gives_or_takes_a_role_above_their_own() {
        box.admin().post("/users", aUser("2010").put("role", "Admin")).expect(201);
        var manager = box.stranger().signedIn("user2010", "password-2010");
        assertEquals("FORBIDDEN", code(manager.post("/users", aUser("2011").put("role", "SystemAdmin")), 403));
        var first = adminId();
        assertEquals("FORBIDDEN", code(manager.post("/users/" + first + "/password", "{\"password\":\"taken-over\"}"), 403));
        assertEquals("FORBIDDEN", code(manager.post("/users/" + first, "{\"enabled\":false}"), 403));
        assertEquals("FORBIDDEN", code(manager.post("/users/" + first + "/destroy"), 403));
        box.stranger().signedIn("admin", Box.ADMIN_PASSWORD);
        manager.post("/users", aUser("2011").put("role", "standarduser")).expect(201);
    }

    @Test
    void the_first_administrator_stays() {
        assertEquals("FORBIDDEN", code(box.admin().post("/users/" + adminId() + "/destroy"), 403));
        assertEquals("FORBIDDEN", code(box.admin().post("/users/" + adminId(), "{\"enabled\":false}"), 403));
        assertEquals("CONFLICT", code(box.admin().post("/users/" + adminId() + "/extension_password", "{\"password\":\"12345678\"}"), 409));
    }

    private static String adminId() {
        return box.admin().get("/user").expect(200).get("id").asText();
    }

    @Test
    void a_list_pages_by_name() {
        var all = box.admin().get("/users").expect(200);
        var two = box.admin().get("/users?skip=1&$top=2").expect(200);
        assertEquals(all.get("count"), two.get("count"));
        assertEquals(2, two.get("items").size());
        assertEquals(all.get("items").get(1), two.get("items").get(0));
        for (var wrong : List.of("top=0", "top=101", "skip=-1", "top=x", "top=", "top=1&top=2", "top=1&$top=1", "nonsense=1", "top=99999999999")) {
            assertFalse(broken(box.admin().get("/users?" + wrong)).isEmpty(), wrong);
        }
    }

    @Test
    void the_audit_log_tells_who_did_what_and_no_secret() throws IOException {
        var id = box.user("2012");
        box.admin().post("/users/" + id + "/password", "{\"password\":\"another-password\"}").expect(200);
        var entries = box.admin().get("/audit_logs?top=2").expect(200).get("items");
        assertEquals("UPDATE", entries.get(0).get("action").asText());
        assertEquals("CREATE", entries.get(1).get("action").asText());
        assertEquals("user2012", entries.get(0).get("object_name").asText());
        assertEquals("admin", entries.get(0).get("user_name").asText());
        assertEquals("127.0.0.1", entries.get(0).get("ip").asText());
        assertTrue(entries.get(0).get("new_state").asText().contains("\"password\":\"changed\""), entries.get(0).toString());
        for (var secret : List.of("another-password", "password-2012", Box.secret("2012"))) {
            assertFalse(box.admin().get("/audit_logs").text().contains(secret));
            assertFalse(everythingOnDisk().contains(secret), secret + " lies in clear on the disk");
        }
    }

    private static String everythingOnDisk() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(box.config().data())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void roles_show_the_whole_tree() {
        var tree = box.admin().get("/roles/systemadmin").expect(200).get("permissions");
        tree.forEach(area -> area.forEach(granted -> assertTrue(granted.asBoolean())));
        assertFalse(box.admin().get("/roles/StandardUser").expect(200).at("/permissions/policies/international_calls").asBoolean());
        assertTrue(box.admin().get("/roles/StandardInternationalUser").expect(200).at("/permissions/policies/international_calls").asBoolean());
        box.admin().get("/roles/Emperor").expect(404);
        assertEquals(7, box.admin().get("/roles").expect(200).get("count").asInt());
    }

    @Test
    void users_are_there_after_a_restart() {
        try (var other = Box.start()) {
            var id = other.user("2013");
            var before = other.admin().get("/users/" + id).expect(200);
            other.restart();
            assertEquals(before, other.admin().get("/users/" + id).expect(200));
            new ApiClient(other.httpsOrigin()).signedIn("user2013", "password-2013");
        }
    }
}
