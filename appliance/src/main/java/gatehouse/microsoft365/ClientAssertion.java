package gatehouse.microsoft365;

import gatehouse.api.Json;
import gatehouse.microsoft365.Registration.App;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** How the box proves who it is: a JWT signed with its key (RFC 7523 3; the x5t that Entra finds the certificate by is of RFC 7515 4.1.7). */
final class ClientAssertion {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private ClientAssertion() {
    }

    /** @param audience where it is sent; @param id never the same twice */
    static String of(App app, String audience, String id, Instant now) {
        try {
            var thumbprint = MessageDigest.getInstance("SHA-1").digest(app.identity().certificate());
            var header = Json.object().put("alg", "RS256").put("typ", "JWT").put("x5t", BASE64URL.encodeToString(thumbprint));
            var claims = Json.object().put("aud", audience).put("iss", app.applicationId()).put("sub", app.applicationId()).put("jti", id)
                    .put("nbf", now.minusSeconds(60).getEpochSecond()).put("exp", now.plus(LIFE).getEpochSecond()); // clocks differ
            var text = encoded(header.toString()) + "." + encoded(claims.toString());
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(app.identity().key());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
