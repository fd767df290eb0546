package gatehouse.contract;

import static gatehouse.contract.Answers.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Push accounts over real HTTPS. */
class PushContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        box.admin().post("/users", Box.aUser("102").put("role", "Replicator")).expect(201);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @Test
    void an_app_is_kept_changed_and_removed() {
        var id = box.admin().post("/mobile_push", """
                {"app_name": "Phone app", "android_service_account": "hush-1", "ios_certificate": "hush-2", "ios_private_key": "hush-3"}""").expect(201)
                .get("id").asText();
        var shown = box.admin().get("/mobile_push/" + id).expect(200);
        assertEquals("PRODUCTION", shown.get("mode").asText());
        assertTrue(shown.get("enabled").asBoolean());
        assertEquals("hush-3", shown.get("ios_private_key").asText());
        box.admin().post("/mobile_push/" + id, "{\"ios_private_key\": null, \"mode\": \"DEVELOPMENT\"}").expect(200);
        shown = box.admin().get("/mobile_push/" + id).expect(200);
        assertTrue(shown.get("ios_private_key").isNull());
        assertEquals("hush-1 DEVELOPMENT", shown.get("android_service_account").asText() + " " + shown.get("mode").asText());
        assertEquals(List.of("Phone app"), each(box.admin().get("/mobile_push?search=phone").expect(200), "app_name"));
        assertFalse(box.admin().get("/audit_logs").text().contains("hush"));

        var reader = box.stranger().signedIn("user102", "password-102").get("/mobile_push/" + id).expect(200);
        assertTrue(reader.get("android_service_account").isNull(), "who may look may not see the keys");
        box.admin().post("/mobile_push/" + id + "/destroy").expect(204);
        box.admin().get("/mobile_push/" + id).expect(404);
    }

    @Test
    void others_may_not() {
        var user = box.stranger().signedIn("user101", "password-101");
        assertEquals(403, user.get("/mobile_push").status());
        assertEquals(403, user.post("/mobile_push", "{}").status());
        assertEquals(403, box.stranger().signedIn("user102", "password-102").post("/mobile_push", "{}").status());
    }
}
