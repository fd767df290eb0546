package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.SipPing;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ports for SIP. */
class TransportsContractTest {
    private static Box box;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @Test
    void the_ports_that_listen_are_listed_found_and_shown() {
        var all = admin.get("/transports").expect(200);
        assertEquals(3, all.get("count").asInt());
        all.get("items").forEach(one -> {
            assertEquals(one, admin.get("/transports/" + one.get("id").asText()).expect(200));
            assertEquals("ACTIVATED", admin.get("/transports/" + one.get("id").asText() + "/status").expect(200).get("status").asText());
        });
        var tls = admin.get("/transports?filter=protocol%20eq%20%27TLS%27").expect(200);
        assertEquals(1, tls.get("count").asInt());
        assertEquals(box.config().sipsPort(), tls.at("/items/0/port").asInt());
        assertEquals(2, admin.get("/transports?filter=port%20eq%20" + box.config().sipPort()).expect(200).get("count").asInt());
        assertEquals(1, admin.get("/transports?search=udp&orderby=port%20desc").expect(200).get("count").asInt());
        admin.get("/transports?filter=colour%20eq%201").expect(400);
        admin.get("/transports/WS").expect(404);
        admin.get("/transports/WS/status").expect(400);
    }

    @Test
    void what_would_not_come_true_is_refused_with_what_to_do() {
        var udp = (ObjectNode) admin.get("/transports/UDP").expect(200);
        admin.post("/transports/UDP", "{\"port\":" + udp.get("port") + ",\"verification\":\"DISABLE\"}").expect(200);
        admin.post("/transports/TLS", "{\"verification\":\"MANDATORY\"}").expect(409);
        var second = admin.post("/transports", "{\"protocol\":\"TLS\",\"port\":6061}").expect(409);
        assertTrue(second.at("/errors/0/message").asText().contains("change the transport TLS"));
        admin.post("/transports/UDP/destroy").expect(409);
        admin.post("/transports/WS/destroy").expect(404);
        for (var taken : new int[] {box.config().httpsPort(), box.config().httpPort(), box.config().sipsPort(), box.config().rtpPorts().first() + 3}) {
            assertTrue(admin.post("/transports/UDP", "{\"port\":" + taken + "}").expect(409).at("/errors/0/message").asText().startsWith("Port " + taken + " is for "));
        }
        admin.post("/transports/TLS", "{\"port\":" + box.config().sipPort() + "}").expect(409);
        admin.post("/transports/UDP", "{\"port\":0}").expect(400);
        assertEquals(3, admin.get("/transports").expect(200).get("count").asInt());
        assertEquals(udp, admin.get("/transports/UDP").expect(200));
    }

    @Test
    void a_port_that_is_set_holds_from_the_next_start_on() {
        try (var own = Box.start()) {
            var port = FreePorts.one();
            own.admin().post("/transports/TCP", "{\"port\":" + port + "}").expect(200);
            assertEquals(port, own.admin().get("/transports/UDP").expect(200).get("port").asInt(), "UDP and TCP share one");
            assertEquals("DEACTIVATED", status(own, "UDP"));
            assertEquals("ACTIVATED", status(own, "TLS"));
            answers(own.config().sipPort());
            own.restart();
            assertEquals("ACTIVATED", status(own, "UDP"));
            answers(port);
            assertEquals(port, own.admin().get("/transports?filter=protocol%20eq%20'TCP'").expect(200).at("/items/0/port").asInt());

            own.admin().post("/transports/TCP", "{\"port\":null}").expect(200);
            assertEquals("DEACTIVATED", status(own, "TCP"));
            own.restart();
            answers(own.config().sipPort());
        }
    }

    @Test
    void a_port_that_another_program_has_by_then_leaves_the_box_reachable() throws IOException {
        try (var own = Box.start(); var another = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            own.admin().post("/transports/UDP", "{\"port\":" + another.getLocalPort() + "}").expect(200);
            own.restart();
            answers(own.config().sipPort());
            assertEquals(another.getLocalPort(), own.admin().get("/transports/UDP").expect(200).get("port").asInt());
            assertEquals("DEACTIVATED", status(own, "UDP"));
            Eventually.eventually(Duration.ofSeconds(10), () -> own.admin().get("/event_logs?search=program").expect(200).get("count").asInt(), count -> count == 1);
        }
    }

    private static String status(Box box, String transport) {
        return box.admin().get("/transports/" + transport + "/status").expect(200).get("status").asText();
    }

    private static void answers(int port) {
        try (var ping = new SipPing(port)) {
            assertTrue(ping.ask("OPTIONS", "").startsWith("SIP/2.0 200"));
        }
    }

    @Test
    void others_may_not() {
        box.user("101");
        box.stranger().signedIn("user101", "password-101").get("/transports").expect(403);
    }
}
