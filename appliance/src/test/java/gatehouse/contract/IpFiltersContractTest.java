package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules for addresses, from addresses of this machine other than 127.0.0.1, which no rule shuts out. */
class IpFiltersContractTest {
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.7");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static MovedClock clock;
    private static Box box;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        clock = new MovedClock(Instant.now());
        box = Box.start(clock, Duration.ofSeconds(60));
        admin = box.admin();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @AfterEach
    void noRules() {
        admin.get("/ip_filters").expect(200).get("items").forEach(rule -> admin.post("/ip_filters/" + rule.get("id").asText() + "/destroy").expect(204));
    }

    private static String rule(String cidr, String target) {
        clock.move(Duration.ofMillis(5)); // so that it is the younger one
        return admin.post("/ip_filters", "{\"cidr\":\"" + cidr + "\",\"target\":\"" + target + "\"}").expect(200).get("id").asText();
    }

    /** A new connection each time. */
    private static int status(InetAddress from, HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().localAddress(from).sslContext(ApiClient.http().sslContext()).connectTimeout(SOON).build()) {
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    private static int page(InetAddress from) throws IOException, InterruptedException {
        return status(from, HttpRequest.newBuilder(URI.create(box.httpsOrigin() + "/api/openapi.json")).build());
    }

    private static int plain(InetAddress from) throws IOException, InterruptedException {
        return status(from, HttpRequest.newBuilder(URI.create(box.httpOrigin() + "/provision/x/y.cfg")).build());
    }

    @Test
    void rules_are_kept_listed_changed_exported_and_removed() {
        var id = admin.post("/ip_filters", "{\"cidr\":\"192.0.2.0/24\",\"target\":\"DENY\",\"description\":\"a test net\",\"expire_at\":\"2030-01-01T00:00:00Z\"}")
                .expect(200).get("id").asText();
        rule("2001:db8::/32", "ACCEPT");
        assertEquals("{\"id\":\"" + id + "\",\"cidr\":\"192.0.2.0/24\",\"target\":\"DENY\",\"expire_at\":\"2030-01-01T00:00:00Z\",\"description\":\"a test net\"}",
                admin.get("/ip_filters/" + id).expect(200).toString());
        var found = admin.get("/ip_filters?filter=target%20eq%20%27DENY%27&search=test").expect(200);
        assertEquals(1, found.get("count").asInt());
        admin.post("/ip_filters/" + id, "{\"description\":null,\"target\":\"ACCEPT\"}").expect(200);
        var changed = admin.get("/ip_filters/" + id).expect(200);
        assertTrue(changed.get("description").isNull());
        assertEquals("ACCEPT", changed.get("target").asText());
        assertEquals("192.0.2.0/24", changed.get("cidr").asText());
        assertEquals("cidr,target,expire_at,description\r\n192.0.2.0/24,ACCEPT,2030-01-01T00:00:00Z,\r\n2001:db8::/32,ACCEPT,,\r\n",
                admin.get("/ip_filters/export").text());
        admin.post("/ip_filters/" + id + "/destroy").expect(204);
        admin.get("/ip_filters/" + id).expect(404);
        assertEquals("IP_BLACKLIST", admin.get("/audit_logs?top=1").expect(200).at("/items/0/object_type").asText());
        eventually(SOON, () -> admin.get("/event_logs?filter=source%20eq%20%27FIREWALL%27&top=1").expect(200).at("/items/0/message").asText()
                .equals("The rule ACCEPT 192.0.2.0/24 was removed."));
    }

    @Test
    void what_is_no_network_or_a_second_rule_for_one_is_refused() {
        for (var cidr : new String[] {"", "box.test", "300.1.1.1", "10.0.0.0/33", "2001:db8::/129", "10.1", "10.0.0.0/", "::ffff:g", "10.0.0.0/8/8", "fe80::1%lo"}) {
            admin.post("/ip_filters", "{\"cidr\":\"" + cidr + "\",\"target\":\"DENY\"}").expect(400);
        }
        rule("10.0.0.0/8", "DENY");
        admin.post("/ip_filters", "{\"cidr\":\"10.0.0.0/8\",\"target\":\"ACCEPT\"}").expect(409);
        admin.post("/ip_filters", "{\"cidr\":\"10.9.8.7/8\",\"target\":\"ACCEPT\"}").expect(409);
        rule("10.9.8.7", "ACCEPT");
    }

    @Test
    void who_is_denied_reaches_neither_page_nor_files_nor_sip_nor_socket_and_the_nearest_rule_holds() throws Exception {
        assertEquals(200, page(OTHER));
        rule("127.0.0.0/24", "DENY");
        assertEquals(403, page(OTHER));
        assertEquals(403, plain(OTHER));
        assertEquals(200, page(InetAddress.ofLiteral("127.0.0.1")), "the box itself is never shut out");
        assertEquals(1008, socket(OTHER));
        try (var phone = new DatagramSocket(0, OTHER); var own = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            options(phone, "first");
            options(own, "own");
            assertTrue(answer(own).startsWith("SIP/2.0 200"));
            var near = rule("127.0.0.7", "ACCEPT");
            options(phone, "second");
            var heard = answer(phone);
            assertTrue(heard.contains("Call-ID: second"), "the first was not answered: " + heard);
            assertEquals(200, page(OTHER));
            admin.post("/ip_filters/" + near + "/destroy").expect(204);
            assertEquals(403, page(OTHER));
            options(phone, "third");
            phone.setSoTimeout(300);
            assertThrows(SocketTimeoutException.class, () -> answer(phone));
        }
        eventually(SOON, () -> admin.get("/event_logs?search=turned").expect(200).at("/items/0/message").asText()
                .equals("127.0.0.7 is blocked by a rule and was turned away."));
        assertEquals(1, admin.get("/event_logs?search=turned").expect(200).get("count").asInt(), "once in a while");
    }

    @Test
    void a_rule_ends_when_it_says() throws Exception {
        admin.post("/ip_filters", "{\"cidr\":\"127.0.0.7/32\",\"target\":\"DENY\",\"expire_at\":\"" + clock.instant().plusSeconds(60).toString().replaceAll("\\.\\d+", "")
                + "\"}").expect(200);
        assertEquals(403, page(OTHER));
        clock.move(Duration.ofSeconds(61));
        assertEquals(200, page(OTHER));
    }

    @Test
    void nobody_shuts_out_themselves() throws Exception {
        var deny = admin.request("/ip_filters").header("Content-Type", "application/json");
        assertEquals(409, status(OTHER, deny.POST(HttpRequest.BodyPublishers.ofString("{\"cidr\":\"127.0.0.0/28\",\"target\":\"DENY\"}")).build()));
        assertEquals(0, admin.get("/ip_filters").expect(200).get("count").asInt(), "nothing was kept");
        var near = rule("127.0.0.7", "ACCEPT");
        rule("127.0.0.0/28", "DENY");
        for (var path : new String[] {"/destroy", ""}) {
            var request = admin.request("/ip_filters/" + near + path).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(path.isEmpty() ? "{\"target\":\"DENY\"}" : "")).build();
            assertEquals(409, status(OTHER, request), path);
        }
        assertEquals(200, page(OTHER));
    }

