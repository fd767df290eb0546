package gatehouse.secrets;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords by PBKDF2 with HMAC-SHA-256. The cost stands in each hash, so it can rise later. Thread-safe; takes tens of
 * milliseconds a call on purpose.
 */
public final class Passwords {
    private static final int ITERATIONS = 210_000; // about 50 ms on a PC, 0.4 s on a Pi 4: dear for a thief, bearable at sign-in
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private final SecureRandom random;
    private final String nobody;

    public Passwords(SecureRandom random) {
        this.random = random;
        this.nobody = hash("no password has this hash");
    }

    /** {@code pbkdf2-sha256$iterations$salt$hash}. */
    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "pbkdf2-sha256$" + ITERATIONS + "$" + encode(salt) + "$" + encode(derive(password, salt, ITERATIONS));
    }

    public boolean matches(String password, String hash) {
        var parts = hash.split("\\$");
        var expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(expected, derive(password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1])));
    }

    /** Takes as long as {@link #matches}, so that an unknown name answers no sooner than a wrong password. */
    public boolean matchesNobody(String password) {
        return matches(password, nobody) && false;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no PBKDF2", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
