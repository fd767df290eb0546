package gatehouse.journeys;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.ProvisionedAccount;
import gatehouse.testkit.RegisteredPhone;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A phone that is nobody's registers with what it was told, and somebody dials a PIN at it: a real phone does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DialToAdoptTest {
    private Box box;
    private String user;

    @BeforeAll
    void start() {
        box = Box.start();
        user = box.user("701");
        box.admin().post("/provisioning/identity", "{\"dial_to_adopt\": true}").expect(200);
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private String starter(String mac) throws Exception {
        return starter("127.0.0.1", mac);
    }

    private String starter(String from, String mac) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
            var reply = client.send(HttpRequest.newBuilder(URI.create(box.httpOrigin() + "/provision/start/" + mac + ".cfg")).timeout(Duration.ofSeconds(20))
                    .header("User-Agent", "Yealink SIP-T46S 66.86.0.15 " + mac).GET().build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, reply.statusCode());
            return reply.body();
        }
    }

    private String pin() {
        return box.admin().post("/users/" + user + "/adoption_pin").expect(200).get("dial").asText();
    }

    private static String refusal(Baresip phone, String dialled) {
        phone.dial(dialled);
        return phone.await("CALL_CLOSED").toString();
    }

    @Test
    void the_phone_is_that_users_and_is_told_to_fetch_its_files() throws Exception {
        var mac = "001565600001";
        var waiting = ProvisionedAccount.fromYealink(starter(mac));
        assertEquals("adopt-" + mac, waiting.user());
        assertEquals(waiting, ProvisionedAccount.fromYealink(starter(mac)), "the same account each time it asks");
        try (var phone = new Baresip(waiting.forBaresip(), 440); var ear = new RegisteredPhone(box, waiting.user(), waiting.secret())) {
            phone.awaitRegistered();
            var pin = pin();
            assertTrue(refusal(phone, "701").contains("403"), "it calls nobody");
            assertTrue(refusal(phone, pin).contains("Adopted as 701"));
            var told = ear.hears();
            assertTrue(told.startsWith("NOTIFY ") && told.contains("Event: check-sync"), told);
            assertTrue(refusal(phone, pin).contains("Wrong PIN"), "it is good once");
        }
        var own = ProvisionedAccount.fromYealink(starter(mac));
        assertEquals("701", own.user());
        new RegisteredPhone(box, "701", own.secret()).close();
        assertEquals("PIN", box.admin().get("/phones/" + mac + "/ladder").expect(200).get("identity").asText());
    }

    @Test
    void wrong_pins_make_it_wait_and_a_stranger_cannot_call_in_by_it() throws Exception {
        var mac = "001565600002";
        var waiting = ProvisionedAccount.fromYealink(starter("127.0.0.31", mac));
        assertThrows(AssertionError.class, () -> new RegisteredPhone(box, waiting.user(), "guessed"));
        assertThrows(AssertionError.class, () -> new RegisteredPhone(box, "adopt-0015656000ff", waiting.secret()));
        try (var phone = new Baresip(waiting.forBaresip(), 440)) {
            phone.awaitRegistered();
            for (int i = 0; i < 5; i++) {
                assertTrue(refusal(phone, "*230000000" + i).contains("Wrong PIN"));
            }
            assertTrue(refusal(phone, pin()).contains("Too many wrong PINs"));
        }
        eventually(Duration.ofSeconds(5), () -> box.admin().get("/event_logs").expect(200).toString().contains("Too many wrong adoption PINs from 127.0.0.31"));
        box.admin().get("/phones/" + mac).expect(404);
        box.admin().post("/users/" + user + "/adoption_pin/destroy").expect(204);
        box.admin().post("/provisioning/identity", "{\"dial_to_adopt\": null}").expect(200);
        assertFalse(starter("001565600003").contains("account."), "off until somebody wants it");
        box.admin().post("/provisioning/identity", "{\"dial_to_adopt\": true}").expect(200);
    }
}
