package gatehouse.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatehouse.sip.Digest.Credentials;
import gatehouse.sip.Digest.Verdict;
import gatehouse.testkit.MovedClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DigestTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final Digest digest = new Digest("box.test", clock, new SecureRandom());

    @Test
    void the_response_is_that_of_rfc_2617() { // 3.5
        var given = new Credentials("Mufasa", "testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "/dir/index.html", "", "MD5", "auth",
                "0a4f113b", "00000001");
        assertEquals("6629fae49393a05397450978507c4ef1", Digest.response(given, "GET", "Circle Of Life"));
    }

    @Test
    void the_responses_are_those_of_rfc_7616() { // 3.9.1
        assertEquals("8ca523f5e9506fed4657c9700eebdbec", Digest.response(mufasa("MD5"), "GET", "Circle of Life"));
        assertEquals("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
                Digest.response(mufasa("SHA-256"), "GET", "Circle of Life"));
    }

    private static Credentials mufasa(String algorithm) {
        return new Credentials("Mufasa", "http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "/dir/index.html", "", algorithm,
                "auth", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "00000001");
    }

    @Test
    void the_right_secret_is_good_with_either_hash() {
        assertEquals(Verdict.GOOD, digest.check(answer(digest.nonce(), "MD5", "00000001", "right"), "REGISTER", "right"));
        assertEquals(Verdict.GOOD, digest.check(answer(digest.nonce(), "SHA-256", "00000001", "right"), "REGISTER", "right"));
    }

    @Test
    void a_wrong_secret_is_wrong_on_a_new_nonce_and_on_an_old_one() {
        var given = answer(digest.nonce(), "MD5", "00000001", "wrong");
        assertEquals(Verdict.WRONG, digest.check(given, "REGISTER", "right"));
        clock.move(Digest.NONCE_LIFE.plusSeconds(1));
        assertEquals(Verdict.WRONG, digest.check(given, "REGISTER", "right"));
    }

    @Test
    void an_answer_for_one_method_is_wrong_for_another() {
        assertEquals(Verdict.WRONG, digest.check(answer(digest.nonce(), "MD5", "00000001", "right"), "INVITE", "right"));
    }

    @Test
    void a_nonce_serves_for_its_life_and_is_stale_after_it() {
        var nonce = digest.nonce();
        clock.move(Digest.NONCE_LIFE);
        assertEquals(Verdict.GOOD, digest.check(answer(nonce, "MD5", "00000001", "right"), "REGISTER", "right"));
        clock.move(Duration.ofMillis(1));
        assertEquals(Verdict.STALE, digest.check(answer(nonce, "MD5", "00000002", "right"), "REGISTER", "right"));
    }

    @Test
    void what_was_heard_on_the_wire_cannot_be_sent_again() {
        var nonce = digest.nonce();
        var heard = answer(nonce, "MD5", "00000002", "right");
        assertEquals(Verdict.GOOD, digest.check(heard, "REGISTER", "right"));
        assertEquals(Verdict.STALE, digest.check(heard, "REGISTER", "right"));
        assertEquals(Verdict.STALE, digest.check(answer(nonce, "MD5", "00000001", "right"), "REGISTER", "right"));
        assertEquals(Verdict.GOOD, digest.check(answer(nonce, "MD5", "00000003", "right"), "REGISTER", "right"));
    }

    @Test
    void a_wrong_answer_does_not_use_up_the_count_of_the_right_one() {
        var nonce = digest.nonce();
        assertEquals(Verdict.WRONG, digest.check(answer(nonce, "MD5", "ffffffff", "wrong"), "REGISTER", "right"));
        assertEquals(Verdict.GOOD, digest.check(answer(nonce, "MD5", "00000001", "right"), "REGISTER", "right"));
    }

    @Test
    void a_made_up_or_changed_nonce_is_never_good() {
        var nonce = digest.nonce();
        var changed = (nonce.charAt(0) == '0' ? '1' : '0') + nonce.substring(1);
        for (var foreign : new String[] {"", "x", "0".repeat(52), "é".repeat(52), changed, new Digest("box.test", clock, new SecureRandom()).nonce()}) {
            assertEquals(Verdict.FOREIGN, digest.check(answer(foreign, "MD5", "00000001", "right"), "REGISTER", "right"), foreign);
        }
    }

    @Test
    void a_count_that_is_no_hexadecimal_number_is_not_good() {
        for (var count : new String[] {"", "-1", "g", "100000000"}) {
            assertNotEquals(Verdict.GOOD, digest.check(answer(digest.nonce(), "MD5", count, "right"), "REGISTER", "right"), count);
        }
    }

    @Test
    void another_realm_is_wrong() {
        var given = new Credentials("101", "elsewhere", digest.nonce(), "sip:box.test", "", "MD5", "auth", "abc", "00000001");
        assertEquals(Verdict.WRONG, digest.check(answered(given, "right"), "REGISTER", "right"));
    }

    private static Credentials answer(String nonce, String algorithm, String count, String secret) {
        return answered(new Credentials("101", "box.test", nonce, "sip:box.test", "", algorithm, "auth", "0a4f113b", count), secret);
    }

    private static Credentials answered(Credentials given, String secret) {
        return new Credentials(given.username(), given.realm(), given.nonce(), given.uri(), Digest.response(given, "REGISTER", secret),
                given.algorithm(), given.qop(), given.cnonce(), given.nonceCount());
    }
}
