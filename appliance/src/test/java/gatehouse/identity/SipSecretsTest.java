package gatehouse.identity;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.ProvisionedAccount;
import gatehouse.testkit.RegisteredPhone;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A SIP password of each phone's own: fetched over HTTP, shown over SIP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SipSecretsTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-25T12:00:00Z"));
    private Box box;
    private int users = 300;
    private String user;

    @BeforeAll
    void start() {
        box = Box.start(clock, Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private String phone(String mac) {
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S")).expect(201).get("url").asText();
    }

    private static String secret(String url) throws Exception {
        var reply = ApiClient.fetch(url, "Yealink SIP-T46S 66.86.0.15");
        assertEquals(200, reply.statusCode());
        return ProvisionedAccount.fromYealink(reply.body()).secret();
    }

    private void registers(String secret) {
        new RegisteredPhone(box, Integer.toString(users), secret).close();
    }

    private void isRefused(String secret) {
        assertThrows(AssertionError.class, () -> registers(secret));
    }

    private void adoptAnew(String mac) {
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
    }

    @Test
    void each_phone_has_its_own_beside_the_one_that_people_type() throws Exception {
        user = box.user(Integer.toString(++users));
        var one = secret(phone("001565200001"));
        var other = secret(phone("001565200002"));
        assertNotEquals(one, other);
        for (var right : new String[] {one, other, Box.secret(Integer.toString(users))}) {
            registers(right);
        }
        var id = box.admin().get("/users/" + user + "/phones").expect(200).get("items").get(0).get("id").asText();
        box.admin().post("/users/" + user + "/phones/" + id + "/destroy").expect(204);
        isRefused(one);
        registers(other);
        box.restart();
        registers(other);
    }

    @Test
    void adoption_makes_it_anew_and_the_old_one_opens_nothing_once_the_new_one_was_shown() throws Exception {
        user = box.user(Integer.toString(++users));
        var mac = "001565200003";
        var url = phone(mac);
        var old = secret(url);
        assertEquals(old, secret(url), "a restart is no adoption");
        adoptAnew(mac);
        var fresh = secret(url);
        assertNotEquals(old, fresh);
        assertEquals(fresh, secret(url), "one window, one new password");
        registers(old); // the phone has its new file, but may be on a call still
        registers(fresh);
        isRefused(old);
        registers(fresh);
        box.restart();
        isRefused(old);
    }

    @Test
    void the_old_one_dies_by_itself_when_the_new_one_is_never_shown() throws Exception {
        user = box.user(Integer.toString(++users));
        var mac = "001565200004";
        var url = phone(mac);
        var old = secret(url);
        adoptAnew(mac);
        secret(url);
        clock.move(SipSecrets.GRACE.minusSeconds(1));
        registers(old);
        clock.move(Duration.ofSeconds(1));
        isRefused(old);
        eventually(Duration.ofSeconds(5), () -> box.admin().get("/phones/" + mac + "/ladder").expect(200).toString().contains("REGISTER_REFUSED"));
    }

    @Test
    void who_is_shut_out_comes_in_by_none_of_them() throws Exception {
        user = box.user(Integer.toString(++users));
        var own = secret(phone("001565200005"));
        box.admin().post("/users/" + user, "{\"enabled\": false}").expect(200);
        isRefused(own);
        isRefused(Box.secret(Integer.toString(users)));
    }
}
