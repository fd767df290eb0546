package gatehouse.dect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** DECT bases over real HTTPS, by a template of the company's own, whose base is small enough to fill. */
class DectContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        box.user("102");
        box.user("103");
        var content = box.admin().get("/templates/phones/yealink.ph.xml").expect(200).get("content").asText();
        box.admin().post("/templates/phones", JSON.createObjectNode().put("filename", "w70.ph.xml").put("content",
                content.replace("<models>", "<models><model ua=\"W70B\" dect=\"true\" lines=\"2\">W70B</model>"))).expect(201);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode base(String name, String mac) {
        var base = JSON.createObjectNode().put("name", name).put("mac", mac).put("template", "w70.ph.xml").put("vendor", "Yealink").put("model", "W70B")
                .put("password", "web-password").put("engineer_password", "engineer").put("timezone", "Europe/Berlin").put("language", "GERMAN")
                .put("tone", "Ring1").put("interface", "PRIVATE_IPV4").put("preferred_transport", "UDP");
        base.putArray("codecs").add("PCMA");
        return base;
    }

    private static String create(ObjectNode base) {
        return box.admin().post("/dect_phones", base).expect(201).get("id").asText();
    }

    private static Set<String> broken(Reply reply) {
        var fields = new TreeSet<String>();
        reply.expect(400).get("errors").forEach(error -> fields.add(error.at("/detail/field").asText()));
        return fields;
    }

    private static JsonNode members(String... members) {
        var items = JSON.createArrayNode();
        for (var member : members) {
            var words = member.split(" ", -1);
            items.addObject().put("extension_number", words[0]).put("ipui", words.length > 1 ? words[1] : null).put("handset_index", words.length > 2 ? words[2] : null);
        }
        return JSON.createObjectNode().set("items", items);
    }

    @Test
    void a_model_is_one_that_a_template_marks() {
        var models = box.admin().get("/dect_phone_models").expect(200).get("items");
        var lines = new TreeMap<String, Integer>();
        models.forEach(model -> lines.put(model.get("filename").asText() + " " + model.get("display_name").asText(), model.get("lines").asInt()));
        assertEquals(2, lines.get("w70.ph.xml Yealink W70B"));
        assertEquals(10, lines.get("yealink_dect.ph.xml Yealink W70B"));
        assertEquals(250, lines.get("snom_dect.ph.xml Snom M900"));
        assertEquals(20, lines.get("gigaset.ph.xml Gigaset N670 IP PRO"));
        assertEquals(5, lines.get("grandstream_dect.ph.xml Grandstream DP750"));
        var model = box.admin().get("/dect_phone_models/w70.ph.xml").expect(200);
        assertTrue(model.get("languages").toString().contains("GERMAN"));
        assertEquals(model, box.admin().get("/dect_phone_models/W70B").expect(200));
        box.admin().get("/dect_phone_models/T46S").expect(404);
    }

    @Test
    void a_base_is_kept_and_changed() {
        var id = create(base("Hall", "00:15:65:11:00:01"));
        var shown = box.admin().get("/dect_phones/" + id).expect(200);
        assertEquals("001565110001", shown.get("mac").asText());
        assertEquals("engineer", shown.get("engineer_password").asText());
        assertEquals(2, shown.get("lines").asInt());
        assertTrue(shown.get("url").asText().endsWith("/001565110001.cfg") && shown.get("user_password").isNull());
        box.admin().post("/dect_phones/" + id, "{\"engineer_password\": null, \"region\": \"Europe\"}").expect(200);
        shown = box.admin().get("/dect_phones/" + id).expect(200);
        assertTrue(shown.get("engineer_password").isNull());
        assertEquals("Europe", shown.get("region").asText());
        assertEquals("GERMAN", shown.get("language").asText());
        assertEquals(Set.of("password"), broken(box.admin().post("/dect_phones/" + id, "{\"password\": null}")));
        box.admin().post("/templates/phones/w70.ph.xml/destroy").expect(409);
        box.admin().post("/dect_phones/" + id + "/destroy").expect(204);
        box.admin().get("/dect_phones/" + id).expect(404);
        var entries = box.admin().get("/audit_logs?top=3").expect(200).get("items").toString();
        assertTrue(entries.contains("\"Hall\"") && !entries.contains("web-password"));
    }

    @Test
    void every_broken_rule_is_told() {
        assertEquals(Set.of("mac", "model"), broken(box.admin().post("/dect_phones", base("A", "none").put("model", "T46S"))));
        assertEquals(Set.of("vendor", "language", "tone"), broken(box.admin().post("/dect_phones", base("A", "001565110009").put("vendor", "Snom")
                .put("language", "GREEK").put("tone", "Loud"))));
        var id = create(base("Taken", "001565110002"));
        box.admin().post("/dect_phones", base("taken", "001565110003")).expect(409);
        box.admin().post("/dect_phones", base("Other", "00-15-65-11-00-02")).expect(409);
        box.admin().post("/dect_phones/" + id + "/destroy").expect(204);
    }

    @Test
    void handsets_are_whose_they_are() {
        var id = create(base("Yard", "001565110004"));
        box.admin().post("/dect_phones/" + id + "/members", members("102 0123456789 2", "101").toString()).expect(200);
        var items = box.admin().get("/dect_phones/" + id + "/members").expect(200).get("items");
        assertEquals("102", items.get(0).get("extension_number").asText());
        assertEquals("User 101", items.get(1).get("display_name").asText());
        assertEquals("0123456789", box.admin().get("/dect_phones/" + id + "/members/102").expect(200).get("ipui").asText());
        box.admin().get("/dect_phones/" + id + "/members/103").expect(404);
        assertEquals(Set.of("items"), broken(box.admin().post("/dect_phones/" + id + "/members", members("101", "102", "103").toString())));
        assertEquals(Set.of("items[0].extension_number", "items[1].ipui", "items[1].handset_index"),
                broken(box.admin().post("/dect_phones/" + id + "/members", members("999", "101 xyz 3").toString())));
        assertEquals(Set.of("items[1].extension_number"), broken(box.admin().post("/dect_phones/" + id + "/members", members("101", "101").toString())));
        var gone = box.user("104");
        box.admin().post("/dect_phones/" + id + "/members", members("104").toString()).expect(200);
        box.admin().post("/users/" + gone + "/destroy").expect(204);
        assertEquals(0, box.admin().get("/dect_phones/" + id + "/members").expect(200).get("items").size());
        box.admin().get("/dect_phones/none/members").expect(404);
    }

    @Test
    void who_may_not_is_refused() {
        var user = box.stranger().signedIn("user101", "password-101");
        user.get("/dect_phones").expect(403);
        user.post("/dect_phones", base("Mine", "001565110005")).expect(403);
        box.stranger().get("/dect_phone_models").expect(401);
    }
}
