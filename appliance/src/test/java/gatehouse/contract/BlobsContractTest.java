package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads, downloads and files, as an existing client and a player use them. */
class BlobsContractTest {
    private static final byte[] NOTHING = new byte[0];
    private static Box box;
    private static ApiClient alice;
    private static ApiClient bob;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        box.user("102");
        alice = box.stranger().signedIn("user101", "password-101");
        bob = box.stranger().signedIn("user102", "password-102");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static byte[] bytes(int count, long seed) {
        var bytes = new byte[count];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(bytes);
        return bytes;
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<byte[]> download(String path, String... headers) {
        var request = box.stranger().request(path).GET();
        return Uploading.send(headers.length == 0 ? request : request.headers(headers), BodyHandlers.ofByteArray());
    }

    private static String stored(byte[] bytes) {
        Uploading.begin(alice, "").complete(bytes, "").expect(201);
        return "/blobs/" + digest(bytes);
    }

    @Test
    void an_upload_in_parts_becomes_a_file() {
        var bytes = bytes(300_000, 1);
        var upload = Uploading.begin(alice, "?filename=hold%20music.wav");
        assertEquals("", header(upload.status(), "Range"), "a range has at least one byte");
        var first = upload.append(Arrays.copyOf(bytes, 100_000), "Content-Range", "bytes 0-99999/300000");
        assertEquals(203, first.statusCode(), first.body());
        assertEquals("0-99999", header(first, "Range"));
        assertEquals(upload.token(), header(first, "PortSIP-Upload-Token"));
        assertEquals(203, upload.append(Arrays.copyOfRange(bytes, 100_000, 150_000)).statusCode());
        var status = upload.status();
        assertEquals(204, status.statusCode());
        assertEquals("0-149999", header(status, "Range"));
        var id = upload.complete(Arrays.copyOfRange(bytes, 150_000, 300_000), "?digest=" + digest(bytes)).expect(201).get("id").asText();

        var file = box.admin().get("/files/" + id).expect(200);
        assertEquals("hold music.wav", file.get("name").asText());
        assertEquals(300_000, file.get("size").asInt());
        assertEquals("application/octet-stream", file.get("media_type").asText());
        assertTrue(file.get("created_at").asText().endsWith("Z"));
        assertArrayEquals(bytes, download("/blobs/" + digest(bytes)).body());
        assertArrayEquals(bytes, download("/blobs/" + digest(bytes).substring(7)).body(), "and by the digits alone");
        assertEquals(id, upload.complete(NOTHING, "").expect(201).get("id").asText(), "an answer that was lost can be had again");
    }

    @Test
    void bytes_from_elsewhere_than_the_end_are_refused_and_tell_where_to_go_on() {
        var upload = Uploading.begin(alice, "");
        upload.append(bytes(1_000, 2));
        for (var range : List.of("bytes 0-999/2000", "500-1499", "bytes 1001-2000/*")) {
            var refused = upload.append(bytes(1_000, 3), "Content-Range", range);
            assertEquals(416, refused.statusCode(), range);
            assertTrue(refused.body().contains("RANGE_NOT_SATISFIABLE"), refused.body());
            assertEquals("0-999", header(refused, "Range"));
        }
        for (var range : List.of("bytes 1000-999/2000", "bytes 1000-2999/2000", "chapters 1-2", "-5", "bytes 99999999999999999999-1")) {
            assertEquals(400, upload.append(bytes(1_000, 3), "Content-Range", range).statusCode(), range);
        }
        assertEquals(400, upload.append(bytes(10, 3), "Content-Range", "bytes 1000-1999/2000").statusCode(), "fewer than promised");
        assertEquals("0-999", header(upload.status(), "Range"));
        assertEquals(203, upload.append(bytes(1_000, 3), "Range", "bytes=1000-1999").statusCode());
    }

    @Test
    void what_arrived_otherwise_than_it_was_sent_is_no_file() {
        var upload = Uploading.begin(alice, "");
        upload.append(bytes(1_000, 4));
        var refused = upload.complete(NOTHING, "?digest=" + digest(bytes(1_000, 5)));
        assertEquals("digest", refused.expect(400).at("/errors/0/detail/rule").asText());
        assertEquals(400, upload.complete(NOTHING, "?digest=md5:abc").status());
        upload.complete(NOTHING, "?digest=" + digest(bytes(1_000, 4)).toUpperCase(java.util.Locale.ROOT).replace("SHA256", "sha256")).expect(201);
        assertEquals("minLength", Uploading.begin(alice, "").complete(NOTHING, "").expect(400).at("/errors/0/detail/rule").asText());
    }

    @Test
    void an_upload_belongs_to_who_began_it_and_to_who_knows_its_token() {
        var upload = Uploading.begin(alice, "");
        upload.append(bytes(10, 6));
        var others = new Uploading.Begun(bob, upload.id(), upload.token());
        assertEquals(404, others.status().statusCode());
        assertEquals(404, others.append(bytes(10, 6)).statusCode());
        others.complete(NOTHING, "").expect(404);
        bob.post("/blobs/uploads/" + upload.id() + "/destroy").expect(404);
        var guessed = new Uploading.Begun(alice, upload.id(), "x".repeat(52));
        assertEquals(403, guessed.append(bytes(10, 6)).statusCode());
        guessed.complete(NOTHING, "").expect(403);
        assertEquals("required", alice.post("/blobs/uploads/" + upload.id() + "/append").expect(400).at("/errors/0/detail/rule").asText());
        box.stranger().post("/blobs/uploads").expect(401);
        assertEquals("0-9", header(upload.status(), "Range"), "nothing of it was taken");
        alice.post("/blobs/uploads/" + upload.id() + "/destroy").expect(204);
        assertEquals(404, upload.status().statusCode());
        upload.complete(NOTHING, "").expect(404);
    }

    @Test
    void a_file_can_be_had_in_parts() {
        var bytes = bytes(200_000, 7);
        var path = stored(bytes);
        var whole = download(path);
        assertEquals(200, whole.statusCode());
        assertEquals("200000", header(whole, "Content-Length"));
        assertEquals("bytes", header(whole, "Accept-Ranges"));
        var etag = header(whole, "ETag");
        assertTrue(etag.startsWith("\"") && etag.endsWith("\""), etag);
        record Part(String range, int from, int to) { }
        for (var part : List.of(new Part("bytes=0-0", 0, 1), new Part("bytes=0-", 0, 200_000), new Part("bytes=100-199", 100, 200),
                new Part("bytes=199990-", 199_990, 200_000), new Part("bytes=-10", 199_990, 200_000), new Part("bytes=-900000", 0, 200_000),
                new Part("bytes=5-900000", 5, 200_000), new Part("bytes=65530-131080", 65_530, 131_081))) {
            var answer = download(path, "Range", part.range);
            assertEquals(206, answer.statusCode(), part.range);
            assertEquals("bytes " + part.from + "-" + (part.to - 1) + "/200000", header(answer, "Content-Range"));
            assertArrayEquals(Arrays.copyOfRange(bytes, part.from, part.to), answer.body(), part.range);
        }
        for (var outside : List.of("bytes=200000-", "bytes=200000-200001", "bytes=-0")) {
            var answer = download(path, "Range", outside);
            assertEquals(416, answer.statusCode(), outside);
            assertEquals("bytes */200000", header(answer, "Content-Range"));
        }
        for (var ignored : List.of("bytes=5-4", "bytes=0-1,5-6", "chapters=1-2", "bytes=", "bytes=-", "bytes=x-")) {
            assertEquals(200, download(path, "Range", ignored).statusCode(), ignored);
        }
        assertEquals(206, download(path, "Range", "bytes=0-9", "If-Range", etag).statusCode());
        assertEquals(200, download(path, "Range", "bytes=0-9", "If-Range", "\"another\"").statusCode());
        assertEquals(200, download(path, "Range", "bytes=0-9", "If-Range", "Wed, 21 Oct 2015 07:28:00 GMT").statusCode());
    }

    @Test
    void a_file_that_is_known_is_not_sent_again() {
        var path = stored(bytes(1_000, 8));
        var etag = header(download(path), "ETag");
        for (var known : List.of(etag, "\"x\", " + etag, "W/" + etag, "*")) {
            var answer = download(path, "If-None-Match", known);
            assertEquals(304, answer.statusCode(), known);
            assertEquals(etag, header(answer, "ETag"));
            assertEquals(0, answer.body().length);
        }
        assertEquals(200, download(path, "If-None-Match", "\"x\"").statusCode());
    }

    @Test
    void its_headers_alone_can_be_asked_for() {
        var path = stored(bytes(1_000, 9));
        for (int i = 0; i < 3; i++) { // over one connection: a body that came all the same would spoil the next answer
            var head = Uploading.send(box.stranger().request(path).method("HEAD", BodyPublishers.noBody()), BodyHandlers.ofByteArray());
            assertEquals(200, head.statusCode());
            assertEquals("1000", header(head, "Content-Length"));
            assertEquals(0, head.body().length);
        }
        assertEquals(404, Uploading.send(box.stranger().request("/blobs/" + digest(bytes(1, 10))).method("HEAD", BodyPublishers.noBody())).statusCode());
        assertEquals(405, Uploading.send(alice.request("/events").method("HEAD", BodyPublishers.noBody())).statusCode());
        assertEquals(401, Uploading.send(box.stranger().request("/users").method("HEAD", BodyPublishers.noBody())).statusCode());
        assertEquals(200, Uploading.send(box.admin().request("/users").method("HEAD", BodyPublishers.noBody())).statusCode());
    }

    @Test
    void what_a_stranger_cannot_name_a_stranger_cannot_have() {
        for (var name : List.of("sha256:" + "0".repeat(64), "x", "..%2f..%2fkeys%2fbox.key", "sha256:" + "0".repeat(63), "0".repeat(62) + "%2e%2e")) {
            assertEquals(404, download("/blobs/" + name).statusCode(), name);
        }
    }

    @Test
    void a_browser_runs_nothing_of_a_file() throws IOException {
        var page = download(stored("<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        assertEquals("application/octet-stream", header(page, "Content-Type"));
        assertEquals("attachment", header(page, "Content-Disposition"));
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertTrue(header(page, "Content-Security-Policy").contains("sandbox"), header(page, "Content-Security-Policy"));
        assertEquals(1, page.headers().allValues("Content-Security-Policy").size());
        var sound = download(stored(Files.readAllBytes(Sounds.wav(folder, 0.5))));
        assertEquals("audio/wav", header(sound, "Content-Type"));
        assertEquals("inline", header(sound, "Content-Disposition"));
    }

    @Test
    void the_address_in_an_answer_works_below_the_api_and_at_the_root() throws Exception {
        var path = stored(bytes(1_000, 11));
        var atRoot = ApiClient.http().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(box.httpsOrigin() + path)).build(), BodyHandlers.ofByteArray());
        assertArrayEquals(bytes(1_000, 11), atRoot.body());
        assertEquals(404, ApiClient.http().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(box.httpsOrigin() + "/blobs/uploads"))
                .POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode(), "uploads have one way in");
    }

