package gatehouse.discovery;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.Config;
import gatehouse.pnp.Place;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.PnpPhone;
import gatehouse.testkit.RegisteredPhone;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** How phones find their files, over real multicast and HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DiscoveryContractTest {
    private static final String OTHER_PLACE = "127.0.0.9";
    private static final String SECRET = "account.1.password = ";
    private final int port = FreePorts.one();
    private final int tftp = FreePorts.one();
    private Box box;
    private int users = 100;
    private String user;

    @BeforeAll
    void start() {
        box = Box.startDiscovering(new Config.Discovery(List.of(new Place("lo", port)), tftp, 0));
        box.admin().post("/provisioning/identity", "{\"least\": \"MAC\", \"other_address\": \"TELL\"}").expect(200);
    }

    @AfterAll
    void stop() {
        box.close();
    }

    /** @return its provisioning address */
    private String yealink(String mac) {
        user = box.user(Integer.toString(++users));
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S")).expect(201).get("url").asText();
    }

    private JsonNode ladder(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private static List<String> steps(JsonNode ladder) {
        return StreamSupport.stream(ladder.get("steps").spliterator(), false).map(step -> step.get("step").asText()).toList();
    }

    private String starter(String file) {
        return box.httpOrigin() + "/provision/start/" + file;
    }

    private static String agent(String mac) {
        return "Yealink SIP-T46S 66.86.0.15 " + mac.replaceAll("(..)(?=.)", "$1:");
    }

    private void set(String json) {
        box.admin().post("/provisioning/discovery", json).expect(200);
    }

    @Test
    void a_phone_that_is_somebodys_is_told_its_folder_and_one_that_is_nobodys_the_starter() throws Exception {
        var url = yealink("001565000001");
        try (var phone = new PnpPhone(port)) {
            assertEquals(url.substring(0, url.lastIndexOf('/') + 1), phone.addressFor("001565000001"));
            var told = phone.addressFor("0015650000f1");
            assertEquals(box.httpOrigin() + "/provision/start/", told);
            set("{\"pnp_unknown\": \"NOTHING\"}");
            phone.send(phone.snom("0015650000f2", "nobody"));
            assertTrue(phone.receive(600).isEmpty());
            set("{\"pnp_unknown\": null}");
            var stranger = ladder("0015650000f1");
            assertFalse(stranger.get("known").asBoolean());
            assertEquals(List.of("HEARD", "REFUSED"), steps(stranger));
            assertTrue(stranger.get("stands").asText().contains("127.0.0.1"), stranger.toString());
            var unknown = box.admin().get("/provisioning/unknown_phones").expect(200);
            assertTrue(unknown.toString().contains("0015650000f2") && !unknown.toString().contains("001565000001"), unknown.toString());
        }
    }

    @Test
    void a_phone_that_is_nobodys_can_be_turned_away() throws Exception {
        try (var phone = new PnpPhone(port)) {
            phone.addressFor("0015650000f7");
        }
        assertTrue(box.admin().get("/provisioning/unknown_phones").expect(200).toString().contains("0015650000f7"));
        box.admin().post("/phones/00:15:65:00:00:F7/reject").expect(200);
        assertFalse(box.admin().get("/provisioning/unknown_phones").expect(200).toString().contains("0015650000f7"));
        box.admin().post("/phones/0015650000f7/reject").expect(404);
    }

    @Test
    void a_mac_that_comes_from_a_second_address_gets_nothing_and_is_told() throws Exception {
        yealink("001565000002");
        try (var phone = new PnpPhone(port); var thief = new PnpPhone(port, OTHER_PLACE)) {
            assertTrue(phone.addressFor("001565000002").contains("/provision/"));
            thief.send(thief.snom("001565000002", "thief"));
            assertTrue(thief.receive(600).isEmpty());
        }
        var ladder = ladder("001565000002");
        assertEquals("127.0.0.1", ladder.get("adopted_from").asText());
        assertEquals(List.of("HEARD", "HEARD", "REFUSED"), steps(ladder));
        assertTrue(ladder.get("stands").asText().contains("another address") && ladder.get("cure").asText().contains("adoption window"), ladder.toString());
        box.admin().post("/phones/00:15:65:00:00:02/adoption_window", "{}").expect(200);
        try (var moved = new PnpPhone(port, OTHER_PLACE)) {
            assertTrue(moved.addressFor("001565000002").contains("/provision/"));
        }
        assertEquals(OTHER_PLACE, ladder("001565000002").get("adopted_from").asText());
    }

    @Test
    void the_starter_gives_no_secret_until_the_window_is_open_and_then_the_phones_own_files() throws Exception {
        var mac = "001565000003";
        var url = yealink(mac);
        var before = ApiClient.fetch(starter(mac + ".cfg"), agent(mac));
        assertEquals(200, before.statusCode());
        assertTrue(before.body().contains("static.auto_provision.server.url = " + starter("")), before.body());
        assertFalse(before.body().contains("password") || before.body().contains(url.replaceAll(".*/provision/([^/]+)/.*", "$1")), before.body());
        assertEquals(before.body(), ApiClient.fetch(starter("y000000000066.cfg"), agent("0015650000f3")).body(), "a stranger sees the same");
        assertTrue(ladder(mac).get("cure").asText().contains("adoption window"));

        assertTrue(box.admin().post("/phones/" + mac + "/adoption_window", "{\"seconds\": 60}").expect(200).get("open_until").asText().contains("T"));
        assertTrue(ApiClient.fetch(starter("y000000000066.cfg"), agent(mac)).body().contains("server.url = " + url.substring(0, url.lastIndexOf('/') + 1)));
        assertTrue(ApiClient.fetch(starter(mac + ".cfg"), agent(mac)).body().contains(SECRET));
        eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).contains("FETCHED"));
        assertTrue(ladder(mac).get("stands").asText().contains("has not registered"), ladder(mac).toString());

        box.admin().post("/phones/" + mac + "/adoption_window/destroy").expect(204);
        assertEquals(404, ApiClient.fetch(starter(mac + ".cfg"), agent(mac)).statusCode(), "a phone that has its files is not led away from them");
    }

    @Test
    void every_makers_phone_learns_where_to_ask_again_and_a_template_of_ones_own_leads_nobody_elses_away() throws Exception {
        var content = box.admin().get("/templates/phones/yealink.ph.xml").expect(200).get("content").asText().replace("<name>Yealink</name>", "<name>Own</name>")
                .replaceFirst("<starter filename=\"[^\"]*\" agent=\"[^\"]*\" agentfiles=\"[^\"]*\">", "<starter filename=\"*.xml, *.cfg, *.own\">")
                .replace("repeat.minutes = 5", "repeat.minutes = 77");
        box.admin().post("/templates/phones", "{\"filename\": \"own.ph.xml\", \"content\": " + JsonNodeFactory.instance.textNode(content) + "}").expect(201);
        for (var asked : List.of("aastra.cfg", "CP-8851-3PCC.xml", "spa504G.cfg", "hipve-common.xml", "F0V00X400000.cfg", "000000000000.cfg", "snomD785.htm", "ipst_config.cfg")) {
            var answer = ApiClient.fetch(starter(asked), "curl");
            assertEquals(200, answer.statusCode(), asked);
            assertFalse(answer.body().contains("= 77"), asked);
        }
        assertTrue(ApiClient.fetch(starter("hall.own"), "curl").body().contains("minutes = 77"));
        box.admin().post("/templates/phones/own.ph.xml/destroy").expect(204);
        assertEquals(404, ApiClient.fetch(starter("hall.own"), "curl").statusCode());
    }

    private static String fetchedFrom(String address, String url, String agent) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).header("User-Agent", agent).GET().build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void who_comes_first_has_the_window_to_itself_and_a_second_address_is_an_alarm() throws Exception {
        var mac = "00156500000b";
        var url = yealink(mac);
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        assertTrue(fetchedFrom("127.0.0.1", starter(mac + ".cfg"), agent(mac)).contains(SECRET));
        assertFalse(fetchedFrom(OTHER_PLACE, starter(mac + ".cfg"), agent(mac)).contains(SECRET));
        var log = eventually(Duration.ofSeconds(5), () -> box.admin().get("/event_logs").expect(200).toString(), all -> all.contains(mac));
        assertTrue(log.contains(OTHER_PLACE) && log.contains("not given"), log);
        assertTrue(fetchedFrom(OTHER_PLACE, url, agent(mac)).contains(SECRET), "who knows the folder may come from anywhere");
        eventually(Duration.ofSeconds(5), () -> ladder(mac).get("adopted_from").asText().equals(OTHER_PLACE));
    }

    @Test
    void a_hot_desk_finds_its_files_like_any_phone() throws Exception {
        var mac = "00156500000c";
        var desk = Box.aPhone(mac, "yealink.ph.xml", "T46S").put("extension_number", "890").put("extension_password", "desk-secret-890");
        box.admin().post("/hotdesking", desk).expect(201);
        try (var phone = new PnpPhone(port)) {
            var told = phone.addressFor(mac);
            assertFalse(told.endsWith("/start/"), told);
            assertTrue(ApiClient.fetch(told + mac + ".cfg", agent(mac)).body().contains("desk-secret-890"));
        }
        assertEquals("890", ladder(mac).get("extension_number").asText());
    }

    @Test
    void where_the_mac_is_enough_the_user_agent_must_name_it() throws Exception {
        var mac = "001565000004";
        yealink(mac);
        set("{\"starter\": \"MAC\"}");
        assertFalse(ApiClient.fetch(starter(mac + ".cfg"), "curl").body().contains(SECRET));
        assertTrue(ladder(mac).get("stands").asText().contains("User-Agent"), ladder(mac).toString());
        assertFalse(ApiClient.fetch(starter(mac + ".cfg"), agent("0015650000f4")).body().contains(SECRET));
        assertTrue(ladder(mac).get("stands").asText().contains("another MAC"), ladder(mac).toString());
        assertTrue(ApiClient.fetch(starter(mac + ".cfg"), agent(mac)).body().contains(SECRET));
        set("{\"starter\": \"NEVER\"}");
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        assertFalse(ApiClient.fetch(starter(mac + ".cfg"), agent(mac)).body().contains(SECRET), "never means never");
        set("{\"starter\": \"WINDOW\"}");
    }

    private String curl(String file) throws Exception {
        var curl = new ProcessBuilder("curl", "-s", "--max-time", "20", "tftp://127.0.0.1:" + tftp + "/" + file).start();
        var text = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return curl.waitFor() == 0 ? text : "refused " + curl.exitValue();
    }

    @Test
    void tftp_gives_a_phone_its_own_file_while_its_window_is_open_and_nothing_else_ever() throws Exception {
        var mac = "001565000008";
        var url = yealink(mac);
        assertEquals("refused 68", curl(mac + ".cfg")); // curl's word for: no such file
        assertTrue(ladder(mac).get("stands").asText().contains("no adoption window"), ladder(mac).toString());
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        var file = curl(mac + ".cfg");
        assertTrue(file.contains(SECRET), file);
        assertEquals(ApiClient.fetch(url, agent(mac)).body(), file, "the same file as over HTTP");
        assertEquals("refused 68", curl("y000000000066.cfg"));
        assertEquals("refused 68", curl("../../etc/passwd"));
        assertEquals("refused 68", curl("0015650000f8.cfg"));
        eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).getLast().equals("FETCHED"));
    }

    @Test
    void a_phone_that_registers_is_at_the_top_and_a_wrong_password_is_told() throws Exception {
        var mac = "001565000009";
        yealink(mac);
        var number = Integer.toString(users);
        assertThrows(AssertionError.class, () -> new RegisteredPhone(box, number, "not the secret"));
        eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).equals(List.of("REGISTER_REFUSED")));
        assertTrue(ladder(mac).get("cure").asText().contains("password"), ladder(mac).toString());
        try (var phone = new RegisteredPhone(box, number)) {
            eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).equals(List.of("REGISTER_REFUSED", "REGISTERED")));
            assertTrue(ladder(mac).get("stands").asText().startsWith("It is registered as " + number) && ladder(mac).get("cure").isNull(), ladder(mac).toString());
            box.admin().post("/users/" + user, "{\"enabled\": false}").expect(200);
            eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).getLast().equals("UNREGISTERED"));
            assertTrue(ladder(mac).get("stands").asText().contains("disabled"), ladder(mac).toString());
        }
    }

    private static int put(String url, byte[] content) throws Exception {
        return ApiClient.http().send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void a_phones_logs_are_kept_in_bounds_and_taken_from_nobody_else() throws Exception {
        var mac = "00156500000a";
        var url = yealink(mac);
        var folder = url.substring(0, url.lastIndexOf('/') + 1);
        for (int i = 1; i <= 5; i++) {
            assertEquals(201, put(folder + mac + "-" + i + ".log", ("boot " + i).getBytes(StandardCharsets.UTF_8)));
        }
        assertEquals(413, put(folder + mac + "-app.log", new byte[61 << 10]));
        assertEquals(404, put(folder + mac + "-overrides.cfg", new byte[1]));
        assertEquals(404, put(folder.replaceAll("provision/.*", "provision/" + "a".repeat(26) + "/") + mac + ".log", new byte[1]));
        var logs = box.admin().get("/phones/" + mac + "/logs").expect(200);
        assertEquals(4, logs.get("count").asInt());
        assertEquals(6, logs.get("items").get(0).get("size").asInt());
        assertTrue(box.admin().get("/phones/" + mac + "/logs/" + mac + "-5.log").text().equals("boot 5"));
        box.admin().get("/phones/" + mac + "/logs/" + mac + "-1.log").expect(404);
        assertEquals(201, put(folder + mac + "-5.log", "again".getBytes(StandardCharsets.UTF_8)));
        assertEquals(429, put(folder + mac + "-5.log", "and again".getBytes(StandardCharsets.UTF_8)));
        assertEquals(4, box.admin().get("/phones/" + mac + "/logs").expect(200).get("count").asInt());
        eventually(Duration.ofSeconds(5), () -> steps(ladder(mac)).contains("LOGGED"));
        assertTrue(ladder(mac).get("stands").asText().contains("not come for its files"), ladder(mac).toString());
        box.admin().get("/phones/0015650000fa/logs").expect(404);
    }

    @Test
    void the_texts_for_dhcp_servers_name_the_starter_and_no_secret() {
        var options = box.admin().get("/provisioning/dhcp").expect(200);
        assertEquals(starter(""), options.get("url").asText());
        assertEquals(List.of("dnsmasq", "isc", "kea"), options.findValuesAsText("server"));
        for (var text : options.findValuesAsText("text")) {
            assertTrue(text.contains("\"" + starter("") + "\"") && text.contains("160") && (text.contains("66") || text.contains("tftp-server-name")), text);
        }
    }

    @Test
    void what_cannot_be_is_said() {
        assertTrue(box.admin().post("/provisioning/discovery", "{\"pnp\": \"ALWAYS\"}").expect(400).toString().contains("pnp"));
        assertTrue(box.admin().get("/phones/nonsense/ladder").expect(400).toString().contains("twelve"));
        box.admin().post("/phones/0015650000f5/adoption_window", "{}").expect(404);
        box.admin().post("/phones/0015650000f5/adoption_window", "{\"seconds\": 1}").expect(400);
        var silent = ladder("0015650000f6");
        assertTrue(silent.get("stands").asText().contains("never heard") && silent.get("steps").isEmpty(), silent.toString());
        var settings = box.admin().get("/provisioning/discovery").expect(200);
        assertEquals("MAC", settings.get("pnp").asText());
        assertEquals("lo", settings.get("pnp_interfaces").get(0).asText());
    }

    @Test
    void who_may_not_see_phones_sees_no_ladder_and_nothing_is_lost_by_a_restart() throws Exception {
        yealink("001565000007");
        var user = new ApiClient(box.httpsOrigin()).signedIn("user" + users, "password-" + users);
        user.get("/phones/001565000007/ladder").expect(403);
        user.post("/phones/001565000007/adoption_window", "{}").expect(403);
        user.get("/provisioning/dhcp").expect(403);
        box.stranger().get("/provisioning/discovery").expect(401);
        try (var phone = new PnpPhone(port)) {
            phone.addressFor("001565000007");
        }
        box.restart();
        assertEquals(List.of("HEARD"), steps(ladder("001565000007")));
        assertEquals("127.0.0.1", ladder("001565000007").get("adopted_from").asText());
    }
}
