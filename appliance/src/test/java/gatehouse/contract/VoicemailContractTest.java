package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import gatehouse.voicemail.Mailbox;
import gatehouse.voicemail.Voicemails.Deposited;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voicemail over HTTP, with messages that are real WAV files. */
class VoicemailContractTest {
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

    private String leave(Mailbox mailbox, String sender, Instant at, double seconds) throws IOException {
        var left = box.voicemails().deposit(mailbox, sender, "A caller", at, Sounds.wav(folder, seconds));
        return ((Deposited.Kept) left).voicemail().id();
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.get("items").spliterator(), false).map(item -> item.get("id").asText()).toList();
    }

    private static String rule(ApiClient.Reply reply) {
        return reply.expect(400).at("/errors/0/detail/field").asText() + " " + reply.body().at("/errors/0/detail/rule").asText();
    }

    private static ObjectNode aSharedOne() {
        var extension = Integer.toString(++number);
        return JSON.createObjectNode().put("name", "Sales " + extension).put("extension_number", extension).put("pin", "246813");
    }

    @Test
    void a_message_is_listed_shown_and_heard() throws Exception {
        var alice = somebody();
        var wav = Sounds.wav(folder, 3.4);
        var sound = Files.readAllBytes(wav);
        var mail = ((Deposited.Kept) box.voicemails().deposit(alice.mailbox(), "+493012345", "Door", MORNING, wav)).voicemail();
        assertFalse(Files.exists(wav), "the box keeps it now");
        var listed = alice.client().get("/voicemails").expect(200);
        assertEquals(1, listed.get("count").asInt());
        var shown = alice.client().get("/voicemails/" + mail.id()).expect(200);
        assertEquals(shown, listed.get("items").get(0));
        assertEquals("+493012345", shown.get("sender").asText());
        assertEquals("2026-03-02T08:00:00Z", shown.get("created_at").asText());
        assertEquals(3, shown.get("duration").asInt());
        assertEquals("UNREAD", shown.get("status").asText());
        assertEquals("voicemail-+493012345-20260302T080000Z.wav", shown.get("file_name").asText());
        assertEquals(sound.length, shown.get("file_size").asInt());
        var heard = Uploading.send(box.stranger().request(shown.get("file_url").asText()).GET(), BodyHandlers.ofByteArray());
        assertArrayEquals(sound, heard.body());
        assertEquals("audio/wav", heard.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void messages_come_newest_first_in_pages_and_can_be_filtered() throws IOException {
        var alice = somebody();
        var left = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            left.addFirst(leave(alice.mailbox(), i % 2 == 0 ? "301" : "302", MORNING.plus(Duration.ofHours(i)), 1 + i));
        }
        assertEquals(left, ids(alice.client().get("/voicemails").expect(200)));
        var page = alice.client().get("/voicemails?skip=1&top=2").expect(200);
        assertEquals(5, page.get("count").asInt());
        assertEquals(left.subList(1, 3), ids(page));
        assertEquals(List.of(left.get(1), left.get(3)), ids(alice.client().get("/voicemails?filter=sender%20eq%20'302'").expect(200)));
        assertEquals(left.subList(0, 2), ids(alice.client().get("/voicemails?filter=created_at%20gt%202026-03-02T10:00:00Z").expect(200)));
        assertEquals(left.reversed(), ids(alice.client().get("/voicemails?orderby=duration").expect(200)));
        alice.client().post("/voicemails/" + left.get(2) + "/set_read").expect(200);
        assertEquals(List.of(left.get(2)), ids(alice.client().get("/voicemails?filter=status%20eq%20'READ'").expect(200)));
        assertEquals(3, alice.client().get("/voicemails?search=301").expect(200).get("count").asInt());
        assertEquals("filter unknown", rule(alice.client().get("/voicemails?filter=shared_id%20eq%20'x'")));
    }

    @Test
    void a_message_is_marked_as_read_and_as_unread_again() throws IOException {
        var alice = somebody();
        var id = leave(alice.mailbox(), "301", MORNING, 1);
        assertEquals(1, box.voicemails().count(alice.mailbox()).unread());
        for (var act : List.of("set_read", "set_read", "set_unread", "set_read")) {
            assertEquals("", alice.client().post("/voicemails/" + id + "/" + act).text());
            assertEquals(act.equals("set_read") ? "READ" : "UNREAD", alice.client().get("/voicemails/" + id).expect(200).get("status").asText());
        }
        assertEquals(0, box.voicemails().count(alice.mailbox()).unread());
        assertEquals(1, box.voicemails().count(alice.mailbox()).read());
    }

    @Test
    void a_message_that_is_removed_takes_its_sound_along() throws Exception {
        var alice = somebody();
        var id = leave(alice.mailbox(), "301", MORNING, 2.6);
        var url = alice.client().get("/voicemails/" + id).expect(200).get("file_url").asText();
        assertEquals(200, Uploading.send(box.stranger().request(url).GET()).statusCode());
        alice.client().post("/voicemails/" + id + "/destroy").expect(204);
        alice.client().get("/voicemails/" + id).expect(404);
        alice.client().post("/voicemails/" + id + "/destroy").expect(404);
        alice.client().post("/voicemails/" + id + "/set_read").expect(404);
        eventually(Duration.ofSeconds(30), () -> Uploading.send(box.stranger().request(url).GET()).statusCode() == 404);
    }

    @Test
    void nobody_sees_anothers_messages_not_even_an_administrator() throws IOException {
        var alice = somebody();
        var bob = somebody();
        var id = leave(alice.mailbox(), "301", MORNING, 1);
        for (var other : List.of(bob.client(), box.admin())) {
            assertFalse(other.get("/voicemails").text().contains(id));
            other.get("/voicemails/" + id).expect(404);
            other.post("/voicemails/" + id + "/set_read").expect(404);
            other.post("/voicemails/" + id + "/destroy").expect(404);
        }
        assertEquals("UNREAD", alice.client().get("/voicemails/" + id).expect(200).get("status").asText());
        assertFalse(box.admin().get("/files?search=voicemail").text().contains("voicemail-301"), "files of the box are not listed");
    }

    @Test
    void short_and_silent_messages_are_not_kept() throws IOException {
        var alice = somebody();
        assertEquals(new Deposited.TooShort(), box.voicemails().deposit(alice.mailbox(), "301", "", MORNING, Sounds.wav(folder, 0.9)));
        var broken = Files.writeString(folder.resolve("broken.wav"), "RIFF");
        assertEquals(new Deposited.TooShort(), box.voicemails().deposit(alice.mailbox(), "301", "", MORNING, broken));
        assertFalse(Files.exists(broken));
        assertEquals(new Deposited.NoSuchMailbox(), box.voicemails().deposit(new Mailbox.Own("nobody"), "301", "", MORNING, Sounds.wav(folder, 2)));
        assertEquals(new Deposited.NoSuchMailbox(), box.voicemails().deposit(new Mailbox.Shared("nobody"), "301", "", MORNING, Sounds.wav(folder, 2)));
        assertEquals(0, alice.client().get("/voicemails").expect(200).get("count").asInt());
    }

    @Test
    void the_servers_settings_have_defaults_a_number_of_their_own_and_are_the_administrators() {
        var fresh = box.admin().get("/voicemail").expect(200);
        assertEquals(30, fresh.get("retain_days").asInt());
        assertEquals(1, fresh.get("min_seconds").asInt());
        assertTrue(fresh.get("extension_number").isNull());
        var extension = Integer.toString(++number);
        box.admin().post("/voicemail", "{\"extension_number\":\"" + extension + "\",\"retain_days\":7}").expect(200);
        var changed = box.admin().get("/voicemail").expect(200);
        assertEquals(extension, changed.get("extension_number").asText());
        assertEquals(7, changed.get("retain_days").asInt());
        assertEquals(1, changed.get("min_seconds").asInt());
        assertEquals(409, box.admin().post("/users", Box.aUser(extension)).status());
        var user = somebody();
        assertEquals(409, box.admin().post("/voicemail", "{\"extension_number\":\"" + number + "\"}").status());
        assertEquals("retain_days minimum", rule(box.admin().post("/voicemail", "{\"retain_days\":-1}")));
        assertEquals("extension_number pattern", rule(box.admin().post("/voicemail", "{\"extension_number\":\"12a\"}")));
        user.client().get("/voicemail").expect(403);
        user.client().post("/voicemail", "{\"retain_days\":1}").expect(403);
        box.admin().post("/voicemail", "{\"extension_number\":null,\"retain_days\":null}").expect(200);
        assertTrue(box.admin().get("/voicemail").expect(200).get("extension_number").isNull());
        assertEquals(30, box.admin().get("/voicemail").expect(200).get("retain_days").asInt());
        assertEquals(201, box.admin().post("/users", Box.aUser(extension)).status(), "the number is free again");
        assertTrue(box.admin().get("/audit_logs?top=50").text().contains("VOICEMAIL_SERVER"));
    }

    @Test
    void a_shared_voicemail_is_made_changed_and_removed() throws IOException {
        var body = aSharedOne().put("recipients", "a@box.test, b@box.test").put("prompt", "de-DE").put("play_datetime", "24_HOUR_CLOCK");
        var id = box.admin().post("/shared_voicemails", body).expect(201).get("id").asText();
        var shown = box.admin().get("/shared_voicemails/" + id).expect(200);
        assertEquals(body.get("name"), shown.get("name"));
        assertTrue(shown.get("enable_pin").asBoolean());
        assertFalse(shown.get("enable_email_notify").asBoolean());
        assertEquals("246813", shown.get("pin").asText());
        box.admin().post("/shared_voicemails/" + id, "{\"name\":\"Renamed\",\"enable_pin\":false,\"prompt\":null,\"recipients\":\"c@box.test\"}").expect(200);
        var changed = box.admin().get("/shared_voicemails/" + id).expect(200);
        assertEquals("Renamed", changed.get("name").asText());
        assertFalse(changed.get("enable_pin").asBoolean());
        assertTrue(changed.get("prompt").isNull());
        assertEquals("24_HOUR_CLOCK", changed.get("play_datetime").asText(), "what is left out stays");
        assertEquals(1, box.admin().get("/shared_voicemails?filter=name%20eq%20'Renamed'").expect(200).get("count").asInt());
        assertEquals("extension_number unknown", rule(box.admin().post("/shared_voicemails/" + id, "{\"extension_number\":\"299\"}")));
        box.admin().post("/shared_voicemails/" + id, "{\"enable_pin\":null}").expect(200);
        assertTrue(box.admin().get("/shared_voicemails/" + id).expect(200).get("enable_pin").asBoolean(), "cleared is the default");

        var mailbox = new Mailbox.Shared(id);
        var mail = leave(mailbox, "301", MORNING, 2.2);
        var url = box.admin().get("/shared_voicemails/" + id + "/voicemails/" + mail).expect(200).get("file_url").asText();
        var file = Uploading.file(box.admin(), Sounds.wav(folder, 1.1));
        box.admin().post("/shared_voicemails/" + id + "/greetings", "{\"file_id\":\"" + file + "\"}").expect(201);
        box.admin().post("/shared_voicemails/" + id + "/destroy").expect(204);
        box.admin().get("/shared_voicemails/" + id).expect(404);
        box.admin().get("/shared_voicemails/" + id + "/voicemails").expect(404);
        box.admin().get("/files/" + file).expect(404);
        eventually(Duration.ofSeconds(30), () -> Uploading.send(box.stranger().request(url).GET()).statusCode() == 404);
        assertEquals(201, box.admin().post("/users", Box.aUser(body.get("extension_number").asText())).status(), "its number is free again");
    }

    @Test
    void a_shared_voicemail_keeps_its_rules() {
        var first = aSharedOne();
        box.admin().post("/shared_voicemails", first).expect(201);
        assertEquals(409, box.admin().post("/shared_voicemails", aSharedOne().put("name", first.get("name").asText().toUpperCase(java.util.Locale.ROOT))).status());
        assertEquals(409, box.admin().post("/shared_voicemails", aSharedOne().put("extension_number", first.get("extension_number").asText())).status());
        assertEquals("pin sequence", rule(box.admin().post("/shared_voicemails", aSharedOne().put("pin", "123456"))));
        assertEquals("pin pattern", rule(box.admin().post("/shared_voicemails", aSharedOne().put("pin", "abcdef"))));
        assertEquals("pin minLength", rule(box.admin().post("/shared_voicemails", aSharedOne().put("pin", "2468"))));
        assertEquals("recipients format", rule(box.admin().post("/shared_voicemails", aSharedOne().put("recipients", "a@box.test; b@box.test"))));
        assertEquals("recipients most", rule(box.admin().post("/shared_voicemails", aSharedOne().put("recipients", "a@b.test,".repeat(16)))));
        assertEquals("prompt pattern", rule(box.admin().post("/shared_voicemails", aSharedOne().put("prompt", "english please"))));
        var none = aSharedOne();
        none.remove("pin");
        assertEquals("pin required", rule(box.admin().post("/shared_voicemails", none)));
        var id = box.admin().post("/shared_voicemails", aSharedOne()).expect(201).get("id").asText();
        assertEquals("name required", rule(box.admin().post("/shared_voicemails/" + id, "{\"name\":null}")));
        assertEquals("pin required", rule(box.admin().post("/shared_voicemails/" + id, "{\"pin\":null}")));
    }

    @Test
    void shared_messages_are_read_and_removed_by_who_may() throws IOException {
        var id = box.admin().post("/shared_voicemails", aSharedOne()).expect(201).get("id").asText();
        var other = box.admin().post("/shared_voicemails", aSharedOne()).expect(201).get("id").asText();
        var mail = leave(new Mailbox.Shared(id), "301", MORNING, 1.5);
        var path = "/shared_voicemails/" + id + "/voicemails";
        assertEquals(List.of(mail), ids(box.admin().get(path).expect(200)));
        assertEquals(0, box.admin().get("/shared_voicemails/" + other + "/voicemails").expect(200).get("count").asInt());
        box.admin().get("/shared_voicemails/" + other + "/voicemails/" + mail).expect(404);
        box.admin().get("/voicemails/" + mail).expect(404);
        box.admin().post(path + "/" + mail + "/set_read").expect(200);
        assertEquals("READ", box.admin().get(path + "/" + mail).expect(200).get("status").asText());
        box.admin().post(path + "/" + mail + "/set_unread").expect(200);
        var alice = somebody();
        alice.client().get(path).expect(403);
        alice.client().get(path + "/" + mail).expect(403);
        alice.client().post(path + "/" + mail + "/destroy").expect(403);
        alice.client().get("/shared_voicemails").expect(403);

        var looker = looker();
        assertEquals("UNREAD", looker.get(path + "/" + mail).expect(200).get("status").asText());
        assertTrue(looker.get("/shared_voicemails/" + id).expect(200).get("pin").isNull(), "a PIN is for who may set it");
        assertFalse(looker.get("/shared_voicemails").text().contains("246813"));
        looker.post(path + "/" + mail + "/set_read").expect(403);
        looker.post(path + "/" + mail + "/destroy").expect(403);
        box.admin().post(path + "/" + mail + "/destroy").expect(204);
        box.admin().get(path + "/" + mail).expect(404);
        var audit = box.admin().get("/audit_logs?top=20").expect(200).get("items").toString();
        assertTrue(audit.contains("message from 301"), audit);
        assertFalse(audit.contains("246813"), "no PIN in the audit log");
    }

    /** Who may look at the phone system and not change it. */
    private static ApiClient looker() {
        box.admin().post("/roles", "{\"name\":\"Looker\",\"permissions\":{\"phone_system\":{\"view_only\":true}}}").expect(201);
        var extension = Integer.toString(++number);
        box.admin().post("/users", Box.aUser(extension).put("role", "Looker")).expect(201);
        return box.stranger().signedIn("user" + extension, "password-" + extension);
    }

    @Test
    void messages_and_greetings_are_there_after_a_restart() throws IOException {
        try (var other = Box.start()) {
            var id = other.user("201");
            other.voicemails().deposit(new Mailbox.Own(id), "301", "", MORNING, Sounds.wav(folder, 1.3));
            var client = other.stranger().signedIn("user201", "password-201");
            var file = Uploading.file(client, Sounds.wav(folder, 1.4));
            client.post("/user/greetings", "{\"file_id\":\"" + file + "\"}").expect(201);
            var before = client.get("/voicemails").expect(200);
            other.restart();
            var again = other.stranger().signedIn("user201", "password-201");
            assertEquals(before, again.get("/voicemails").expect(200));
            assertEquals(200, Uploading.send(other.stranger().request(before.at("/items/0/file_url").asText()).GET()).statusCode());
            assertEquals(1, again.get("/user/greetings").expect(200).get("items").size());
        }
    }
}
