package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Music on hold over HTTP. */
class MusicContractTest {
    private static Box box;
    private static ApiClient admin;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String rule(ApiClient.Reply reply) {
        return reply.expect(400).at("/errors/0/detail/field").asText() + " " + reply.body().at("/errors/0/detail/rule").asText();
    }

    private static ApiClient.Reply add(String file) {
        return admin.post("/moh_server/musics", "{\"file_id\":\"" + file + "\"}");
    }

    @Test
    void the_settings_have_defaults_and_can_be_changed_and_cleared() {
        var fresh = admin.get("/moh_server").expect(200);
        assertTrue(fresh.get("enabled").asBoolean());
        assertEquals("DEFAULT_MUSIC", fresh.get("play_type").asText());
        admin.post("/moh_server", "{\"play_type\":\"RANDOM_MUSIC_PER_DAY\"}").expect(200);
        admin.post("/moh_server", "{\"enabled\":false}").expect(200);
        var changed = admin.get("/moh_server").expect(200);
        assertFalse(changed.get("enabled").asBoolean());
        assertEquals("RANDOM_MUSIC_PER_DAY", changed.get("play_type").asText());
        assertEquals("play_type enum", rule(admin.post("/moh_server", "{\"play_type\":\"LOUD\"}")));
        admin.post("/moh_server", "{\"enabled\":null,\"play_type\":null}").expect(200);
        assertEquals(fresh, admin.get("/moh_server").expect(200));
        assertTrue(admin.get("/audit_logs?top=10").expect(200).get("items").toString().contains("\"MOH\""));
    }

    @Test
    void pieces_are_added_listed_shown_and_removed() throws IOException {
        var file = Uploading.file(admin, Sounds.tone(folder, 3, 500));
        var other = Uploading.file(admin, Sounds.tone(folder, 2, 600));
        var before = admin.get("/moh_server/musics").expect(200).get("items").size();
        var id = add(file).expect(201).get("id").asText();
        add(other).expect(201);
        var items = admin.get("/moh_server/musics").expect(200).get("items");
        assertEquals(before + 2, items.size());
        var shown = admin.get("/moh_server/musics/" + id).expect(200);
        assertTrue(items.toString().contains(shown.toString()), items.toString());
        assertTrue(shown.get("file_name").asText().endsWith(".wav"));
        assertEquals(200, Uploading.send(box.stranger().request(shown.get("file_url").asText()).GET()).statusCode());
        assertEquals("CONFLICT", add(file).expect(409).at("/errors/0/code").asText());
        assertTrue(admin.post("/files/" + file + "/destroy").expect(409).at("/errors/0/message").asText().contains("music on hold"));
        admin.post("/moh_server/musics/" + id + "/destroy").expect(204);
        admin.post("/moh_server/musics/" + id + "/destroy").expect(404);
        admin.get("/moh_server/musics/" + id).expect(404);
        admin.get("/files/" + file).expect(404);
    }

    @Test
    void a_piece_is_a_wav_file_that_was_uploaded() throws IOException {
        assertEquals("file_id required", rule(admin.post("/moh_server/musics", "{}")));
        assertEquals("file_id unknown", rule(add("nothing")));
        assertEquals("file_id sound", rule(add(Uploading.file(admin, Sounds.sox(folder, 1, "-b", "24", "-e", "signed-integer")))));
        assertEquals("file_id longest", rule(add(Uploading.file(admin, Sounds.sox(folder, 3_601, "-e", "u-law")))));
    }

    @Test
    void music_is_for_who_runs_the_phone_system() {
        box.user("101");
        var user = box.stranger().signedIn("user101", "password-101");
        for (var path : List.of("/moh_server", "/moh_server/musics", "/moh_server/musics/x")) {
            user.get(path).expect(403);
        }
        user.post("/moh_server", "{\"enabled\":false}").expect(403);
        user.post("/moh_server/musics", "{\"file_id\":\"x\"}").expect(403);
        user.post("/moh_server/musics/x/destroy").expect(403);
        box.stranger().get("/moh_server").expect(401);
    }
}
