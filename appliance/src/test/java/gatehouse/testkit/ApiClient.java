package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.AnswerCheck;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Speaks the REST API over real HTTPS, as an existing client would. Thread-safe. */
public final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(trustingAll()).connectTimeout(Duration.ofSeconds(5)).build();

    /** A status and its body; a missing node when there is none, or none that is JSON. */
    public record Reply(int status, JsonNode body, String text) {
        /** The body, or a failure that shows what came instead. */
        public JsonNode expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("Expected " + wanted + " but got " + status + ": " + text);
            }
            return body;
        }
    }

    private final String origin;
    private final String token;

    public ApiClient(String origin) {
        this(origin, null);
    }

    private ApiClient(String origin, String token) {
        this.origin = origin;
        this.token = token;
    }

    /** This client with the tokens of a sign-in; fails unless it is let in. */
    public ApiClient signedIn(String name, String password) {
        var tokens = post("/auth/sign_in", JSON.createObjectNode().put("username", name).put("password", password)).expect(200);
        return withToken(tokens.get("access_token").asText());
    }

    public ApiClient withToken(String accessToken) {
        return new ApiClient(origin, accessToken);
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, ObjectNode body) {
        return post(path, body.toString());
    }

    /** @param body sent as it is, with the content type of JSON */
    public Reply post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** A request on a path below {@code /api}, with the token if there is one; bounded in time. */
    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(origin + "/api" + path)).timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var reply = new Reply(response.statusCode(), parse(response.body()), response.body());
            var broken = AnswerCheck.broken(response.request().method(), response.uri(), reply.status(), reply.body());
            if (!broken.isEmpty()) {
                throw new AssertionError("An answer that is not as documented: " + String.join("; ", broken));
            }
            return reply;
        } catch (IOException e) {
            throw new AssertionError("No answer from " + origin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Any address of the box, such as a provisioning one, with no token. */
    public static HttpResponse<String> fetch(String url, String userAgent) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).header("User-Agent", userAgent).GET().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** For streams that stay open. */
    public static HttpClient http() {
        return HTTP;
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The box makes its certificate itself; what the tests trust is that it runs on this machine. */
    static TrustManager trustingEverybody() {
        return new TrustsAll();
    }

    private static SSLContext trustingAll() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustingEverybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