    @Test
    void others_may_not() {
        box.user("101");
        var user = box.stranger().signedIn("user101", "password-101");
        user.get("/ip_filters").expect(403);
        user.post("/ip_filters", "{\"cidr\":\"10.0.0.0/8\",\"target\":\"DENY\"}").expect(403);
        admin.get("/ip_filters/none").expect(404);
    }

    private static int socket(InetAddress from) throws Exception {
        var closed = new CompletableFuture<Integer>();
        try (var client = HttpClient.newBuilder().localAddress(from).sslContext(ApiClient.http().sslContext()).build()) {
            var socket = client.newWebSocketBuilder().buildAsync(URI.create(box.httpsOrigin().replace("https", "wss") + "/api/ws"), new WebSocket.Listener() {
                @Override
                public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
                    closed.complete(status);
                    return null;
                }
            }).get();
            var status = closed.get(5, TimeUnit.SECONDS);
            socket.abort();
            client.shutdownNow();
            return status;
        }
    }

    private static void options(DatagramSocket phone, String callId) throws IOException {
        var here = phone.getLocalAddress().getHostAddress() + ":" + phone.getLocalPort();
        var text = "OPTIONS sip:box.test SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + callId + phone.getLocalPort() + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: <sip:x@box.test>;tag=a\r\nTo: <sip:box.test>\r\nCall-ID: " + callId + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        phone.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), box.config().sipPort()));
    }

    private static String answer(DatagramSocket phone) throws IOException {
        if (phone.getSoTimeout() == 0) {
            phone.setSoTimeout(5_000);
        }
        var packet = new DatagramPacket(new byte[8192], 8192);
        phone.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static JsonNode newest(String source) {
        var items = admin.get("/event_logs?top=1&filter=source%20eq%20%27" + source + "%27").expect(200).get("items");
        return items.isEmpty() ? MissingNode.getInstance() : items.get(0);
    }

    @Test
    void the_event_log_tells_of_starts_and_lock_outs() throws Exception {
        eventually(SOON, () -> newest("SYSTEM").path("message").asText().endsWith("started."));
        for (int i = 0; i < 7; i++) {
            box.stranger().post("/auth/sign_in", "{\"username\":\"nobody-here\",\"password\":\"wrong\"}");
        }
        eventually(SOON, () -> newest("LOGIN").path("message").asText().startsWith("Too many wrong passwords for nobody-here from 127.0.0.1: locked until "));
        assertEquals("WARN", newest("LOGIN").get("level").asText());
        assertEquals(0, admin.get("/event_logs?filter=level%20eq%20%27ERROR%27").expect(200).get("count").asInt());
        assertFalse(admin.get("/event_logs?orderby=created_at%20asc&top=2").expect(200).get("items").isEmpty());
        admin.get("/event_logs?filter=nonsense%20eq%201").expect(400);
        box.user("102");
        box.stranger().signedIn("user102", "password-102").get("/event_logs").expect(403);
    }
}
