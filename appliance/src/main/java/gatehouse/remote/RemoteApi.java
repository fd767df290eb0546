package gatehouse.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends requests to services elsewhere. Blocks for twenty seconds at most; thread-safe. */
public final class RemoteApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int LARGEST = 4 << 20; // a page of a directory
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1).build();

    /**
     * An answer.
     *
     * @param body       a missing node when the answer is not JSON
     * @param retryAfter when to ask again, if the service says so in seconds (RFC 9110 10.2.3)
     */
    public record Reply(int status, JsonNode body, Optional<Duration> retryAfter) {
        public boolean isOk() {
            return status / 100 == 2;
        }
    }

    /** An answer as it came. */
    public record Raw(int status, HttpHeaders headers, byte[] bytes) { }

    /** Whether the box talks to an address at all: over HTTPS, or in clear to the machine it runs on. */
    public static boolean allows(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null && uri.getRawUserInfo() == null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @throws RemoteFailure when the address is none the box talks to */
    public static HttpRequest.Builder to(String url) throws RemoteFailure {
        if (!allows(url)) {
            throw new RemoteFailure("The address of the service must begin with https://.");
        }
        return HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).header("Accept", "application/json");
    }

    public Reply postForm(HttpRequest.Builder request, Map<String, String> form) throws RemoteFailure {
        return send(request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(encoded(form))));
    }

    public Reply postJson(HttpRequest.Builder request, JsonNode body) throws RemoteFailure {
        return send(request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())));
    }

    public Reply send(HttpRequest.Builder request) throws RemoteFailure {
        var raw = exchange(request);
        try {
            return new Reply(raw.status, parsed(raw.bytes), raw.headers.firstValue("Retry-After").filter(text -> text.matches("\\d{1,6}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text))));
        } catch (IOException e) {
            throw new RemoteFailure("The service's answer cannot be read.", e);
        }
    }

    /** For services that answer something else than JSON, or whose headers matter. */
    public Raw exchange(HttpRequest.Builder request) throws RemoteFailure {
        var built = request.build();
        try {
            var response = client.send(built, BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                var bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new RemoteFailure(built.uri().getHost() + " answered too much.");
                }
                return new Raw(response.statusCode(), response.headers(), bytes);
            }
        } catch (IOException e) {
            throw new RemoteFailure(built.uri().getHost() + " cannot be reached: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteFailure("The box is stopping.", e);
        }
    }

    private static JsonNode parsed(byte[] bytes) throws IOException {
        try {
            var body = JSON.readTree(bytes);
            return body == null ? MissingNode.getInstance() : body;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    public static String encoded(Map<String, String> form) {
        return form.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue())).collect(Collectors.joining("&"));
    }

    /** For a form, a query or a segment of a path. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
