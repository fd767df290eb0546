package gatehouse.sip;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digest access authentication (RFC 2617, RFC 7616) as a registrar and proxy checks it. Nonces carry their own time and proof, so
 * 1,000 phones that come back at once cost no memory before they answer; a used nonce count is never taken twice. Thread-safe.
 */
final class Digest {
    static final Duration NONCE_LIFE = Duration.ofMinutes(5);
    private static final int NONCES_REMEMBERED = 4096;

    /** What a client sent; absent parameters are empty. */
    record Credentials(String username, String realm, String nonce, String uri, String response, String algorithm, String qop, String cnonce,
                       String nonceCount) { }

    enum Verdict { GOOD, WRONG, STALE, FOREIGN }

    private final String realm;
    private final Clock clock;
    private final SecretKeySpec key;
    private final SecureRandom random;
    private final Map<String, Long> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > NONCES_REMEMBERED;
        }
    };

    Digest(String realm, Clock clock, SecureRandom random) {
        this.realm = realm;
        this.clock = clock;
        this.random = random;
        var bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    String realm() {
        return realm;
    }

    /** Time, chance and proof, in hex. */
    String nonce() {
        var chance = new byte[8];
        random.nextBytes(chance);
        var body = "%012x".formatted(clock.millis()) + HexFormat.of().formatHex(chance);
        return body + proof(body);
    }

    private String proof(String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)), 0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A wrong secret is {@code WRONG} even on an old nonce; a right one on an old nonce is {@code STALE}: try again with a new one. A nonce that was
     * never ours, or was before a restart, is {@code FOREIGN}.
     */
    Verdict check(Credentials given, String method, String secret) {
        if (!given.realm.equals(realm) || !ours(given.nonce)) {
            return ours(given.nonce) ? Verdict.WRONG : Verdict.FOREIGN;
        }
        if (!isBy(given, method, secret)) {
            return Verdict.WRONG;
        }
        return old(given.nonce) || !countsUp(given) ? Verdict.STALE : Verdict.GOOD;
    }

    /** Whether the response was made with {@code secret}, whatever its nonce. */
    boolean isBy(Credentials given, String method, String secret) {
        return MessageDigest.isEqual(response(given, method, secret).getBytes(StandardCharsets.US_ASCII), given.response.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean ours(String nonce) {
        return nonce.length() == 52 && MessageDigest.isEqual(proof(nonce.substring(0, 28)).getBytes(StandardCharsets.US_ASCII),
                nonce.substring(28).getBytes(StandardCharsets.US_ASCII));
    }

    private boolean old(String nonce) {
        var made = Long.parseLong(nonce.substring(0, 12), 16);
        return clock.millis() - made > NONCE_LIFE.toMillis();
    }

    private boolean countsUp(Credentials given) {
        if (given.qop.isEmpty() || !given.nonceCount.matches("[0-9a-fA-F]{1,8}")) {
            return given.qop.isEmpty(); // RFC 2069 clients count nothing
        }
        var count = Long.parseLong(given.nonceCount, 16);
        synchronized (counts) {
            var last = counts.get(given.nonce);
            if (last != null && count <= last) {
                return false;
            }
            counts.put(given.nonce, count);
            return true;
        }
    }

    /** RFC 7616 3.4.1, for MD5 and SHA-256, with and without qop=auth. */
    static String response(Credentials given, String method, String secret) {
        var hash = given.algorithm.equalsIgnoreCase("SHA-256") ? "SHA-256" : "MD5";
        var first = hex(hash, given.username + ":" + given.realm + ":" + secret);
        var second = hex(hash, method + ":" + given.uri);
        return given.qop.isEmpty() ? hex(hash, first + ":" + given.nonce + ":" + second)
                : hex(hash, first + ":" + given.nonce + ":" + given.nonceCount + ":" + given.cnonce + ":" + given.qop + ":" + second);
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
