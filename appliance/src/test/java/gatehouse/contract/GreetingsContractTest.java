package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import gatehouse.voicemail.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Greetings over HTTP: one's own, a user's, a shared voicemail's. */
class GreetingsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    private static Box box;
    private static int number = 200;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static synchronized Person somebody() {
        return Person.on(box, ++number);
    }

    private static String rule(ApiClient.Reply reply) {
        return reply.expect(400).at("/errors/0/detail/field").asText() + " " + reply.body().at("/errors/0/detail/rule").asText();
    }

    private static ObjectNode aSharedOne() {
        var extension = Integer.toString(++number);
        return JSON.createObjectNode().put("name", "Sales " + extension).put("extension_number", extension).put("pin", "246813");
    }

    @Test
    void of_several_greetings_one_is_heard() throws IOException {
        var alice = somebody();
        var first = greeting(alice.client(), "/user/greetings", Sounds.tone(folder, 1, 300));
        var second = greeting(alice.client(), "/user/greetings", Sounds.tone(folder, 2, 400));
        var listed = alice.client().get("/user/greetings").expect(200).get("items");
        assertEquals(2, listed.size());
        assertFalse(listed.get(0).get("enabled").asBoolean());
        assertEquals(200, Uploading.send(box.stranger().request(listed.get(0).get("file_url").asText()).GET()).statusCode());
        alice.client().post("/user/greetings/" + first + "/enable").expect(200);
        alice.client().post("/user/greetings/" + second + "/enable").expect(200);
        assertEquals(List.of(false, true), enabled(alice));
        alice.client().post("/user/greetings/" + first + "/disable").expect(200);
        assertEquals(List.of(false, true), enabled(alice), "to disable one that is not heard changes nothing");
        alice.client().post("/user/greetings/" + second + "/disable").expect(200);
        assertEquals(List.of(false, false), enabled(alice));
        alice.client().post("/user/greetings/" + first + "/destroy").expect(204);
        alice.client().post("/user/greetings/" + first + "/enable").expect(404);
        alice.client().post("/user/greetings/" + first + "/destroy").expect(404);
        assertEquals(1, alice.client().get("/user/greetings").expect(200).get("items").size());
    }

    private static String greeting(ApiClient client, String path, Path wav) {
        return client.post(path, "{\"file_id\":\"" + Uploading.file(client, wav) + "\"}").expect(201).get("id").asText();
    }

    private static List<Boolean> enabled(Person person) {
        var items = person.client().get("/user/greetings").expect(200).get("items");
        return StreamSupport.stream(items.spliterator(), false).map(item -> item.get("enabled").asBoolean()).toList();
    }

    @Test
    void a_greeting_is_a_wav_file_that_was_uploaded_and_stays_while_it_is_one() throws IOException {
        var alice = somebody();
        assertEquals("file_id required", rule(alice.client().post("/user/greetings", "{}")));
        assertEquals("file_id unknown", rule(alice.client().post("/user/greetings", "{\"file_id\":\"nothing\"}")));
        var text = Uploading.file(alice.client(), Files.writeString(folder.resolve("hello.txt"), "hello"));
        assertEquals("file_id sound", rule(alice.client().post("/user/greetings", "{\"file_id\":\"" + text + "\"}")));
        var gsm = Uploading.file(alice.client(), Sounds.sox(folder, 1, "-e", "gsm-full-rate"));
        var refused = alice.client().post("/user/greetings", "{\"file_id\":\"" + gsm + "\"}");
        assertTrue(refused.expect(400).at("/errors/0/message").asText().contains("GSM"), refused.text());
        var file = Uploading.file(alice.client(), Sounds.sox(folder, 1, "-e", "a-law"));
        var greeting = alice.client().post("/user/greetings", "{\"file_id\":\"" + file + "\"}").expect(201).get("id").asText();
        assertEquals("CONFLICT", box.admin().post("/files/" + file + "/destroy").expect(409).at("/errors/0/code").asText());
        alice.client().post("/user/greetings/" + greeting + "/destroy").expect(204);
        box.admin().get("/files/" + file).expect(404);
    }

    @Test
    void there_are_twenty_greetings_at_most() throws IOException {
        var alice = somebody();
        var file = Uploading.file(alice.client(), Sounds.wav(folder, 0.3));
        for (int i = 0; i < 20; i++) {
            alice.client().post("/user/greetings", "{\"file_id\":\"" + file + "\"}").expect(201);
        }
        alice.client().post("/user/greetings", "{\"file_id\":\"" + file + "\"}").expect(409);
    }

    @Test
    void an_administrator_sets_the_greetings_of_others_and_they_do_not_set_each_others() throws IOException {
        var alice = somebody();
        var bob = somebody();
        var id = greeting(box.admin(), "/users/" + alice.id() + "/greetings", Sounds.wav(folder, 1.2));
        assertEquals(id, alice.client().get("/user/greetings").expect(200).at("/items/0/id").asText());
        box.admin().post("/users/" + alice.id() + "/greetings/" + id + "/enable").expect(200);
        assertTrue(box.admin().get("/users/" + alice.id() + "/greetings").expect(200).at("/items/0/enabled").asBoolean());
        bob.client().get("/users/" + alice.id() + "/greetings").expect(403);
        bob.client().post("/user/greetings/" + id + "/disable").expect(404);
        bob.client().post("/user/greetings/" + id + "/destroy").expect(404);
        box.admin().post("/users/" + bob.id() + "/greetings/" + id + "/disable").expect(404);
        box.admin().get("/users/nobody/greetings").expect(404);
        box.admin().post("/users/" + alice.id() + "/greetings/" + id + "/destroy").expect(204);
        assertTrue(box.admin().get("/audit_logs?top=20").text().contains("greeting"), "and it is in the audit log");
    }

    @Test
    void greetings_of_a_shared_voicemail_work_like_ones_own() throws IOException {
        var id = box.admin().post("/shared_voicemails", aSharedOne()).expect(201).get("id").asText();
        var path = "/shared_voicemails/" + id + "/greetings";
        var greeting = greeting(box.admin(), path, Sounds.wav(folder, 1.7));
        box.admin().post(path + "/" + greeting + "/enable").expect(200);
        assertTrue(box.admin().get(path).expect(200).at("/items/0/enabled").asBoolean());
        somebody().client().get(path).expect(403);
        box.admin().post("/shared_voicemails/none/greetings", "{\"file_id\":\"x\"}").expect(404);
        box.admin().post(path + "/" + greeting + "/disable").expect(200);
        box.admin().post(path + "/" + greeting + "/destroy").expect(204);
        box.admin().post(path + "/" + greeting + "/enable").expect(404);
    }
}
