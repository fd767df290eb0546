package gatehouse.secrets;

import gatehouse.core.Problem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords by PBKDF2 with HMAC-SHA-256. The cost stands in each hash, so it can rise later. Thread-safe; takes tenths of a
 * second a call on purpose, and two calls at a time, so that a storm of sign-ins never takes the processor away from the media.
 */
public final class Passwords {
    /** OWASP's floor for HMAC-SHA-256: 0.14 s where the processor has SHA instructions (a Pi 5 has), about 2 s where it has not (a Pi 4). */
    public static final int COST = 600_000;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private final SecureRandom random;
    private final int iterations;
    private final String nobody;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    public Passwords(SecureRandom random) {
        this(random, COST);
    }

    /** @param iterations what a new hash costs; tests take few */
    public Passwords(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
        this.nobody = ofNobody();
    }

    /** A hash that no password has; made, not derived, so it takes no time. For who has not chosen a password yet. */
    public String ofNobody() {
        return text(bytes(SALT_BYTES), iterations, bytes(HASH_BITS / 8));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] salt, int cost, byte[] hash) {
        return "pbkdf2-sha256$" + cost + "$" + encode(salt) + "$" + encode(hash);
    }

    /** {@code pbkdf2-sha256$iterations$salt$hash}. */
    public String hash(String password) {
        return hash(password, iterations);
    }

    /**
     * At a twentieth of the cost, for many at once: a thousand passwords would take a Pi 4 half an hour. They are somebody else's choice, to be
     * changed anyway, and each is hashed anew at its full cost when it is first used ({@link #isCheap}).
     */
    public String hashCheaply(String password) {
        return hash(password, Math.max(1, iterations / 20));
    }

    private String hash(String password, int cost) {
        var salt = bytes(SALT_BYTES);
        return text(salt, cost, derive(password, salt, cost));
    }

    /** Whether a hash costs less than a new one would, and so should be made anew. */
    public boolean isCheap(String hash) {
        return Integer.parseInt(hash.split("\\$")[1]) < iterations;
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

    private byte[] derive(String password, byte[] salt, int cost) {
        awaitTurn();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, cost, HASH_BITS)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no PBKDF2", e);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.of(Problem.Code.UNAVAILABLE, "Too many people sign in at this moment. Try again in a minute.").raise();
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
