package gatehouse.webhooks;

import gatehouse.core.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers to HTTP Digest challenges (RFC 7616): SHA-256 or MD5, with {@code qop=auth} where it is offered. A challenge is kept and answered ahead, so
 * that only the first request is made twice. Belongs to one thread.
 */
final class DigestAccess {
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");
    private static final Map<String, String> ALGORITHMS = Map.of("SHA-256", "SHA-256", "MD5", "MD5");

    private final Ids ids;
    private Map<String, String> challenge = Map.of();
    private int count;

    DigestAccess(Ids ids) {
        this.ids = ids;
    }

    /** Takes up a server's challenge. @param headers every WWW-Authenticate @return false when there is none that can be answered */
    boolean challenged(List<String> headers) {
        var best = headers.stream().filter(header -> header.regionMatches(true, 0, "Digest ", 0, 7)).map(DigestAccess::parameters)
                .filter(parameters -> parameters.containsKey("nonce") && ALGORITHMS.containsKey(algorithm(parameters)))
                .max((one, other) -> algorithm(one).compareTo(algorithm(other))); // SHA-256 before MD5
        best.ifPresent(parameters -> {
            challenge = parameters;
            count = 0;
        });
        return best.isPresent();
    }

    private static Map<String, String> parameters(String header) {
        var parameters = new HashMap<String, String>();
        PARAMETER.matcher(header.substring("Digest ".length())).results().forEach(found -> parameters.put(found.group(1).toLowerCase(Locale.ROOT),
                found.group(2) == null ? found.group(3) : found.group(2).replaceAll("\\\\(.)", "$1")));
        return parameters;
    }

    private static String algorithm(Map<String, String> parameters) {
        return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    /** @return empty before the first challenge */
    Optional<String> authorization(String username, String password, String method, String uri) {
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        var realm = challenge.getOrDefault("realm", "");
        var nonce = challenge.get("nonce");
        var secret = hash(username + ":" + realm + ":" + password);
        var what = hash(method + ":" + uri);
        var auth = List.of(challenge.getOrDefault("qop", "").toLowerCase(Locale.ROOT).split("\\s*,\\s*")).contains("auth");
        var text = new StringBuilder("Digest username=").append(quoted(username)).append(", realm=").append(quoted(realm)).append(", nonce=")
                .append(quoted(nonce)).append(", uri=").append(quoted(uri)).append(", algorithm=").append(algorithm(challenge));
        if (auth) {
            var times = "%08x".formatted(++count);
            var own = ids.next();
            text.append(", qop=auth, nc=").append(times).append(", cnonce=").append(quoted(own)).append(", response=")
                    .append(quoted(hash(secret + ":" + nonce + ":" + times + ":" + own + ":auth:" + what)));
        } else {
            text.append(", response=").append(quoted(hash(secret + ":" + nonce + ":" + what)));
        }
        Optional.ofNullable(challenge.get("opaque")).ifPresent(opaque -> text.append(", opaque=").append(quoted(opaque)));
        return Optional.of(text.toString());
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(ALGORITHMS.get(algorithm(challenge))).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
