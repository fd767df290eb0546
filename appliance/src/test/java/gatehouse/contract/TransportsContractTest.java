package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
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
        var refused = admin.post("/transports/UDP", "{\"port\":6060}").expect(409);
        assertTrue(refused.at("/errors/0/message").asText().contains("--sip-port"));
        admin.post("/transports/TLS", "{\"verification\":\"MANDATORY\"}").expect(409);
        var second = admin.post("/transports", "{\"protocol\":\"TLS\",\"port\":6061}").expect(409);
        assertTrue(second.at("/errors/0/message").asText().contains("--sips-port"));
        admin.post("/transports/UDP/destroy").expect(409);
        admin.post("/transports/WS/destroy").expect(404);
        assertEquals(3, admin.get("/transports").expect(200).get("count").asInt());
    }

    @Test
    void others_may_not() {
        box.user("101");
        box.stranger().signedIn("user101", "password-101").get("/transports").expect(403);
    }
}
