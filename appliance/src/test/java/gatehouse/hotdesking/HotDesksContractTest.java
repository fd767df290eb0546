package gatehouse.hotdesking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hot desks over HTTP and on the line (contract area hot-desking). */
@Timeout(120)
class HotDesksContractTest {
    private static Box box;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
        box.user("101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode desk(String number, String mac) {
        return Box.aPhone(mac, "generic.ph.xml", "Softphone").put("extension_number", number).put("extension_password", "desk-secret-" + number)
                .put("display_name", "Desk " + number);
    }

    private static String create(String number, String mac) {
        return admin.post("/hotdesking", desk(number, mac)).expect(201).get("id").asText();
    }

    @Test
    void a_desk_is_shown_with_its_address_and_its_secret_never() {
        var id = create("301", "02:00:00:00:03:01");
        var shown = admin.get("/hotdesking/" + id).expect(200);
        assertEquals("020000000301", shown.get("mac").asText());
        assertEquals("301", shown.get("current_extension_number").asText());
        assertEquals("web-password", shown.get("password").asText());
        assertFalse(shown.toString().contains("desk-secret"), shown.toString());
        assertTrue(shown.get("url").asText().startsWith(box.httpOrigin() + "/provision/"), shown.toString());
        admin.post("/hotdesking/" + id, "{\"display_name\":\"Window\",\"ringtone\":null}").expect(200);
        assertEquals("Window", admin.get("/hotdesking/" + id).expect(200).get("display_name").asText());
        assertEquals(1, admin.get("/hotdesking?filter=extension_number%20eq%20'301'").expect(200).get("count").asInt());
        assertFalse(admin.get("/audit_logs").expect(200).toString().contains("desk-secret"));
        box.stranger().signedIn("user101", "password-101").get("/hotdesking/" + id).expect(403);
        admin.post("/hotdesking/" + id + "/destroy").expect(204);
        admin.get("/hotdesking/" + id).expect(404);
    }

    @Test
    void numbers_macs_templates_and_models_are_checked() {
        create("302", "020000000302");
        admin.post("/hotdesking", desk("303", "020000000302")).expect(409);
        admin.post("/hotdesking", desk("101", "020000000303")).expect(409);
        admin.post("/hotdesking", desk("303", "0200")).expect(400);
        admin.post("/hotdesking", desk("303", "020000000303").put("model", "Abacus")).expect(400);
        admin.post("/hotdesking", desk("303", "020000000303").put("filename", "../etc/passwd")).expect(400);
    }

    @Test
    void a_real_phone_registers_as_the_desk_with_the_file_it_fetched() throws Exception {
        var id = create("304", "020000000304");
        var file = ApiClient.fetch(admin.get("/hotdesking/" + id).expect(200).get("url").asText(), "curl/8.0");
        assertEquals(200, file.statusCode(), file.body());
        try (var phone = new Baresip(file.body().strip(), 440)) {
            phone.awaitRegistered();
            Eventually.eventually(Baresip.BOUND, () -> admin.get("/hotdesking/" + id + "/status").expect(200).get("status").asText(), "ONLINE"::equals);
        }
        admin.post("/hotdesking/" + id + "/logout").expect(204);
    }
}
