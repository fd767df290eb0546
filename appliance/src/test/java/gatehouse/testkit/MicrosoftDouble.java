package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.microsoft365.Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Entra's token endpoint and a little of Graph, on loopback: lets in who signs with the certificate it knows (RFC 7523, RFC 7636). */
public final class MicrosoftDouble implements AutoCloseable {
    public static final String DIRECTORY = "dir-1";
    public static final String APPLICATION = "app-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Consent(String nonce, String challenge, String redirectUri, String oid) { }

    private final HttpDouble http;
    private final Clock clock;
    private final Map<String, Consent> consents = new ConcurrentHashMap<>();
    private final List<JsonNode> mails = new CopyOnWriteArrayList<>();
    private volatile byte[] certificate = new byte[0];
    private volatile String token = "graph-token";
    private final GraphDeltas deltas = new GraphDeltas();

    public MicrosoftDouble(Clock clock) {
        this.clock = clock;
        http = new HttpDouble(this::answer);
    }

    public Cloud.Endpoints endpoints() {
        return new Cloud.Endpoints(http.url() + "/login", http.url() + "/graph");
    }

    /** As an administrator uploads it. */
    public void trust(byte[] der) {
        certificate = der;
    }

    public List<JsonNode> mails() {
        return List.copyOf(mails);
    }

    /** What can be synchronised. */
    public GraphDeltas deltas() {
        return deltas;
    }

    /** Tokens given so far hold no longer. */
    public void revokeTokens() {
        token = "graph-token-" + http.asked().size();
    }

    public long tokenRequests() {
        return http.asked().stream().filter(asked -> asked.path().endsWith("/token")).count();
    }

    /** Somebody signs in at the address the box sent the browser to. @return the query that the browser comes back with */
    public String consent(String authorizationUrl, String oid) {
        var uri = URI.create(authorizationUrl);
        if (!uri.getPath().equals("/login/" + DIRECTORY + "/oauth2/v2.0/authorize")) {
            throw new AssertionError(authorizationUrl);
        }
        var query = new LinkedHashMap<String, String>();
        for (var pair : uri.getRawQuery().split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        if (!query.get("client_id").equals(APPLICATION) || !query.get("code_challenge_method").equals("S256") || !query.get("response_type").equals("code")) {
            throw new AssertionError(query);
        }
        var code = "code-" + consents.size();
        consents.put(code, new Consent(query.get("nonce"), query.get("code_challenge"), query.get("redirect_uri"), oid));
        return "code=" + code + "&state=" + query.get("state") + "&session_state=s";
    }

    private HttpDouble.Answer answer(HttpDouble.Asked asked) {
        try {
            if (asked.path().equals("/login/" + DIRECTORY + "/oauth2/v2.0/token")) {
                return token(asked.form());
            }
            if (!("Bearer " + token).equals(asked.headers().get("authorization"))) {
                return new HttpDouble.Answer(401, "{\"error\": {\"message\": \"no token\"}}");
            }
            return graph(asked);
        } catch (GeneralSecurityException e) {
            return new HttpDouble.Answer(401, "{\"error\": \"invalid_client\", \"error_description\": \"" + e.getMessage() + "\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpDouble.Answer token(Map<String, String> form) throws GeneralSecurityException, IOException {
        assertion(form.get("client_assertion"));
        if (form.get("grant_type").equals("client_credentials")) {
            return form.get("scope").equals(http.url() + "/graph/.default") ? new HttpDouble.Answer(200,
                    "{\"access_token\": \"" + token + "\", \"expires_in\": 3599}") : new HttpDouble.Answer(400, "{\"error\": \"invalid_scope\"}");
        }
        var consent = consents.remove(form.get("code"));
        var challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII)));
        if (consent == null || !consent.challenge.equals(challenge) || !consent.redirectUri.equals(form.get("redirect_uri"))) {
            return new HttpDouble.Answer(400, "{\"error\": \"invalid_grant\", \"error_description\": \"The code is not yours\"}");
        }
        var claims = JSON.createObjectNode().put("aud", APPLICATION).put("nonce", consent.nonce).put("oid", consent.oid)
                .put("exp", clock.instant().plusSeconds(300).getEpochSecond());
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return new HttpDouble.Answer(200, JSON.createObjectNode().put("access_token", "t").put("id_token", encoder.encodeToString("{}".getBytes(
                StandardCharsets.UTF_8)) + "." + encoder.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8)) + ".c2ln").toString());
    }

    private void assertion(String jwt) throws GeneralSecurityException, IOException {
        if (certificate.length == 0) {
            throw new GeneralSecurityException("This application has no certificate");
        }
        var parts = jwt.split("\\.");
        var header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        var x509 = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(x509.getPublicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        var now = clock.instant().getEpochSecond();
        var right = signature.verify(Base64.getUrlDecoder().decode(parts[2])) && header.get("alg").asText().equals("RS256")
                && header.get("x5t").asText().equals(Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-1")
                .digest(certificate))) && claims.get("iss").asText().equals(APPLICATION) && claims.get("sub").asText().equals(APPLICATION)
                && claims.get("aud").asText().equals(http.url() + "/login/" + DIRECTORY + "/oauth2/v2.0/token") && claims.get("exp").asLong() > now
                && claims.get("nbf").asLong() <= now;
        if (!right) {
            throw new GeneralSecurityException("The assertion is not signed with the certificate");
        }
    }

    private HttpDouble.Answer graph(HttpDouble.Asked asked) throws IOException {
        if (asked.path().startsWith("/graph/v1.0/users?")) {
            return asked.path().contains("skip=2") ? new HttpDouble.Answer(200, "{\"value\": [{\"id\": \"oid-3\", \"displayName\": \"Guest\", "
                    + "\"userPrincipalName\": \"g@else.test\", \"userType\": \"Guest\"}]}")
                    : new HttpDouble.Answer(200, "{\"value\": [{\"id\": \"oid-1\", \"displayName\": \"Ann\", \"mail\": \"ann@corp.test\", \"userType\": "
                    + "\"Member\"}, {\"id\": \"oid-2\", \"displayName\": \"Ben\", \"mail\": null, \"userPrincipalName\": \"ben@corp.test\"}], "
                    + "\"@odata.nextLink\": \"" + http.url() + "/graph/v1.0/users?skip=2\"}");
        }
        if (asked.path().contains("/delta?")) {
            return deltas.answer(http.url(), asked.path().substring("/graph/v1.0".length()));
        }
        if (asked.path().endsWith("/$batch")) {
            return deltas.batch(JSON.readTree(asked.body()));
        }
        if (asked.path().endsWith("/photo/$value")) {
            return deltas.photo(asked.path().split("/")[4]);
        }
        if (asked.path().endsWith("/sendMail")) {
            mails.add(JSON.readTree(asked.body()));
            return new HttpDouble.Answer(202, "");
        }
        return asked.path().matches("/graph/v1.0/users/oid-[\\d-]+\\?.*") ? new HttpDouble.Answer(200, "{\"id\": \"x\"}")
                : new HttpDouble.Answer(404, "{\"error\": {\"message\": \"no such user\"}}");
    }

    @Override
    public void close() {
        http.close();
    }
}
