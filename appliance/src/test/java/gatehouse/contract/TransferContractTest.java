package gatehouse.contract;

import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.store.SqliteStore;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many users at once, in and out. */
class TransferContractTest {
    private static final String HEADER = "name,password,email,display_name,role,extension_number,extension_password,voicemail_pin,department,enable_dnd\n";
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String row(String number) {
        return "bulk%s,password-%s,bulk%s@box.test,\"Bulk, %s\",StandardUser,%s,%s,135790,Sales,yes\n".formatted(number, number, number, number, number,
                Box.secret(number));
    }

    private static Reply send(ApiClient client, String query, String table) {
        return client.send(client.request("/users/import" + query).header("Content-Type", "text/csv; charset=utf-8").POST(BodyPublishers.ofString(table)));
    }

    private static List<String> wrong(Reply reply) {
        assertTrue(Set.of(400, 409).contains(reply.status()), reply.text());
        return reply.body().get("errors").valueStream().map(error -> error.at("/detail/line").asText() + " " + error.at("/detail/field").asText()).toList();
    }

    @Test
    void a_table_of_users_is_added_and_they_can_sign_in() {
        var table = HEADER + row("9401") + row("9402");
        var tried = send(box.admin(), "?dry_run=true", table).expect(200);
        assertEquals("true 2 []", tried.get("dry_run") + " " + tried.get("count") + " " + tried.get("problems"));
        assertEquals(0, found("9401"), "trying changes nothing");
        assertEquals("false 2 []", summary(send(box.admin(), "", table)));
        var self = box.stranger().signedIn("bulk9401", "password-9401");
        box.stranger().signedIn("bulk9401", "password-9401");
        var shown = self.get("/user").expect(200);
        assertEquals("Bulk, 9401 Sales true", shown.get("display_name").asText() + " " + shown.get("department").asText() + " " + shown.get("enable_dnd"));
        assertEquals("135790", shown.get("voicemail_pin").asText());
        var audit = box.admin().get("/audit_logs?top=20").expect(200).get("items").valueStream()
                .filter(entry -> entry.get("object_name").asText().startsWith("bulk940") && entry.get("action").asText().equals("CREATE")).toList();
        assertEquals(2, audit.size(), "each is audited, once");
        assertFalse(box.admin().get("/audit_logs").text().contains("password-9401"));
    }

    private static String summary(Reply reply) {
        var body = reply.expect(200);
        return body.get("dry_run") + " " + body.get("count") + " " + body.get("problems");
    }

    private static int found(String number) {
        return box.admin().get("/users?filter=extension_number%20eq%20'" + number + "'").expect(200).get("count").asInt();
    }

    @Test
    void one_wrong_row_keeps_all_out_and_each_is_named_by_its_line() {
        box.user("9410");
        var table = HEADER + row("9411") + row("9410") + row("9411").replace("bulk9411,", "bulk9412,") + row("9413").replace("135790", "123456")
                + row("9414").replace("StandardUser", "Emperor") + row("9415").replace("yes", "maybe") + row("9416").replace("bulk9416,", ",");
        assertEquals(List.of("3 extension_number", "4 extension_number", "5 voicemail_pin", "6 role", "7 enable_dnd", "8 name"), wrong(send(box.admin(), "", table)));
        assertEquals(0, found("9411"));
        var tried = send(box.admin(), "?dry_run=true", table).expect(200);
        assertEquals(List.of("3 extension_number", "4 extension_number", "5 voicemail_pin", "6 role", "7 enable_dnd", "8 name"), tried.get("problems").valueStream()
                .map(problem -> problem.get("line").asText() + " " + problem.get("field").asText()).toList());
        assertTrue(tried.at("/problems/0/problem").asText().contains("User 9410"), tried.toString());
        send(box.admin(), "", HEADER + row("9411")).expect(200);
    }

