package gatehouse.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.Box;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The phone operations of the contract over real HTTPS. */
class PhonesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private String user;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void a_user() {
        user = box.user("101");
    }

    @AfterEach
    void is_gone() {
        box.admin().post("/users/" + user + "/destroy").expect(204);
    }

    private static ObjectNode phone() {
        return Box.aPhone("00:15:65:AA:BB:CC", "yealink.ph.xml", "T46S");
    }

    private String phones() {
        return "/users/" + user + "/phones";
    }

    private String create(ObjectNode phone) {
        return box.admin().post(phones(), phone).expect(201).get("id").asText();
    }

    private JsonNode show(String id) {
        return box.admin().get(phones() + "/" + id).expect(200);
    }

    /** The fields that the refusal of {@code phone} names. */
    private Set<String> refused(ObjectNode phone) {
        var fields = new TreeSet<String>();
        box.admin().post(phones(), phone).expect(400).get("errors").forEach(error -> fields.add(error.get("detail").get("field").asText()));
        return fields;
    }

    @Test
    void a_phone_is_shown_as_it_was_made() {
        var made = phone().put("https", true).put("enable_lldp", true).put("wan_port_id", 20).put("door_password1", "1234").put("serial_number", "S1");
        var shown = show(create(made));
        assertEquals("001565aabbcc", shown.get("mac").asText());
        assertEquals("Yealink", shown.get("vendor").asText());
        for (var field : List.of("filename", "model", "password", "language", "transfer", "timezone", "https", "codecs", "enable_lldp", "wan_port_id",
                "interface", "preferred_transport", "door_password1", "serial_number")) {
            assertEquals(made.get(field), shown.get(field), field);
        }
        assertTrue(shown.get("door_password2").isNull() && shown.get("ringtone").isNull());
        assertTrue(shown.get("url").asText().startsWith("https://"), shown.get("url").asText());
    }

    @Test
    void a_mac_may_be_written_in_any_common_way_but_belongs_to_one_phone() {
        create(phone());
        for (var same : List.of("001565AABBCC", "00-15-65-aa-bb-cc", "0015.65aa.bbcc")) {
            var clash = box.admin().post(phones(), phone().put("mac", same)).expect(409);
            assertEquals("CONFLICT", clash.get("errors").get(0).get("code").asText());
            assertEquals("mac", clash.get("errors").get(0).get("detail").get("field").asText());
        }
        assertEquals(Set.of("mac"), refused(phone().put("mac", "00:15:65:aa:bb")));
        assertEquals(Set.of("mac"), refused(phone().put("mac", "00:15:65:aa:bb:cg")));
    }

    @Test
    void every_broken_rule_is_named_at_once() {
        assertEquals(Set.of("door_password1", "language", "mac", "model", "timezone", "vendor"), refused(phone().put("mac", "x").put("model", "T1000")
                .put("vendor", "Snom").put("timezone", "Mars/Base").put("language", "GREEK").put("door_password1", "12a4")));
        assertEquals(Set.of("filename"), refused(phone().put("filename", "../yealink.ph.xml")));
        assertEquals(Set.of("door_password2"), refused(phone().put("door_password2", "１２３４")));
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(phone().put("door_password1", "1234").put("ringtone", "Ring1").put("serial_number", "S1"));
        var url = show(id).get("url");
        box.admin().post(phones() + "/" + id, JSON.createObjectNode().put("ringtone", "Ring2").putNull("serial_number").putNull("door_password1")).expect(200);
        var shown = show(id);
        assertEquals("Ring2", shown.get("ringtone").asText());
        assertTrue(shown.get("serial_number").isNull() && shown.get("door_password1").isNull());
        assertEquals("Europe/Berlin", shown.get("timezone").asText());
        assertEquals(url, shown.get("url"));
        box.admin().post(phones() + "/" + id, JSON.createObjectNode().put("ringtone", "Bells")).expect(400);
        box.admin().post(phones() + "/nothing", JSON.createObjectNode()).expect(404);
    }

    @Test
    void a_door_phone_never_keeps_the_code_it_came_with() {
        var id = create(Box.aPhone("02000000000a", "generic.ph.xml", "SIP door phone"));
        var code = show(id).get("door_password1").asText();
        assertTrue(code.matches("[0-9]{6}"), code);
        box.admin().post(phones() + "/" + id, JSON.createObjectNode().putNull("door_password1")).expect(200);
        assertNotEquals(code, show(id).get("door_password1").asText());
        assertTrue(show(create(phone())).get("door_password1").isNull());
    }

    @Test
    void another_users_phone_is_not_there() {
        var id = create(phone());
        var other = box.user("102");
        box.admin().get("/users/" + other + "/phones/" + id).expect(404);
        box.admin().post("/users/" + other + "/phones/" + id + "/destroy").expect(404);
        assertEquals(0, box.admin().get("/users/" + other + "/phones").expect(200).get("items").size());
        box.admin().post("/users/" + other + "/destroy").expect(204);
    }

    @Test
    void who_may_not_manage_users_sees_no_phone() {
        create(phone());
        var self = box.stranger().signedIn("user101", "password-101");
        self.get(phones()).expect(403);
        self.post(phones(), phone()).expect(403);
        self.get("/phones").expect(403);
        self.get("/templates/phones").expect(403);
        self.get("/phone_models").expect(200);
        box.stranger().get("/phone_models").expect(401);
    }

    @Test
    void a_deleted_users_phones_are_free_again() {
        create(phone());
        box.admin().post("/users/" + user + "/destroy").expect(204);
        user = box.user("101");
        create(phone());
        assertEquals(1, box.admin().get(phones()).expect(200).get("items").size());
    }

    @Test
    void secrets_are_sealed_on_disk() throws Exception {
        create(phone().put("password", "web-Pa55word-in-clear").put("door_password1", "83746152"));
        for (var file : List.of("gatehouse.db", "gatehouse.db-wal")) {
            var bytes = new String(Files.readAllBytes(box.config().data().resolve(file)), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("web-Pa55word-in-clear") || bytes.contains("83746152"), file);
        }
    }

    @Test
    void phones_are_listed_with_whose_they_are() {
        create(phone());
        var items = box.admin().get("/phones").expect(200).get("items");
        assertEquals(1, items.size());
        assertEquals("{\"extension_number\":\"101\",\"vendor\":\"Yealink\",\"model\":\"T46S\",\"fwver\":null,\"name\":\"User 101\","
                + "\"password\":\"web-password\",\"vm_pin\":null,\"ip\":null,\"mac\":\"001565aabbcc\"}", items.get(0).toString());
    }

    @Test
    void models_say_what_can_be_chosen_for_them() {
        var models = box.admin().get("/phone_models").expect(200).get("items");
        assertTrue(models.toString().contains("{\"filename\":\"yealink.ph.xml\",\"model\":\"T46S\",\"display_name\":\"Yealink T46S\"}"));
        var profile = box.admin().get("/phone_models/yealink.ph.xml").expect(200);
        assertTrue(profile.get("languages").toString().contains("\"ENGLISH\"") && profile.get("time_zones").toString().contains("\"Europe/Berlin\""));
        assertEquals("[\"PCMU\",\"PCMA\",\"G722\",\"OPUS\",\"G729\"]", profile.get("codecs").toString());
        assertEquals(19, profile.size());
        box.admin().get("/phone_models/nokia.ph.xml").expect(404);
    }

    @Test
    void templates_can_be_read() {
        var items = box.admin().get("/templates/phones").expect(200).get("items");
        assertTrue(items.findValuesAsText("filename").containsAll(List.of("generic.ph.xml", "snom.ph.xml", "yealink.ph.xml")), items.toString());
        var shown = box.admin().get("/templates/phones/snom.ph.xml").expect(200);
        assertTrue(shown.get("content").asText().contains("<original_brand>snom</original_brand>") && !shown.get("is_custom").asBoolean());
        box.admin().get("/templates/phones/none.ph.xml").expect(404);
    }
}
