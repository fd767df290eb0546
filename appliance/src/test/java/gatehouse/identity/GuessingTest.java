package gatehouse.identity;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Config;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Somebody tries all MACs and folders there may be: slowed, told, and with nothing found; who sits behind the same router notices nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GuessingTest {
    private static final int TRIES = 3_000;
    private static final String HONEST = "001565500001";
    private final int tftp = FreePorts.one();
    private Box box;
    private String url;

    @BeforeAll
    void start() {
        box = Box.startDiscovering(new Config.Discovery(List.of(), tftp));
        url = box.admin().post("/users/" + box.user("601") + "/phones", Box.aPhone(HONEST, "yealink.ph.xml", "T46S")).expect(201).get("url").asText();
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private static HttpResponse<String> get(HttpClient client, String url, String agent) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).header("User-Agent", agent).GET().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient at(String address) throws IOException {
        return HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build();
    }

    private long told(String address) {
        return box.admin().get("/event_logs?top=100").expect(200).get("items").findValuesAsText("message").stream()
                .filter(text -> text.startsWith(address + " asks for phones' files")).count();
    }

    @Test
    void thousands_of_folders_and_macs_over_http_find_nothing_and_the_phone_beside_is_served_all_the_while() throws Exception {
        var agent = "Yealink SIP-T46S 66.86.0.15 " + HONEST;
        box.admin().post("/phones/" + HONEST + "/adoption_window", "{\"seconds\": 3600}").expect(200); // even while a right MAC would open something
        try (var router = at("127.0.0.21")) {
            assertTrue(get(router, url, agent).body().contains("account.1.password"));
            var answers = new TreeMap<Integer, Integer>();
            for (int i = 0; i < TRIES; i++) {
                var mac = "0015655" + "%05x".formatted(i + 0x10000);
                var guess = i % 2 == 0 ? box.httpOrigin() + "/provision/" + "%026x".formatted(i) + "/" + HONEST + ".cfg"
                        : box.httpOrigin() + "/provision/start/" + mac + ".cfg";
                var reply = get(router, guess, "Yealink SIP-T46S 66.86.0.15 " + (i % 2 == 0 ? HONEST : mac));
                answers.merge(reply.statusCode(), 1, Integer::sum);
                assertFalse(reply.body().contains("account.1.password") || reply.body().contains("user_password"), guess);
                if (i % 500 == 0) {
                    assertEquals(200, get(router, url, agent).statusCode(), "who knows the folder is served whatever its neighbours guess");
                }
            }
            assertTrue(answers.get(429) > TRIES - 100, answers.toString());
        }
        eventually(Duration.ofSeconds(10), () -> told("127.0.0.21") == 1);
        assertEquals(1, told("127.0.0.21"), "once, however often");
        var strangers = box.admin().get("/provisioning/unknown_phones?top=100").expect(200);
        assertTrue(strangers.get("count").asInt() <= 200, strangers.get("count").toString());
    }

    private enum Tftp { FILE, REFUSED, SILENCE }

    private Tftp tftp(DatagramSocket socket, String name, int patience) throws IOException {
        var request = ("\0\1" + name + "\0octet\0").getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), tftp));
        socket.setSoTimeout(patience);
        var answer = new DatagramPacket(new byte[600], 600);
        try {
            socket.receive(answer);
            return answer.getData()[1] == 3 ? Tftp.FILE : Tftp.REFUSED;
        } catch (SocketTimeoutException e) {
            return Tftp.SILENCE;
        }
    }

    @Test
    void who_tries_macs_over_tftp_is_not_answered_any_more() throws Exception {
        Map<Tftp, Integer> answers = new EnumMap<>(Tftp.class);
        try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.22"))) {
            for (int i = 0; i < 40; i++) {
                answers.merge(tftp(socket, "0015655" + "%05x".formatted(i) + ".cfg", i < 29 ? 10_000 : 300), 1, Integer::sum);
            }
        }
        assertFalse(answers.containsKey(Tftp.FILE), answers.toString());
        assertTrue(answers.get(Tftp.REFUSED) >= 29 && answers.get(Tftp.SILENCE) >= 8, answers.toString());
        eventually(Duration.ofSeconds(10), () -> told("127.0.0.22") == 1);
        try (var other = new DatagramSocket(0, InetAddress.getByName("127.0.0.23"))) {
            assertEquals(Tftp.REFUSED, tftp(other, "001565500999.cfg", 10_000), "others are answered");
        }
    }
}
