package gatehouse.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Phones by MAC, one's own phones, and templates of the company's own, over real HTTPS. */
class PhoneOrdersContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static String user;

    @BeforeAll
    static void start() {
        box = Box.start();
        user = box.user("101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ApiClient own() {
        return box.stranger().signedIn("user101", "password-101");
    }

    private static String shipped(String filename) {
        return box.admin().get("/templates/phones/" + filename).expect(200).get("content").asText();
    }

    private static ObjectNode template(String filename, String content) {
        return JSON.createObjectNode().put("filename", filename).put("content", content);
    }

    private static String field(JsonNode refusal) {
        return refusal.at("/errors/0/detail/field").asText();
    }

    @Test
    void a_phone_is_found_by_its_mac_in_any_spelling() {
        box.admin().post("/users/" + user + "/phones", Box.aPhone("00:15:65:00:00:01", "yealink.ph.xml", "T46S")).expect(201);
        var shown = box.admin().get("/phones/001565-000001").expect(200);
        assertEquals("101", shown.get("extension_number").asText());
        assertEquals("web-password", shown.get("password").asText());
        assertTrue(shown.get("vm_pin").isNull());
        var assignee = box.admin().get("/phones/001565000001/assignee").expect(200);
        assertEquals("T46S", assignee.get("model").asText());
        assertEquals("101", assignee.get("extension_number").asText());
        box.admin().get("/phones/001565000099").expect(404);
        box.admin().get("/phones/nonsense/assignee").expect(404);
        box.admin().post("/phones/001565000001/reboot").expect(409);
        box.admin().post("/phones/001565000099/reprovision").expect(404);
        box.admin().post("/phones/001565000001/reject").expect(409);
        own().get("/phones/001565000001").expect(403);
        own().post("/phones/reprovision").expect(403);
    }

    @Test
    void people_keep_their_own_phones_and_no_others() {
        var other = box.user("102");
        var others = box.admin().post("/users/" + other + "/phones", Box.aPhone("00:15:65:00:00:03", "yealink.ph.xml", "T46S")).expect(201).get("id").asText();
        var me = box.user("103");
        var client = box.stranger().signedIn("user103", "password-103");
        var id = client.post("/user/phones", Box.aPhone("00:15:65:00:00:02", "snom.ph.xml", "D785")).expect(201).get("id").asText();
        assertEquals(1, client.get("/user/phones").expect(200).get("items").size());
        client.post("/user/phones/" + id, "{\"language\": \"GERMAN\", \"ringtone\": null}").expect(200);
        var shown = client.get("/user/phones/" + id).expect(200);
        assertEquals("GERMAN", shown.get("language").asText());
        assertEquals(box.admin().get("/users/" + me + "/phones/" + id).expect(200).get("mac"), shown.get("mac"));
        client.get("/user/phones/" + others).expect(404);
        client.post("/user/phones/" + others, "{\"language\": \"GERMAN\"}").expect(404);
        client.post("/user/phones/" + others + "/destroy").expect(404);
        client.post("/user/phones", Box.aPhone("00:15:65:00:00:03", "snom.ph.xml", "D785")).expect(409);
        client.post("/user/phones/" + id + "/destroy").expect(204);
        assertEquals(0, client.get("/user/phones").expect(200).get("items").size());
        box.stranger().get("/user/phones").expect(401);
    }

    @Test
    void a_template_of_ones_own_serves_phones_even_after_a_restart() {
        var content = shipped("yealink.ph.xml").replace("<name>Yealink</name>", "<name>Acme</name>");
        assertEquals("acme.ph.xml", box.admin().post("/templates/phones", template("acme.ph.xml", content)).expect(201).get("filename").asText());
        assertEquals(content, shipped("acme.ph.xml"));
        var phone = Box.aPhone("00:15:65:00:00:04", "acme.ph.xml", "T46S").put("vendor", "Acme");
        var url = box.admin().post("/users/" + user + "/phones", phone).expect(201).get("url").asText();
        assertTrue(served(url).contains("account.1"));
        box.restart();
        assertTrue(served(url).contains("account.1"));
        assertTrue(listed("acme.ph.xml").get("is_custom").asBoolean());
        assertFalse(listed("yealink.ph.xml").get("is_custom").asBoolean());

        box.admin().post("/templates/phones/acme.ph.xml/destroy").expect(409);
        box.admin().post("/templates/phones/acme.ph.xml", JSON.createObjectNode().put("content", content.replace(">T46S<", ">T99<"))).expect(409);
        box.admin().post("/templates/phones/acme.ph.xml", JSON.createObjectNode().put("content", content.replace("account.1.", "# served"))).expect(200);
        assertTrue(served(url).contains("# served"));
        var id = box.admin().get("/users/" + user + "/phones").expect(200).get("items").findParents("mac").stream()
                .filter(one -> one.get("mac").asText().equals("001565000004")).findFirst().orElseThrow().get("id").asText();
        box.admin().post("/users/" + user + "/phones/" + id + "/destroy").expect(204);
        box.admin().post("/templates/phones/acme.ph.xml/destroy").expect(204);
        box.admin().get("/templates/phones/acme.ph.xml").expect(404);
    }

    private static String served(String url) {
        try {
            return ApiClient.fetch(url, "Acme T46S 00:15:65:00:00:04").body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode listed(String filename) {
        for (var item : box.admin().get("/templates/phones").expect(200).get("items")) {
            if (item.get("filename").asText().equals(filename)) {
                return item;
            }
        }
        throw new AssertionError(filename + " is not listed");
    }

    @Test
    void what_came_with_the_box_cannot_be_hidden_changed_or_removed() {
        var content = shipped("yealink.ph.xml");
        box.admin().post("/templates/phones", template("yealink.ph.xml", content)).expect(409);
        box.admin().post("/templates/phones", template("Yealink.ph.xml", content)).expect(409);
        box.admin().post("/templates/phones/yealink.ph.xml", JSON.createObjectNode().put("content", content)).expect(409);
        box.admin().post("/templates/phones/yealink.ph.xml/destroy").expect(409);
        assertEquals(content, shipped("yealink.ph.xml"));
    }

    @Test
    void what_no_phone_could_be_given_is_refused() {
        assertEquals("filename", field(box.admin().post("/templates/phones", template("../evil.ph.xml", shipped("generic.ph.xml"))).expect(400)));
        assertEquals("filename", field(box.admin().post("/templates/phones", JSON.createObjectNode().put("content", "x")).expect(400)));
        assertEquals("content", field(box.admin().post("/templates/phones", template("a.ph.xml", "<doc/>")).expect(400)));
        assertEquals("content", field(box.admin().post("/templates/phones", template("a.ph.xml",
                "<!DOCTYPE doc [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><doc>&x;</doc>")).expect(400)));
        assertEquals("content", field(box.admin().post("/templates/phones", template("a.ph.xml",
                shipped("yealink.ph.xml").replace("%%auth_id%%", "%%no_such_variable%%").replace("%%mac_address%%", "%%nothing%%"))).expect(400)));
        box.admin().post("/templates/phones/none.ph.xml/destroy").expect(404);
        own().post("/templates/phones", template("a.ph.xml", "x")).expect(403);
    }
}
