package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Address books over real HTTPS: the company's, one's own, and the other users. */
class ContactsContractTest {
    private static Box box;
    private static String annId;
    private static String bobId;
    private static ApiClient ann;
    private static ApiClient bob;

    @BeforeAll
    static void start() {
        box = Box.start();
        annId = box.user("4001");
        bobId = box.user("4002");
        ann = signedIn("4001");
        bob = signedIn("4002");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ApiClient signedIn(String number) {
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String create(ApiClient client, String path, String body) {
        return client.post(path, body).expect(201).get("id").asText();
    }

    private static List<String> names(JsonNode page) {
        var names = new ArrayList<String>();
        page.get("items").forEach(item -> names.add(item.get("name").asText()));
        return names;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** An app's copy of an address book: it follows every diff until there is no more. */
    private static final class App {
        private final ApiClient client;
        private final String book;
        private final Map<String, JsonNode> copy = new TreeMap<>();
        private final List<String> told = new ArrayList<>();
        private String token;

        App(ApiClient client, String book) {
            this.client = client;
            this.book = "/user/" + book + "/sync_tokens";
            token = client.post(this.book).expect(201).get("token").asText();
            sync();
        }

        /** What the diffs said, by id. */
        List<String> sync() {
            told.clear();
            for (var items = diff(); !items.isEmpty(); items = diff()) {
                items.forEach(item -> {
                    told.add(item.get("id").asText() + " " + item.get("change_type").asText());
                    copy.put(item.get("id").asText(), item);
                    if (item.get("change_type").asText().equals("DELETED")) {
                        copy.remove(item.get("id").asText());
                    }
                });
            }
            return List.copyOf(told);
        }

        private JsonNode diff() {
            var diff = client.post(book + "/" + token + "/diff").expect(200);
            token = diff.get("token").asText();
            return diff.get("items");
        }

        JsonNode item(String id) {
            return copy.get(id);
        }
    }

    @Test
    void a_company_contact_is_made_listed_shown_changed_and_removed() {
        var id = create(box.admin(), "/contacts", "{\"name\":\"Ada\",\"company\":\"Engines\",\"business\":\"+49 30 1234567\",\"notes\":\"first\"}");
        var shown = box.admin().get("/contacts/" + id).expect(200);
        assertEquals("Ada", shown.get("name").asText());
        assertTrue(shown.get("email").isNull() && shown.get("sync_type").isNull());
        box.admin().post("/contacts/" + id, "{\"notes\":null,\"email\":\"ada@engines.test\"}").expect(200);
        shown = box.admin().get("/contacts/" + id).expect(200);
        assertTrue(shown.get("notes").isNull());
        assertEquals("Engines", shown.get("company").asText());
        assertEquals("ada@engines.test", shown.get("email").asText());
        var audit = box.admin().get("/audit_logs").expect(200).toString();
        assertTrue(audit.contains("\"CONTACT\"") && audit.contains("Engines"));
        box.admin().post("/contacts/" + id + "/destroy").expect(204);
        box.admin().get("/contacts/" + id).expect(404);
        box.admin().post("/contacts/" + id, "{\"name\":\"x\"}").expect(404);
        box.admin().post("/contacts/" + id + "/destroy").expect(404);
    }

    @Test
    void lists_are_by_name_and_can_be_searched_filtered_and_exported() {
        create(box.admin(), "/contacts", "{\"name\":\"list zoe\",\"company\":\"Zebra, Ltd.\"}");
        create(box.admin(), "/contacts", "{\"name\":\"List Adam\",\"mobile_phone\":\"0170 5551\"}");
        create(box.admin(), "/contacts", "{\"name\":\"list Mia\",\"company\":\"Zebra, Ltd.\"}");
        var listed = box.admin().get("/contacts?search=list").expect(200);
        assertEquals(List.of("List Adam", "list Mia", "list zoe"), names(listed));
        assertEquals(3, listed.get("count").asInt());
        assertEquals(List.of("list Mia"), names(box.admin().get("/contacts?search=list&skip=1&top=1").expect(200)));
        assertEquals(List.of("list zoe", "list Mia"),
                names(box.admin().get("/contacts?orderby=" + encoded("name desc") + "&filter=" + encoded("company eq 'Zebra, Ltd.'")).expect(200)));
        box.admin().get("/contacts?filter=" + encoded("shoe eq 1")).expect(400);
        var csv = box.admin().get("/contacts/export").text();
        assertTrue(csv.startsWith("name,email,company,"), csv);
        assertTrue(csv.contains("list zoe,,\"Zebra, Ltd.\","), csv);
    }

    @Test
    void limits_are_the_documents() {
        assertEquals(400, box.admin().post("/contacts", "{\"name\":\"\"}").status());
        assertEquals(400, box.admin().post("/contacts", "{\"name\":\"" + "n".repeat(65) + "\"}").status());
        assertEquals(400, ann.post("/user/contacts", "{\"name\":\"a\",\"notes\":\"" + "n".repeat(1025) + "\"}").status());
        assertEquals(400, ann.post("/user/contacts", "{\"name\":\"a\",\"favorite\":true}").status());
    }

    @Test
    void the_companys_address_book_is_its_administrators_to_change() {
        for (var path : List.of("/contacts", "/contacts/x", "/contacts/x/destroy")) {
            ann.post(path, "{}").expect(403);
        }
        ann.get("/contacts").expect(403);
        box.stranger().get("/user/contacts").expect(401);
    }

    @Test
    void ones_own_contacts_are_nobody_elses_business() {
        var id = create(ann, "/user/contacts", "{\"name\":\"Secret Friend\",\"home_phone\":\"030 7654321\"}");
        assertEquals(List.of("Secret Friend"), names(ann.get("/user/contacts?search=friend").expect(200)));
        assertEquals(List.of(), names(bob.get("/user/contacts?search=friend").expect(200)));
        bob.get("/user/contacts/" + id).expect(404);
        bob.post("/user/contacts/" + id, "{\"name\":\"Mine\"}").expect(404);
        bob.post("/user/contacts/" + id + "/favorite").expect(404);
        bob.post("/user/contacts/" + id + "/destroy").expect(404);
        box.admin().get("/contacts/" + id).expect(404);
        var audit = box.admin().get("/audit_logs").expect(200).toString();
        assertTrue(audit.contains(id));
        assertFalse(audit.contains("Secret Friend") || audit.contains("7654321"), "not even in the audit log");
        ann.post("/user/contacts/" + id + "/destroy").expect(204);
    }

    @Test
    void an_app_follows_ones_own_contacts_and_favourites() {
        var app = new App(ann, "contacts");
        var id = create(ann, "/user/contacts", "{\"name\":\"Eve\"}");
        assertEquals(List.of(id + " CREATED"), app.sync());
        assertFalse(app.item(id).get("favorite").asBoolean());
        assertFalse(ann.get("/user/contacts/" + id).expect(200).get("favorite").asBoolean(true));
        ann.post("/user/contacts/" + id + "/favorite").expect(200);
        ann.post("/user/contacts/" + id, "{\"title\":\"Dr\"}").expect(200);
        assertEquals(List.of(id + " UPDATED"), app.sync());
        assertTrue(app.item(id).get("favorite").asBoolean());
        assertEquals("Dr", app.item(id).get("title").asText());
        assertEquals(List.of("Eve"), names(ann.get("/user/contacts?filter=" + encoded("favorite eq true")).expect(200)));
        ann.post("/user/contacts/" + id + "/favorite").expect(200);
        assertEquals(List.of(), app.sync(), "nothing changed");
        ann.post("/user/contacts/" + id + "/unfavorite").expect(200);
        ann.post("/user/contacts/" + id + "/destroy").expect(204);
        assertEquals(List.of(id + " DELETED"), app.sync());
        assertEquals(List.of(), new App(bob, "contacts").copy.values().stream().toList());
    }

    @Test
    void an_app_follows_the_companys_contacts_with_its_users_favourites() {
        var id = create(box.admin(), "/contacts", "{\"name\":\"Supplier\",\"business\":\"040 999888\"}");
        var anns = new App(ann, "business_contacts");
        var bobs = new App(bob, "business_contacts");
        assertEquals("Supplier", anns.item(id).get("name").asText());
        ann.post("/user/business_contacts/" + id + "/favorite").expect(200);
        ann.post("/user/business_contacts/" + id + "/favorite").expect(200);
        assertEquals(List.of(id + " UPDATED"), anns.sync());
        assertEquals(List.of(), bobs.sync(), "a favourite is its user's alone");
        assertTrue(anns.item(id).get("favorite").asBoolean());
        box.restart();
        box.admin().post("/contacts/" + id, "{\"name\":\"Best supplier\"}").expect(200);
        assertEquals(List.of(id + " UPDATED"), anns.sync());
        bobs.sync();
        assertTrue(anns.item(id).get("favorite").asBoolean());
        assertFalse(bobs.item(id).get("favorite").asBoolean());
        ann.post("/user/business_contacts/" + id + "/unfavorite").expect(200);
        anns.sync();
        assertFalse(anns.item(id).get("favorite").asBoolean());
        ann.post("/user/business_contacts/" + id + "/favorite").expect(200);
        box.admin().post("/contacts/" + id + "/destroy").expect(204);
        assertEquals(List.of(id + " DELETED"), anns.sync());
        assertEquals(List.of(id + " DELETED"), bobs.sync());
        ann.post("/user/business_contacts/" + id + "/favorite").expect(404);
    }

    @Test
    void an_app_follows_the_other_users() {
        var anns = new App(ann, "extension_contacts");
        assertFalse(anns.copy.containsKey(annId), "oneself is no contact");
        assertEquals("4002", anns.item(bobId).get("extension_number").asText());
        assertTrue(anns.copy.values().stream().noneMatch(item -> item.get("display_name").asText().equals("Administrator")), "who has no number is none");
        var newcomer = box.user("4003");
        box.admin().post("/users/" + newcomer, "{\"department\":\"Sales\",\"work_phone\":\"555\"}").expect(200);
        assertEquals(List.of(newcomer + " CREATED"), anns.sync());
        assertEquals("Sales", anns.item(newcomer).get("department").asText());
        ann.post("/user/extension_contacts/" + newcomer + "/favorite").expect(200);
        assertEquals(List.of(newcomer + " UPDATED"), anns.sync());
        assertTrue(anns.item(newcomer).get("favorite").asBoolean());
        box.admin().post("/users/" + newcomer, "{\"display_name\":\"New name\"}").expect(200);
        anns.sync();
        assertEquals("New name", anns.item(newcomer).get("display_name").asText());
        assertTrue(anns.item(newcomer).get("favorite").asBoolean());
        box.admin().post("/users/" + newcomer + "/destroy").expect(204);
        assertEquals(List.of(newcomer + " DELETED"), anns.sync());
        ann.post("/user/extension_contacts/" + newcomer + "/favorite").expect(404);
        ann.post("/user/extension_contacts/" + annId + "/favorite").expect(404);
    }

    @Test
    void a_token_is_for_one_user_and_one_address_book() {
        var token = ann.post("/user/contacts/sync_tokens").expect(201).get("token").asText();
        assertEquals("FORBIDDEN", bob.post("/user/contacts/sync_tokens/" + token + "/diff").expect(403).at("/errors/0/code").asText());
        ann.post("/user/business_contacts/sync_tokens/" + token + "/diff").expect(403);
        ann.post("/user/contacts/sync_tokens/nonsense/diff").expect(403);
        ann.post("/user/contacts/sync_tokens/" + token + "/diff").expect(200);
    }

    @Test
    void who_goes_takes_their_own_contacts_along() {
        var id = box.user("4010");
        create(signedIn("4010"), "/user/contacts", "{\"name\":\"Orphan\"}");
        box.admin().post("/users/" + id + "/destroy").expect(204);
        box.user("4010");
        var again = signedIn("4010");
        assertEquals(0, again.get("/user/contacts").expect(200).get("count").asInt());
        assertTrue(new App(again, "contacts").copy.isEmpty());
    }
}