    @Test
    void a_body_without_a_length_is_taken_too() {
        var bytes = bytes(500_000, 12);
        var upload = Uploading.begin(alice, "");
        var request = alice.request("/blobs/uploads/" + upload.id() + "/append").header("PortSIP-Upload-Token", upload.token())
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        assertEquals(203, Uploading.send(request).statusCode());
        upload.complete(NOTHING, "?digest=" + digest(bytes)).expect(201);
    }

    @Test
    void a_file_has_a_largest_size() throws IOException {
        var upload = Uploading.begin(alice, "");
        var refused = upload.append(bytes(10, 13), "Content-Range", "bytes 0-9/104857601");
        assertEquals(413, refused.statusCode(), "told so at the first byte, not at the last");
        assertTrue(refused.body().contains("PAYLOAD_TOO_LARGE"), refused.body());
        assertEquals(203, upload.append(bytes(10, 13), "Content-Range", "bytes 0-9/104857600").statusCode());
        assertTrue(byHand("POST /api/blobs/uploads/" + upload.id() + "/append HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\n").contains(" 413 "));
    }

    /** The first line of the answer. */
    private static String byHand(String request) throws IOException {
        try (var socket = ApiClient.http().sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), box.config().httpsPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var line = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; next = socket.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        }
    }

    @Test
    void a_connection_that_breaks_leaves_what_came_and_the_upload_goes_on() throws IOException {
        var bytes = bytes(200_000, 14);
        var upload = Uploading.begin(bob, "");
        var token = box.stranger().post("/auth/sign_in", "{\"username\":\"user102\",\"password\":\"password-102\"}").expect(200).get("access_token").asText();
        try (var socket = ApiClient.http().sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), box.config().httpsPort())) {
            var out = socket.getOutputStream();
            out.write(("POST /api/blobs/uploads/" + upload.id() + "/append HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\nPortSIP-Upload-Token: "
                    + upload.token() + "\r\nContent-Length: 200000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes, 0, 70_000);
            out.flush();
            var draft = box.config().data().resolve("uploads").resolve(upload.id());
            eventually(Duration.ofSeconds(30), () -> Files.exists(draft) && Files.size(draft) > 0); // a reset would take back the rest
        }
        var range = eventually(Duration.ofSeconds(30), () -> header(upload.status(), "Range"), text -> !text.isEmpty());
        var received = Integer.parseInt(range.substring(2)) + 1;
        assertTrue(received > 0 && received <= 70_000, range);
        var rest = Arrays.copyOfRange(bytes, received, 200_000); // told to try again while the broken request is still ending
        eventually(Duration.ofSeconds(30), () -> upload.append(rest, "Content-Range", "bytes " + received + "-199999/200000").statusCode(),
                status -> status == 203);
        upload.complete(NOTHING, "?digest=" + digest(bytes)).expect(201);
    }

    @Test
    void slow_uploads_and_downloads_do_not_hold_up_others() throws IOException {
        var token = box.stranger().post("/auth/sign_in", "{\"username\":\"user102\",\"password\":\"password-102\"}").expect(200).get("access_token").asText();
        var sockets = new java.util.ArrayList<java.net.Socket>();
        var uploads = new java.util.ArrayList<Uploading.Begun>();
        try {
            for (int i = 0; i < 6; i++) {
                var upload = Uploading.begin(bob, "");
                uploads.add(upload);
                var socket = ApiClient.http().sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), box.config().httpsPort());
                sockets.add(socket);
                socket.getOutputStream().write(("POST /api/blobs/uploads/" + upload.id() + "/append HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                        + "\r\nPortSIP-Upload-Token: " + upload.token() + "\r\nContent-Length: 200000\r\n\r\nfirst").getBytes(StandardCharsets.ISO_8859_1));
            }
            for (var upload : uploads) {
                var draft = box.config().data().resolve("uploads").resolve(upload.id());
                eventually(Duration.ofSeconds(30), () -> Files.exists(draft) && Files.size(draft) == "first".length());
                assertEquals(409, upload.append(new byte[1]).statusCode(), "one request at a time");
            }
            var started = System.nanoTime();
            stored(bytes(1_000_000, 15));
            box.admin().get("/users").expect(200);
            assertTrue(Duration.ofNanos(System.nanoTime() - started).toSeconds() < 10);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        for (var upload : uploads) {
            eventually(Duration.ofSeconds(30), () -> bob.post("/blobs/uploads/" + upload.id() + "/destroy").status() == 204);
        }
    }

    @Test
    void nobody_begins_without_end() {
        box.user("103");
        var carol = box.stranger().signedIn("user103", "password-103");
        for (int i = 0; i < 8; i++) {
            Uploading.begin(carol, "");
        }
        assertEquals("TOO_MANY_REQUESTS", carol.post("/blobs/uploads").expect(429).at("/errors/0/code").asText());
    }

    @Test
    void files_are_listed_filtered_and_removed_by_who_may() throws IOException {
        var wav = Uploading.file(alice, Files.copy(Sounds.wav(folder, 0.2), folder.resolve("welcome.wav")));
        Uploading.begin(alice, "?filename=..%2F..%2Fetc%2Fnotes.bin&temporary=true").complete(bytes(77, 16), "").expect(201);
        assertEquals(403, alice.get("/files").status());
        var sounds = box.admin().get("/files?filter=media_type%20eq%20'audio/wav'%20and%20name%20eq%20'welcome.wav'").expect(200);
        assertEquals(1, sounds.get("count").asInt());
        assertEquals(wav, sounds.at("/items/0/id").asText());
        assertEquals("notes.bin", box.admin().get("/files?filter=size%20eq%2077").expect(200).at("/items/0/name").asText(), "without the path");
        assertEquals(1, box.admin().get("/files?search=welcome&top=1").expect(200).get("items").size());
        var digest = digest(Files.readAllBytes(folder.resolve("welcome.wav")));
        assertEquals(200, download("/blobs/" + digest).statusCode());
        alice.post("/files/" + wav + "/destroy").expect(403);
        box.admin().post("/files/" + wav + "/destroy").expect(204);
        box.admin().post("/files/" + wav + "/destroy").expect(404);
        box.admin().get("/files/" + wav).expect(404);
        eventually(Duration.ofSeconds(30), () -> download("/blobs/" + digest).statusCode() == 404);
        assertFalse(Files.exists(box.config().data().resolve("blobs").resolve(digest.substring(7, 9)).resolve(digest.substring(9))));
        var audit = box.admin().get("/audit_logs?top=3").expect(200).get("items").toString();
        assertTrue(audit.contains("welcome.wav") && audit.contains("DELETE"), audit);
    }

    @Test
    void one_content_lies_there_once_and_goes_with_its_last_file() {
        var bytes = bytes(5_000, 17);
        var one = Uploading.begin(alice, "?filename=one").complete(bytes, "").expect(201).get("id").asText();
        var two = Uploading.begin(bob, "?filename=two").complete(bytes, "").expect(201).get("id").asText();
        assertFalse(one.equals(two));
        box.admin().post("/files/" + one + "/destroy").expect(204);
        assertEquals("two", box.admin().get("/files/" + two).expect(200).get("name").asText());
        assertArrayEquals(bytes, download("/blobs/" + digest(bytes)).body());
        box.admin().post("/files/" + two + "/destroy").expect(204);
        eventually(Duration.ofSeconds(30), () -> download("/blobs/" + digest(bytes)).statusCode() == 404);
    }

    @Test
    void query_parameters_are_checked() {
        assertEquals("temporary", alice.post("/blobs/uploads?temporary=maybe").expect(400).at("/errors/0/detail/field").asText());
        assertEquals("size", alice.post("/blobs/uploads?size=1").expect(400).at("/errors/0/detail/field").asText());
    }
}
