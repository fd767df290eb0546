package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.Sipp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones are told to fetch their files, and tell who may say so: SIPp plays the phone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PhoneOrdersTest {
    private static final String MAC = "00:15:65:aa:bb:01";
    private Box box;

    @BeforeAll
    void start() {
        box = Box.start();
        var user = box.user("101");
        box.admin().post("/users/" + user + "/phones", Box.aPhone(MAC, "yealink.ph.xml", "T46S")).expect(201);
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private int registered() {
        var port = FreePorts.one();
        try (var phone = new Sipp("registering", box.config().sipPort(), port, "101", Box.secret("101"))) {
            phone.expectSuccess();
        }
        return port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"reprovision", "reboot"})
    void a_phone_that_asks_for_its_password_gets_it_proved(String order) {
        try (var phone = new Sipp("challenging", box.config().sipPort(), registered(), "101", Box.secret("101"))) {
            box.admin().post("/phones/" + MAC + "/" + order).expect(200);
            phone.expectSuccess();
        }
    }

    @Test
    void all_phones_are_told_at_once() {
        try (var phone = new Sipp("challenging", box.config().sipPort(), registered(), "101", Box.secret("101"))) {
            box.admin().post("/phones/reprovision").expect(200);
            phone.expectSuccess();
        }
    }

    @Test
    void a_phone_that_says_nothing_is_reported() {
        registered(); // and gone again
        var why = box.admin().post("/phones/" + MAC + "/reboot").expect(409).at("/errors/0/message").asText();
        assertTrue(why.contains("001565aabb01"), why);
    }
}
