package gatehouse.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** The seeds of RFC 6238 appendix B: these digits, repeated to the length of each hash. */
    private static byte[] seed(int length) {
        return "1234567890".repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"59, 94287082, 46119246, 90693936", "1111111109, 07081804, 68084774, 25091201", "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116", "2000000000, 69279037, 90698825, 38618901", "20000000000, 65353130, 77737706, 47863826"})
    void the_codes_are_those_of_the_rfc(long second, String sha1, String sha256, String sha512) {
        var step = Totp.step(Instant.ofEpochSecond(second));
        assertEquals(sha1, Totp.code(seed(20), step, 8, "HmacSHA1"));
        assertEquals(sha256, Totp.code(seed(32), step, 8, "HmacSHA256"));
        assertEquals(sha512, Totp.code(seed(64), step, 8, "HmacSHA512"));
    }

    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32_is_that_of_rfc_4648_without_padding(String text, String encoded) {
        assertEquals(encoded, Totp.base32(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_code_holds_for_a_step_to_either_side_and_once() {
        var secret = seed(20);
        var code = Totp.code(secret, 1000, 6, "HmacSHA1");
        for (var second : new long[] {999 * 30, 1000 * 30, 1001 * 30 + 29}) {
            assertEquals(OptionalLong.of(1000), Totp.matches(secret, code, Instant.ofEpochSecond(second), 0));
        }
        for (var second : new long[] {999 * 30 - 1, 1002 * 30}) {
            assertTrue(Totp.matches(secret, code, Instant.ofEpochSecond(second), 0).isEmpty());
        }
        assertTrue(Totp.matches(secret, code, Instant.ofEpochSecond(1000 * 30), 1000).isEmpty());
        assertTrue(Totp.matches(secret, "", Instant.ofEpochSecond(1000 * 30), 0).isEmpty());
    }

    @Test
    void an_app_can_read_the_url() {
        assertEquals("otpauth://totp/Gatehouse:o%27neil%20x%40box.test?secret=MZXW6YTBOI&issuer=Gatehouse",
                Totp.url("foobar".getBytes(StandardCharsets.US_ASCII), "o'neil x", "box.test"));
    }
}
