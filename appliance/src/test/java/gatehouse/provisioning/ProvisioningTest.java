package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.qr.QrCode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.ProvisionedAccount;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real HTTP, as phones do it. */
class ProvisioningTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String YEALINK_AGENT = "Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc";
    private static final String SNOM_AGENT = "Mozilla/4.0 (compatible; snomD785-SIP 10.1.64.14 000413aabbcc)";

    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-11-24T12:00:00Z"));
    private static Box box;
    private String user;

    @BeforeAll
    static void start() {
        box = Box.start(CLOCK, Duration.ofSeconds(60));
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

    private static ObjectNode yealink() {
        return Box.aPhone("00:15:65:AA:BB:CC", "yealink.ph.xml", "T46S");
    }

    private static ObjectNode snom() {
        return Box.aPhone("000413-AABBCC", "snom.ph.xml", "D785");
    }

    private String url(ObjectNode phone) {
        return box.admin().post("/users/" + user + "/phones", phone).expect(201).get("url").asText();
    }

    private static String folder(String url) {
        return url.substring(0, url.lastIndexOf('/') + 1);
    }

    private static HttpResponse<String> fetched(String url, String agent) throws Exception {
        var response = ApiClient.fetch(url, agent);
        assertEquals(200, response.statusCode(), url);
        return response;
    }

    private ProvisionedAccount account(String transport, int port, String displayName) {
        return new ProvisionedAccount("127.0.0.1", port, transport, "box.test", "101", "101", Box.secret("101"), displayName);
    }

    /** With the extension's password instead of the phone's own, which nobody but the phone knows. */
    private static ProvisionedAccount own(ProvisionedAccount account) {
        assertTrue(account.secret().matches("[0-9a-v]{26}"), account.secret());
        return new ProvisionedAccount(account.server(), account.port(), account.transport(), account.domain(), account.user(), account.authUser(),
                Box.secret("101"), account.displayName());
    }

    @Test
    void a_yealink_gets_its_account_in_its_own_format() throws Exception {
        var url = url(yealink());
        assertTrue(url.matches("http://127\\.0\\.0\\.1:" + box.config().httpPort() + "/provision/[0-9a-v]{26}/001565aabbcc\\.cfg"), url);
        var file = fetched(url, YEALINK_AGENT);
        assertEquals("text/plain; charset=utf-8", file.headers().firstValue("content-type").orElseThrow());
        assertEquals(account("udp", box.config().sipPort(), "User 101"), own(ProvisionedAccount.fromYealink(file.body())));
        var boot = fetched(folder(url) + "001565aabbcc.boot", YEALINK_AGENT).body();
        assertTrue(boot.contains("include:config \"y000000000066.cfg\"") && boot.contains("include:config \"001565aabbcc.cfg\""), boot);
        var common = fetched(folder(url) + "y000000000066.cfg", YEALINK_AGENT).body();
        assertTrue(common.contains("static.auto_provision.server.url = " + folder(url) + "\n"), common);
    }

    @Test
    void a_snom_follows_its_model_file_to_its_account() throws Exception {
        var url = url(snom().put("preferred_transport", "TLS"));
        assertTrue(url.endsWith("/000413AABBCC.xml"), url);
        var pointer = fetched(folder(url) + "snomD785.htm", SNOM_AGENT).body();
        assertTrue(pointer.contains("<file url=\"" + url + "\"/>"), pointer);
        var file = fetched(url, SNOM_AGENT);
        assertEquals("text/xml; charset=utf-8", file.headers().firstValue("content-type").orElseThrow());
        assertEquals(account("tls", box.config().sipsPort(), "User 101"), own(ProvisionedAccount.fromSnom(file.body())));
    }

    @Test
    void softphones_get_theirs() throws Exception {
        var baresip = url(Box.aPhone("02000000000a", "generic.ph.xml", "Softphone").put("preferred_transport", "TCP"));
        assertEquals(account("tcp", box.config().sipPort(), "User 101"), own(ProvisionedAccount.fromBaresip(fetched(baresip, "curl/8.0").body())));
        var linphone = url(Box.aPhone("02000000000b", "generic.ph.xml", "Linphone"));
        assertEquals(account("udp", box.config().sipPort(), "User 101"), own(ProvisionedAccount.fromLinphone(fetched(linphone, "Linphone/5").body())));
    }

    @Test
    void a_softphone_is_set_up_by_an_address_to_scan_or_to_tap() throws Exception {
        for (var model : List.of("Linphone", "Zoiper", "Softphone")) {
            var mac = "02000000001" + model.length() % 10;
            var url = url(Box.aPhone(mac, "generic.ph.xml", model));
            var link = box.admin().get("/phones/" + mac + "/link").expect(200);
            assertEquals(url, link.get("url").asText());
            assertEquals(model.equals("Linphone") ? "linphone-config:" + url : "null", link.get("app_link").asText());
            assertEquals(QrCode.of(url).svg("Address of the file of " + model), link.get("qr").asText());
            assertTrue(fetched(link.get("url").asText(), model + "/5").body().contains("101"));
        }
        assertTrue(fetched(box.admin().get("/phones/020000000016/link").expect(200).get("url").asText(), "Zoiper").body().contains("<SIP_transport_type>udp</SIP_transport_type>"));
        var self = box.stranger().signedIn("user101", "password-101");
        var own = self.get("/user/phones").expect(200).get("items").get(0);
        assertEquals(own.get("url").asText(), self.get("/user/phones/" + own.get("id").asText() + "/link").expect(200).get("url").asText());
        self.get("/phones/020000000018/link").expect(403);
        box.admin().get("/phones/020000000099/link").expect(404);
    }

    @Test
    void the_files_come_over_https_too_and_the_address_says_so_when_asked() throws Exception {
        var url = url(yealink().put("https", true));
        assertTrue(url.startsWith("https://127.0.0.1:" + box.config().httpsPort() + "/provision/"), url);
        assertEquals(account("udp", box.config().sipPort(), "User 101"), own(ProvisionedAccount.fromYealink(fetched(url, YEALINK_AGENT).body())));
        var common = fetched(folder(url) + "y000000000066.cfg", YEALINK_AGENT).body();
        assertTrue(common.contains("static.auto_provision.server.url = " + folder(url) + "\n"), common);
    }

    @Test
    void a_phone_with_old_firmware_gets_the_old_words() throws Exception {
        var url = url(Box.aPhone("0c383eaabbcc", "fanvil.ph.xml", "X4U"));
        var old = fetched(url, "Fanvil X4U 2.2.9.600 0c383eaabbcc").body();
        var recent = fetched(url, "Fanvil X4U 2.12.16.17 0c383eaabbcc").body();
        assertTrue(old.contains("<Enable_DST>") && !old.contains("<EnableDST>"), old);
        assertTrue(recent.contains("<EnableDST>") && !recent.contains("<Enable_DST>"), recent);
        assertEquals(recent, fetched(url, "Fanvil X4U").body());
    }

    /** For each maker whose phones the box has a directory for: where its files lead, there it is. */
    @ParameterizedTest
    @CsvSource({"yealink, T46S, 6", "snom, D785, 1", "fanvil, X4U, 3", "grandstream, GRP2614, 1", "grandstream_numbers, GXP1628, 1", "htek, UC926U, 2", "htek, UC923, 2",
        "cisco, 8851, 1", "cisco_spa, SPA504G, 1", "mitel, 6940, 1", "poly, VVX450, 1", "gigaset, N670 IP PRO, 1", "snom_dect, M900, 1", "yealink_dect, W70B, 1",
        "grandstream_dect, DP750, 1"})
    void the_phone_books_that_a_phone_is_told_of_are_there(String template, String model, int many) throws Exception {
        var url = url(Box.aPhone("0c383eaabb0c", template + ".ph.xml", model).put("vendor", template.replaceFirst("_.*", "")));
        var mac = url.contains("0C383EAABB0C") ? "0C383EAABB0C" : "0c383eaabb0c";
        var found = new TreeSet<String>();
        for (var name : List.of(url.substring(url.lastIndexOf('/') + 1), "y000000000066.cfg", "y000000000146.cfg", mac + "-user.cfg")) {
            var file = ApiClient.fetch(folder(url) + name, "curl/8.0");
            var books = Pattern.compile("[/\\w.:]*/phonebook(/[\\w.]+(\\?[\\w=&;]+)?|(?=<))").matcher(file.statusCode() == 200 ? file.body() : "");
            while (books.find()) {
                var address = (books.group().startsWith("http") ? "" : "http://") + books.group().replace("&amp;", "&");
                found.add(address.endsWith("/phonebook") ? address + "/phonebook.xml" : address); // a Grandstream is told the folder alone
            }
        }
        assertTrue(!found.isEmpty() && found.size() <= many, found.toString());
        for (var address : found) {
            var book = ApiClient.fetch(address, "curl/8.0");
            assertEquals(200, book.statusCode(), address);
            assertTrue(book.body().length() > 20, address);
        }
    }

    @Test
    void a_change_is_in_the_very_next_file() throws Exception {
        var url = url(yealink());
        var before = fetched(url, YEALINK_AGENT);
        box.admin().post("/users/" + user, JSON.createObjectNode().put("display_name", "Somebody Else")).expect(200);
        assertEquals("Somebody Else", ProvisionedAccount.fromYealink(fetched(url, YEALINK_AGENT).body()).displayName());
        var id = box.admin().get("/users/" + user + "/phones").expect(200).get("items").get(0).get("id").asText();
        box.admin().post("/users/" + user + "/phones/" + id, JSON.createObjectNode().put("preferred_transport", "TLS")).expect(200);
        var after = fetched(url, YEALINK_AGENT);
        assertEquals("tls", ProvisionedAccount.fromYealink(after.body()).transport());
        assertNotEquals(before.headers().firstValue("etag"), after.headers().firstValue("etag"));
    }

    @Test
    void a_phone_that_has_the_file_already_is_told_so() throws Exception {
        var url = url(snom());
        var tag = fetched(url, SNOM_AGENT).headers().firstValue("etag").orElseThrow();
        assertEquals(304, conditional(url, tag).statusCode());
        assertEquals(304, conditional(url, "\"other\", W/" + tag).statusCode());
        assertEquals(200, conditional(url, "\"other\"").statusCode());
    }

    private static HttpResponse<String> conditional(String url, String tags) throws Exception {
        return ApiClient.http().send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).header("If-None-Match", tags)
                        .header("User-Agent", SNOM_AGENT).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void head_tells_the_length_and_sends_nothing() throws Exception {
        var url = url(yealink());
        var length = fetched(url, YEALINK_AGENT).body().length();
        var head = ApiClient.http().send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20))
                .header("User-Agent", YEALINK_AGENT).HEAD().build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
        assertEquals(length, head.headers().firstValueAsLong("content-length").orElseThrow());
    }

    @Test
    void what_is_not_there_looks_the_same_whatever_is_wrong() throws Exception {
        var url = url(yealink());
        var folder = folder(url);
        var stranger = ApiClient.fetch(box.httpOrigin() + "/provision/" + "0".repeat(26) + "/001565aabbcc.cfg", "curl/8.0");
        for (var wrong : new String[] {folder + "001565aabbcd.cfg", folder + "..%2f..%2fbox.db", folder, folder + "a/b", box.httpOrigin() + "/provision/"}) {
            var missing = ApiClient.fetch(wrong, "curl/8.0");
            assertEquals(404, missing.statusCode(), wrong);
            assertEquals(stranger.body(), missing.body(), wrong);
            assertEquals(stranger.headers().map().keySet(), missing.headers().map().keySet(), wrong);
        }
        assertEquals(404, stranger.statusCode());
        var otherPhone = ApiClient.fetch(url, "Yealink SIP-T46S 66.86.0.15 00:15:65:00:00:01");
        assertEquals(404, otherPhone.statusCode());
        assertEquals(stranger.body(), otherPhone.body());
    }

    @Test
    void a_guesser_is_slowed_and_let_in_again_later() throws Exception {
        forgetMisses();
        var url = url(yealink());
        for (int i = 0; i < MissLimit.MISSES; i++) {
            assertEquals(404, ApiClient.fetch(box.httpOrigin() + "/provision/guess" + i + "/001565aabbcc.cfg", "curl/8.0").statusCode());
        }
        var refused = ApiClient.fetch(url.replaceAll("provision/.{4}", "provision/0000"), YEALINK_AGENT);
        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValueAsLong("retry-after").orElseThrow() >= 1);
        fetched(url, YEALINK_AGENT); // who knows a folder has nothing to do with who guesses behind the same router
        CLOCK.move(MissLimit.ONE_MORE_EVERY);
        assertEquals(404, ApiClient.fetch(box.httpOrigin() + "/provision/guess/001565aabbcc.cfg", "curl/8.0").statusCode());
        forgetMisses();
    }

    private static void forgetMisses() {
        CLOCK.move(MissLimit.ONE_MORE_EVERY.multipliedBy(MissLimit.MISSES));
    }

    @Test
    void nothing_is_served_for_a_user_who_is_shut_out_or_a_phone_that_is_gone() throws Exception {
        var url = url(yealink());
        fetched(url, YEALINK_AGENT);
        box.admin().post("/users/" + user, JSON.createObjectNode().put("enabled", false)).expect(200);
        assertEquals(404, ApiClient.fetch(url, YEALINK_AGENT).statusCode());
        box.admin().post("/users/" + user, JSON.createObjectNode().put("enabled", true)).expect(200);
        fetched(url, YEALINK_AGENT);
        var id = box.admin().get("/users/" + user + "/phones").expect(200).get("items").get(0).get("id").asText();
        box.admin().post("/users/" + user + "/phones/" + id + "/destroy").expect(204);
        assertEquals(404, ApiClient.fetch(url, YEALINK_AGENT).statusCode());
    }

    @Test
    void the_list_shows_where_a_phone_was_and_its_firmware_even_after_a_restart() throws Exception {
        var url = url(yealink());
        assertTrue(listed("001565aabbcc").get("ip").isNull());
        fetched(url, YEALINK_AGENT);
        assertEquals("127.0.0.1", listed("001565aabbcc").get("ip").asText());
        assertEquals("66.86.0.15", listed("001565aabbcc").get("fwver").asText());
        box.restart();
        assertEquals("66.86.0.15", listed("001565aabbcc").get("fwver").asText());
    }

    private JsonNode listed(String mac) {
        var items = box.admin().get("/phones").expect(200).get("items");
        return StreamSupport.stream(items.spliterator(), false).filter(item -> item.get("mac").asText().equals(mac)).findFirst().orElseThrow();
    }

    @Test
    void a_hostile_host_name_never_reaches_a_file() throws Exception {
        var path = URI.create(url(yealink().put("interface", "WEB_DOMAIN"))).getPath();
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: pbx.example\r\nConnection: close\r\n\r\n");
        assertTrue(answer.contains("account.1.outbound_proxy.1.address = pbx.example\n"), answer);
        assertFalse(raw("GET " + path + " HTTP/1.1\r\nHost: a b=c;d\r\nConnection: close\r\n\r\n").contains("a b=c;d"));
    }

    @Test
    void a_phone_that_wants_one_answer_alone_sees_its_end() throws Exception {
        var path = URI.create(url(yealink())).getPath();
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n");
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("Content-Length: " + body.length() + "\r\n") && body.contains("account.1.label = 101"), answer);
        assertTrue(raw("GET /provision/x/y HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 404"));
    }

    /** What the box sends until it closes the connection. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", box.config().httpPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
