package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.recordings.Recording;
import gatehouse.recordings.Recordings.Sound;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings over HTTP, with real WAV files. */
class RecordingsContractTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static Box box;
    private static ApiClient alice;
    private static ApiClient bob;
    private static ApiClient carol;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.admin().post("/roles", "{\"name\":\"Keeper\",\"permissions\":{\"user_call_log\":{\"call_recording_full_access\":true}}}").expect(201);
        for (var extension : List.of("101", "102", "103")) {
            box.admin().post("/users", Box.aUser(extension).put("role", extension.equals("101") ? "Keeper" : "StandardUser")).expect(201);
        }
        alice = box.stranger().signedIn("user101", "password-101");
        bob = box.stranger().signedIn("user102", "password-102");
        carol = box.stranger().signedIn("user103", "password-103");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private Recording record(String caller, String callee, Instant at, double seconds, String... others) throws IOException {
        return box.recordings().keep("call-1", caller, callee, List.of(others), List.of(new Sound(caller, callee, at,
                at.plusMillis((long) (seconds * 1_000)), Sounds.wav(folder, seconds))));
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.get("items").spliterator(), false).map(item -> item.get("id").asText()).toList();
    }

    @Test
    void a_recording_is_listed_shown_and_heard() throws Exception {
        var wav = Sounds.wav(folder, 4.2);
        var sound = Files.readAllBytes(wav);
        var kept = box.recordings().keep("call-1", "101", "+4930777", List.of(), List.of(new Sound("101", "+4930777", NOON, NOON.plusSeconds(5), wav)));
        assertFalse(Files.exists(wav), "the box keeps it now");
        var listed = box.admin().get("/recordings?filter=id%20eq%20'" + kept.id() + "'").expect(200).at("/items/0");
        assertEquals("101", listed.get("caller").asText());
        assertEquals("+4930777", listed.get("callee").asText());
        assertEquals("2026-03-02T12:00:00Z", listed.get("started_at").asText());
        assertEquals("2026-03-02T12:00:05Z", listed.get("ended_at").asText());
        var shown = box.admin().get("/recordings/" + kept.id()).expect(200).get("items");
        assertEquals(1, shown.size());
        assertEquals(4, shown.at("/0/duration").asInt());
        assertEquals("101-+4930777-20260302T120000Z.wav", shown.at("/0/file_name").asText());
        assertEquals(sound.length, shown.at("/0/file_size").asInt());
        assertArrayEquals(sound, Uploading.send(box.stranger().request(shown.at("/0/file_url").asText()).GET(), BodyHandlers.ofByteArray()).body());
        assertEquals(shown, alice.get("/user/recordings/" + kept.id()).expect(200).get("items"), "as the one whose call it was sees it");
    }

    @Test
    void a_recording_with_each_party_apart_has_a_file_for_each() throws IOException {
        var kept = box.recordings().keep("call-2", "103", "102", List.of(), List.of(
                new Sound("103", "", NOON, NOON.plusSeconds(3), Sounds.tone(folder, 3, 300)),
                new Sound("", "102", NOON.plusSeconds(1), NOON.plusSeconds(4), Sounds.tone(folder, 2, 400))));
        var items = box.admin().get("/recordings/" + kept.id()).expect(200).get("items");
        assertEquals(2, items.size());
        assertEquals("103", items.at("/0/caller").asText());
        assertEquals("102", items.at("/1/callee").asText());
        assertEquals(2, items.at("/1/duration").asInt());
        assertFalse(items.at("/0/file_url").equals(items.at("/1/file_url")));
        var listed = box.admin().get("/recordings?filter=id%20eq%20'" + kept.id() + "'").expect(200).at("/items/0");
        assertEquals("2026-03-02T12:00:04Z", listed.get("ended_at").asText(), "from the first to the last");
    }

    @Test
    void a_user_sees_the_recordings_of_own_calls_alone() throws IOException {
        var between = record("101", "102", NOON, 1);
        var transferred = record("102", "+491", NOON.plusSeconds(60), 1, "103");
        assertTrue(ids(alice.get("/user/recordings").expect(200)).contains(between.id()));
        assertFalse(ids(alice.get("/user/recordings").expect(200)).contains(transferred.id()));
        alice.get("/user/recordings/" + transferred.id()).expect(404);
        assertEquals(2, bob.get("/user/recordings?filter=caller%20eq%20'101'%20or%20callee%20eq%20'%2B491'").expect(200).get("count").asInt());
        assertEquals(List.of(transferred.id()), ids(carol.get("/user/recordings?filter=callee%20eq%20'%2B491'").expect(200)));
        carol.get("/user/recordings/" + between.id()).expect(404);
        carol.get("/recordings").expect(403);
        carol.get("/recordings/" + transferred.id()).expect(403);
        box.stranger().get("/user/recordings").expect(401);
    }

    @Test
    void recordings_come_newest_first_in_pages_and_can_be_filtered() throws IOException {
        var later = record("555", "556", NOON.plus(Duration.ofHours(2)), 1);
        var first = record("555", "557", NOON.plus(Duration.ofHours(1)), 1);
        var base = "/recordings?filter=caller%20eq%20'555'";
        assertEquals(List.of(later.id(), first.id()), ids(box.admin().get(base).expect(200)));
        assertEquals(List.of(first.id()), ids(box.admin().get(base + "&skip=1&top=1").expect(200)));
        assertEquals(List.of(first.id(), later.id()), ids(box.admin().get(base + "&orderby=started_at").expect(200)));
        assertEquals(List.of(later.id()), ids(box.admin().get(base + "%20and%20started_at%20gt%202026-03-02T13:30:00Z").expect(200)));
        assertEquals(1, box.admin().get("/recordings?search=557").expect(200).get("count").asInt());
        box.admin().get("/recordings?filter=call_id%20eq%20'x'").expect(400);
    }

    @Test
    void a_recording_that_is_removed_takes_its_sound_along_and_is_in_the_audit_log() throws IOException {
        var kept = record("102", "103", NOON, 2.7);
        var url = box.admin().get("/recordings/" + kept.id()).expect(200).at("/items/0/file_url").asText();
        carol.post("/recordings/" + kept.id() + "/destroy").expect(403);
        carol.post("/user/recordings/" + kept.id() + "/destroy").expect(403);
        box.admin().post("/recordings/" + kept.id() + "/destroy").expect(204);
        box.admin().get("/recordings/" + kept.id()).expect(404);
        box.admin().post("/recordings/" + kept.id() + "/destroy").expect(404);
        bob.get("/user/recordings/" + kept.id()).expect(404);
        eventually(Duration.ofSeconds(30), () -> Uploading.send(box.stranger().request(url).GET()).statusCode() == 404);
        var audit = box.admin().get("/audit_logs?top=5").expect(200).get("items").toString();
        assertTrue(audit.contains("CALL_RECORDING") && audit.contains("102 to 103"), audit);
    }

    @Test
    void who_may_removes_recordings_of_own_calls_and_no_others() throws IOException {
        var own = record("101", "102", NOON, 1);
        var others = record("102", "103", NOON, 1);
        alice.post("/user/recordings/" + others.id() + "/destroy").expect(404);
        alice.post("/user/recordings/" + own.id() + "/destroy").expect(204);
        box.admin().get("/recordings/" + own.id()).expect(404);
        box.admin().get("/recordings/" + others.id()).expect(200);
        alice.post("/recordings/" + others.id() + "/destroy").expect(403);
    }
}
