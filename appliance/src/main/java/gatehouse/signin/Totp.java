package gatehouse.signin;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of an authenticator app (RFC 6238 on RFC 4226), with what every such app takes for granted: HMAC-SHA-1, six digits, 30 seconds. */
final class Totp {
    static final int DIGITS = 6;
    static final int SECRET_BYTES = 20; // RFC 4226 4: 160 bits recommended
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648 6

    private Totp() {
    }

    static long step(Instant now) {
        return now.getEpochSecond() / STEP.toSeconds();
    }

    /** @param algorithm as in {@code HmacSHA1} */
    static String code(byte[] secret, long step, int digits, String algorithm) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & Integer.MAX_VALUE; // RFC 4226 5.3
            return ("%0" + digits + "d").formatted(number % (long) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The step that {@code code} is of; empty when it is of none that may still be used. A step to either side counts too, for clocks that
     * differ and people who type slowly (RFC 6238 5.2).
     *
     * @param lastUsed no code of this step or one before it holds again
     */
    static OptionalLong matches(byte[] secret, String code, Instant now, long lastUsed) {
        return LongStream.rangeClosed(step(now) - 1, step(now) + 1).filter(step -> step > lastUsed)
                .filter(step -> java.security.MessageDigest.isEqual(code(secret, step, DIGITS, "HmacSHA1").getBytes(StandardCharsets.US_ASCII),
                        code.getBytes(StandardCharsets.UTF_8))).findFirst();
    }

    static String base32(byte[] bytes) {
        var text = new StringBuilder();
        for (int bit = 0; bit < bytes.length * 8; bit += 5) {
            var value = 0;
            for (int i = bit; i < bit + 5; i++) {
                value = value << 1 | (i < bytes.length * 8 ? bytes[i / 8] >> 7 - i % 8 & 1 : 0);
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }

    /** What an app reads from a QR code. */
    static String url(byte[] secret, String user, String domain) {
        return "otpauth://totp/Gatehouse:" + encoded(user + "@" + domain) + "?secret=" + base32(secret) + "&issuer=Gatehouse";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
