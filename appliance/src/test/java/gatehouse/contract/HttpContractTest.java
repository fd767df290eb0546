package gatehouse.contract;

import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What HTTP itself promises, whatever the operation: refusals in one shape, bodies read strictly, ports that know their place. */
class HttpContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Reply raw(String path, String type, byte[] body) {
        return box.admin().send(box.admin().request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static Reply signIn(byte[] body) {
        return box.stranger().send(box.stranger().request("/auth/sign_in").header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    private static void assertRefused(int status, String code, Reply reply) {
        var error = reply.expect(status).get("errors").get(0);
        assertEquals(code, error.get("code").asText(), reply.text());
        assertFalse(error.get("message").asText().isBlank());
        assertTrue(error.get("detail").isObject());
    }

    @Test
    void json_that_breaks_off_says_where_it_began_in_plain_words() {
        var words = raw("/users/x/password", "application/json", "{\"password\":\"1\"".getBytes(StandardCharsets.UTF_8)).body().at("/errors/0/message").asText();
        assertTrue(words.contains("(start marker at line: 1, column: 1)") && !words.contains("Source"), words);
    }

    @Test
    void json_that_is_not_quite_json_is_refused() {
        for (var text : List.of("", "{", "[]", "null", "7", "\"text\"", "{}{}", "{} x", "{'a':1}", "{\"a\":1,}", "{\"a\":01}", "{\"a\":NaN}", "\uFEFF{}",
                "{\"password\":\"12345678\",\"password\":\"12345678\"}", "{\"password\":\"tab\there is raw\"}", "{\"password\":\"\\ud800 half a pair\"}",
                "{\"password\":\"\\u0000nul in front\"}", "😀", "{\"a\":" + "9".repeat(60) + "}", "[".repeat(40) + "]".repeat(40), "/* c */{}")) {
            assertRefused(400, "VALIDATE_FAILED", raw("/users/x/password", "application/json", text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        var before = "{\"password\":\"";
        for (var bytes : List.of(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xc0, (byte) 0xaf}, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, new byte[] {(byte) 0xe2, (byte) 0x82})) {
            var body = new byte[before.length() + bytes.length + 10];
            System.arraycopy(before.getBytes(StandardCharsets.UTF_8), 0, body, 0, before.length());
            System.arraycopy(bytes, 0, body, before.length(), bytes.length);
            System.arraycopy("12345678\"}".getBytes(StandardCharsets.UTF_8), 0, body, before.length() + bytes.length, 10);
            assertRefused(400, "VALIDATE_FAILED", raw("/users/x/password", "application/json", body));
        }
        assertRefused(400, "VALIDATE_FAILED", raw("/users/x/password", "application/json", "{\"password\":\"12345678\"}".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void a_body_of_another_type_is_refused() {
        for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            assertRefused(415, "UNSUPPORTED_MEDIA_TYPE", raw("/users/x/password", type, "{\"password\":\"12345678\"}".getBytes(StandardCharsets.UTF_8)));
        }
        assertRefused(404, "NOT_FOUND", raw("/users/x/password", "application/json; charset=utf-8", "{\"password\":\"12345678\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_body_that_is_too_large_is_refused_and_a_strangers_sooner() {
        var large = ("{\"password\":\"" + "x".repeat(300 << 10) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertRefused(413, "PAYLOAD_TOO_LARGE", raw("/users/x/password", "application/json", large));
        assertRefused(413, "PAYLOAD_TOO_LARGE", signIn(("{\"username\":\"a\",\"password\":\"" + "x".repeat(20 << 10) + "\"}").getBytes(StandardCharsets.UTF_8)));
        var chunked = box.admin().request("/users/x/password").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)));
        assertRefused(413, "PAYLOAD_TOO_LARGE", box.admin().send(chunked));
    }

    @Test
    void one_chunk_does_not_fill_the_memory() throws IOException {
        for (var length : List.of("7fffffff", "5000000", "40001")) {
            for (var path : List.of("/api/auth/sign_in", "/api/users", "/api/nothing", "/")) {
                var answer = byHandHttps("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + length + "\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 4"), length + " " + path + " → " + answer);
            }
        }
        assertTrue(byHandHttps("POST /api/auth/sign_in HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\n{}\r\n0\r\n\r\n").contains(" 400 "), "small ones are read");
    }

    @Test
    void a_body_that_nobody_wants_is_not_waited_for() throws IOException {
        try (var socket = ApiClient.http().sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), box.config().httpsPort())) {
            socket.setSoTimeout(200);
            socket.getOutputStream().write("POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            var started = System.nanoTime();
            while (!ended(socket, answer)) { // a byte five times a second would take five hours
                assertTrue(System.nanoTime() - started < 20_000_000_000L, "still open: " + answer);
                try {
                    socket.getOutputStream().write('x');
                } catch (IOException closed) {
                    break;
                }
            }
            assertTrue(answer.toString().startsWith("HTTP/1.1 401"), answer.toString());
        }
    }

    private static boolean ended(Socket socket, StringBuilder answer) throws IOException {
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            return true;
        } catch (java.net.SocketTimeoutException nothingNew) {
            return false;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Test
    void a_megabyte_of_nonsense_is_not_answered_with_ten() {
        var fields = new StringBuilder("{");
        for (int i = 0; i < 9_000; i++) {
            fields.append("\"field").append(i).append("\":1,");
        }
        var reply = box.admin().post("/users", fields.append("\"z\":1}").toString());
        assertRefused(400, "VALIDATE_FAILED", reply);
        assertTrue(reply.body().get("errors").size() <= 120, () -> "errors: " + reply.body().get("errors").size());
    }

    @Test
    void paths_and_methods_that_do_not_exist_are_told_apart() throws Exception {
        assertRefused(404, "NOT_FOUND", box.stranger().get("/nothing"));
        assertRefused(404, "NOT_FOUND", box.stranger().get("/users/a/b/c/d"));
        var wrong = ApiClient.http().send(box.stranger().request("/auth/sign_in").GET().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(405, wrong.statusCode());
        assertEquals("POST", wrong.headers().firstValue("Allow").orElse(""));
        for (var method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
            var status = box.admin().send(box.admin().request("/users").method(method, BodyPublishers.noBody())).status();
            assertEquals(405, status, method);
        }
    }

    @Test
    void a_query_may_have_what_rfc_3986_allows_and_nothing_else() throws IOException {
        box.admin().get("/files?$filter=created_at%20gt%202020-01-01T00:00:00Z").expect(200);
        for (var query : List.of("a=b|c", "a={b}", "a=\"b\"", "a=%", "a=%zz", "a=[b]", "a=\u00e4", "a=<b>", "a=\u0001")) {
            for (var path : List.of("/api/users?", "/?")) {
                assertTrue(byHandHttps("GET " + path + query + " HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 400 "), path + query);
            }
            assertTrue(byHand("GET /x?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n").startsWith("HTTP/1.1 400"), query);
        }
    }

    @Test
    void a_slash_that_is_encoded_belongs_to_its_segment() {
        box.admin().get("/users/a%2Fb").expect(404);
        box.admin().get("/users/%E2%82%AC").expect(404);
        box.admin().get("/users/").expect(200);
        assertRefused(404, "NOT_FOUND", box.admin().get("%2Fusers"));
        assertRefused(400, "VALIDATE_FAILED", box.admin().get("/users/%ff%fe"));
    }

    @Test
    void every_answer_has_a_request_id_and_may_not_be_kept() throws Exception {
        var ids = new HashSet<String>();
        for (var path : List.of("/info", "/nothing", "/users", "/openapi.json")) {
            var answer = ApiClient.http().send(box.stranger().request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
            ids.add(answer.headers().firstValue("X-Request-Id").orElse(""));
            assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""), path);
            assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""), path);
            assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""), path);
            assertEquals(answer.statusCode() == 401, answer.headers().firstValue("WWW-Authenticate").isPresent(), path);
        }
        assertEquals(4, ids.size());
    }

    @Test
    void every_operation_has_a_summary_a_permission_and_a_path_that_answers() {
        var document = box.stranger().get("/openapi.json").expect(200);
        assertEquals("3.1.0", document.get("openapi").asText());
        var seen = new HashSet<String>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            var operation = method.getValue();
            assertTrue(seen.add(operation.get("operationId").asText()), operation.toString());
            assertFalse(operation.get("summary").asText().isBlank(), operation.toString());
            if (!operation.get("x-permission").asText().equals("none")) {
                var request = box.stranger().request(path.getKey().replaceAll("\\{.*?}", "x"));
                var reply = box.stranger().send(method.getKey().equals("get") ? request.GET() : request.POST(BodyPublishers.noBody()));
                assertRefused(401, "UNAUTHORIZED", reply);
            }
        }));
        assertTrue(seen.size() > 30, seen.toString());
    }

    /** Speaks plain HTTP by hand, where a proper client would refuse to. */
    private static String byHand(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), box.config().httpPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
                if (answer.indexOf("\r\n\r\n") >= 0) {
                    return answer.toString();
                }
            }
            return answer.toString();
        }
    }

    private static String header(String answer, String name) {
        return answer.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1)).map(line -> line.substring(name.length() + 1).strip())
                .findFirst().orElse("");
    }

    @Test
    void the_http_port_sends_all_but_phones_on_to_https() throws IOException {
        var answer = byHand("GET /users?a=%20b HTTP/1.1\r\nHost: box.test:" + box.config().httpPort() + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 307"), answer);
        assertEquals("https://box.test:" + box.config().httpsPort() + "/users?a=%20b", header(answer, "Location"));
    }

    @Test
    void no_header_can_be_slipped_into_a_redirect() throws IOException {
        for (var request : List.of("GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: box.test\r\n\r\n", "GET / HTTP/1.1\r\nHost: evil.test/path?\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a@evil.test\r\n\r\n", "GET //evil.test/ HTTP/1.1\r\nHost: box.test\r\n\r\n")) {
            var answer = byHand(request);
            assertEquals("", header(answer, "Set-Cookie"), answer);
            assertTrue(header(answer, "Location").matches("https://(box\\.test|127\\.0\\.0\\.1|localhost):" + box.config().httpsPort() + "/.*")
                    || answer.startsWith("HTTP/1.1 400"), answer);
        }
    }

    @Test
    void a_request_that_is_no_http_is_refused_and_the_next_is_served() throws IOException {
        for (var nonsense : List.of("\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(5_000) + "\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nBroken header\r\n\r\n")) {
            String answer;
            try {
                answer = byHand(nonsense);
            } catch (IOException cutOff) {
                answer = "";
            }
            assertFalse(answer.startsWith("HTTP/1.1 5") || answer.startsWith("HTTP/1.1 2"), nonsense.substring(0, Math.min(40, nonsense.length())) + " → " + answer);
        }
        assertTrue(byHand("GET / HTTP/1.1\r\nHost: box.test\r\n\r\n").startsWith("HTTP/1.1 307"));
    }

    @Test
    void a_colon_in_a_query_needs_no_escape() {
        box.admin().post("/user/cdrs/sync_tokens?date_from=2026-01-31T08:00:00Z").expect(201);
        box.admin().post("/user/cdrs/sync_tokens?date_from=2026-01-31T08%3A00%3A00Z").expect(201);
        assertRefused(400, "VALIDATE_FAILED", box.admin().post("/user/cdrs/sync_tokens?date_from=2026-01-31T08%3A60:00Z"));
    }

    @Test
    void a_content_type_that_is_none_is_refused() throws IOException {
        var body = new ObjectMapper().createObjectNode().put("username", "a").put("password", "b").toString();
        for (var type : List.of(";;;", "json", "/", "application/json;", "\u00ff/\u00ff", "application/json; charset=nonsense")) {
            var reply = byHandHttps("POST /api/auth/sign_in HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertFalse(reply.startsWith("HTTP/1.1 5"), type + " → " + reply);
        }
    }

    private static String byHandHttps(String request) throws IOException {
        try (var socket = ApiClient.http().sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), box.config().httpsPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var line = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; next = socket.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        }
    }

    @Test
    void the_page_comes_with_rules_for_what_it_may_load() throws Exception {
        var page = ApiClient.fetch(box.httpsOrigin() + "/only-in-tests.html", "test");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").contains("default-src 'self'"), page.headers().map().toString());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").contains("frame-ancestors 'none'"));
        assertTrue(page.headers().firstValue("ETag").or(() -> page.headers().firstValue("Last-Modified")).isPresent(), "so that it can be asked for if it changed");
        var hashed = ApiClient.fetch(box.httpsOrigin() + "/assets/only-in-tests-1a2b.js", "test");
        assertEquals(200, hashed.statusCode());
        assertEquals("public, max-age=31536000, immutable", hashed.headers().firstValue("Cache-Control").orElse(""));
        for (var escape : List.of("/../gatehouse/store/migrations", "/%2e%2e/gatehouse/store/migrations", "/..%2fgatehouse/store/migrations", "//gatehouse/Main.class")) {
            assertEquals(404, ApiClient.fetch(box.httpsOrigin() + escape, "test").statusCode(), escape);
        }
    }

    @Test
    void what_was_refused_is_not_there() {
        var before = box.admin().get("/users").expect(200).get("count");
        box.admin().post("/users", aUser("4001").put("role", "Emperor")).expect(400);
        assertEquals(before, box.admin().get("/users").expect(200).get("count"));
    }
}