    @Test
    void a_table_that_is_none_is_refused() {
        assertEquals(List.of("1 nonsense"), wrong(send(box.admin(), "", HEADER.replace("department", "nonsense") + row("9420"))));
        assertEquals(List.of("2 voicemail_pin"), wrong(send(box.admin(), "", HEADER.replace(",voicemail_pin", "") + row("9420").replace(",135790", ""))));
        send(box.admin(), "", "").expect(400);
        send(box.admin(), "", HEADER + "\"open").expect(400);
        send(box.admin(), "", "x".repeat((1 << 20) + 1)).expect(413);
        assertEquals(415, box.admin().post("/users/import", "{}").status());
        assertEquals("false 0 []", summary(send(box.admin(), "", HEADER)));
    }

    @Test
    void roles_and_permissions_hold_for_each_row() {
        box.admin().post("/users", aUser("9430").put("role", "Admin")).expect(201);
        var manager = box.stranger().signedIn("user9430", "password-9430");
        assertEquals(403, send(manager, "", HEADER + row("9431").replace("StandardUser", "SystemAdmin")).status());
        send(manager, "", HEADER + row("9431")).expect(200);
        var user = box.stranger().signedIn("bulk9431", "password-9431");
        assertEquals(403, send(user, "", HEADER + row("9432")).status());
        user.get("/users/export").expect(403);
        assertEquals(401, send(box.stranger(), "", HEADER + row("9432")).status());
    }

    @Test
    void what_is_exported_can_be_taken_in_again() {
        box.admin().post("/users", aUser("9440").put("department", "Export;\"x\"").put("mobile_phone", "=1+1").put("enable_acb", true)).expect(201);
        var table = box.admin().get("/users/export?filter=extension_number%20eq%20'9440'").text();
        var lines = table.lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().startsWith("name,email,display_name,enabled,role,"), lines.getFirst());
        for (var secret : List.of("password", ",voicemail_pin", Box.secret("9440"), "135790")) {
            assertFalse(table.contains(secret), secret);
        }
        assertTrue(table.contains("\"Export;\"\"x\"\"\"") && table.contains("'=1+1"), table);
        box.admin().post("/users/" + box.admin().get("/users?filter=extension_number%20eq%20'9440'").expect(200).at("/items/0/id").asText() + "/destroy").expect(204);
        send(box.admin(), "", "password,extension_password,voicemail_pin," + lines.get(0) + "\nsecret-1,secret-2,135790," + lines.get(1) + "\n").expect(200);
        var again = box.admin().get("/users?filter=extension_number%20eq%20'9440'").expect(200).at("/items/0");
        assertEquals("Export;\"x\" =1+1", again.get("department").asText() + " " + again.get("mobile_phone").asText());
        assertEquals(table, box.admin().get("/users/export?filter=extension_number%20eq%20'9440'").text());
        box.admin().get("/users/export?filter=nonsense%20eq%201").expect(400);
    }

    @Test
    void a_thousand_users_are_taken_in_by_one_request() {
        try (var other = Box.start()) {
            var table = new StringBuilder(HEADER);
            for (int i = 0; i < 1_000; i++) {
                table.append(row(Integer.toString(20_000 + i)));
            }
            assertEquals("false 1000 []", summary(send(other.admin(), "", table.toString())));
            assertEquals(1_000, other.admin().get("/tenant/status").expect(200).get("current_users").asInt());
        }
    }

    @Test
    void there_are_no_more_users_than_the_box_keeps() {
        try (var other = Box.start()) {
            other.restart(() -> fill(other, 9_999));
            assertEquals(201, other.admin().post("/users", aUser("30000")).status());
            assertEquals(409, other.admin().post("/users", aUser("30001")).status(), "that is as many as the box keeps");
            assertEquals("2 ", send(other.admin(), "?dry_run=true", HEADER + row("30001")).expect(200).get("problems").valueStream()
                    .map(problem -> problem.get("line").asText() + " " + problem.get("field").asText()).findFirst().orElse("none"));
        }
    }

    /** Adds users beside the administrator, past the rules: a thousand by them take seconds. */
    private static void fill(Box box, int users) {
        try (var store = new SqliteStore(box.config().data().resolve("gatehouse.db"))) {
            store.write(tx -> tx.run("""
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
                    INSERT INTO users (id, name, name_key, role, enabled, display_name, email, password_hash, settings, created_at)
                    SELECT 'many' || n, 'many' || n, 'many' || n, 'StandardUser', 1, 'Many', 'many@box.test', '', '{}', 0 FROM numbers""", users));
        }
    }
}
