package gatehouse.journeys;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.RegisteredPhone;
import gatehouse.testkit.RegisteredPhone.Traits;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Which of a user's phones a registration is of: what is told one phone reaches that one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PhoneBindingTest {
    private static final String YEALINK = "001565000001";
    private static final String SNOM = "000413000002";
    private static final String FANVIL = "0c383e000003";
    private static final String OTHER_PLACE = "127.0.0.9";
    private Box box;
    private int users = 100;

    @BeforeAll
    void start() {
        box = Box.start();
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private String number() {
        return Integer.toString(users);
    }

    private String aUser() {
        return box.user(Integer.toString(++users));
    }

    /** @return where its files are */
    private String phone(String user, String mac, String template, String model) {
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, template, model)).expect(201).get("url").asText();
    }

    private boolean isRegistered(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200).get("stands").asText().startsWith("It is registered");
    }

    private void told(String mac, RegisteredPhone phone, String order, String event) {
        var heard = CompletableFuture.supplyAsync(phone::toldEvent);
        box.admin().post("/phones/" + mac + "/" + order).expect(200);
        assertEquals(event, heard.join());
    }

    @Test
    void a_mac_in_a_header_an_instance_or_the_user_agent_tells_three_phones_of_one_user_apart() {
        var user = aUser();
        phone(user, YEALINK, "yealink.ph.xml", "T46S");
        phone(user, SNOM, "snom.ph.xml", "D785");
        phone(user, FANVIL, "fanvil.ph.xml", "X4U");
        try (var fanvil = new RegisteredPhone(box, number(), Traits.agent("Fanvil X4U 2.12.16.17 " + FANVIL));
             var snom = new RegisteredPhone(box, number(), Traits.agent("snomD785/10.1.169.13").instance("<urn:uuid:2ca2c1d1-d6d5-4b5a-8d5a-000413000002>"));
             var yealink = new RegisteredPhone(box, number(), Traits.agent("Yealink SIP-T46S 66.86.0.15").header("MAC: 00:15:65:00:00:01"))) {
            told(SNOM, snom, "reprovision", "check-sync;reboot=false");
            told(YEALINK, yealink, "reboot", "check-sync;reboot=true");
            told(FANVIL, fanvil, "reprovision", "check-sync");
            assertTrue(snom.isLeftAlone() && yealink.isLeftAlone() && fanvil.isLeftAlone());
            box.restart();
            assertTrue(isRegistered(YEALINK) && isRegistered(SNOM) && isRegistered(FANVIL), "a restarted box still knows which is which");
        }
    }

    @Test
    void phones_that_name_no_mac_are_known_by_where_they_fetched_their_files() throws Exception {
        var user = aUser();
        var here = phone(user, "020000000001", "generic.ph.xml", "Softphone");
        var there = phone(user, "020000000002", "generic.ph.xml", "Softphone");
        ApiClient.fetch(here, "curl");
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(OTHER_PLACE)).build()) {
            client.send(HttpRequest.newBuilder(URI.create(there)).timeout(Duration.ofSeconds(20)).GET().build(), HttpResponse.BodyHandlers.discarding());
        }
        try (var second = new RegisteredPhone(box, number(), Traits.agent("baresip v1.0.0").at(OTHER_PLACE));
             var first = new RegisteredPhone(box, number(), Traits.agent("baresip v1.0.0"))) {
            told("020000000002", second, "reprovision", "check-sync;reboot=false");
            told("020000000001", first, "reprovision", "check-sync;reboot=false");
            assertTrue(first.isLeftAlone() && second.isLeftAlone());
        }
    }

    @Test
    void what_could_be_either_of_two_phones_is_taken_for_none() {
        var user = aUser();
        phone(user, "020000000003", "generic.ph.xml", "Softphone");
        phone(user, "020000000004", "generic.ph.xml", "Softphone");
        try (var one = new RegisteredPhone(box, number(), Traits.agent("baresip v1.0.0"))) {
            box.admin().post("/phones/020000000003/reboot").expect(409);
            box.admin().post("/phones/020000000004/reboot").expect(409);
            assertTrue(one.isLeftAlone());
        }
    }

    @Test
    void a_real_phone_is_known_by_its_instance_id() {
        var user = aUser();
        phone(user, "020000000005", "generic.ph.xml", "Softphone");
        phone(user, "020000000006", "generic.ph.xml", "Softphone");
        try (var baresip = new Baresip(Baresip.account(number(), Box.secret(number()), box.config().sipPort(), "udp"), 440,
                "7f4a0e44-54ad-4d42-9b1c-020000000006")) {
            eventually(Baresip.BOUND, () -> isRegistered("020000000006"));
            assertTrue(!isRegistered("020000000005"));
        }
    }
}
