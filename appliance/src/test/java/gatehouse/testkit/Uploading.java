package gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uploads as a client does. */
public final class Uploading {
    private Uploading() {
    }

    /** An upload that has begun. */
    public record Begun(ApiClient client, String id, String token) {
        public HttpResponse<String> append(byte[] bytes, String... headers) {
            var request = client.request("/blobs/uploads/" + id + "/append").header("PortSIP-Upload-Token", token)
                    .header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(bytes));
            return send(headers.length == 0 ? request : request.headers(headers));
        }

        /** @param query such as {@code ?digest=…} */
        public ApiClient.Reply complete(byte[] rest, String query) {
            return client.send(client.request("/blobs/uploads/" + id + "/complete" + query).header("PortSIP-Upload-Token", token)
                    .POST(rest.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(rest)));
        }

        public HttpResponse<String> status() {
            return send(client.request("/blobs/uploads/" + id + "/status").GET());
        }
    }

    /** @param query such as {@code ?filename=…} */
    public static Begun begin(ApiClient client, String query) {
        var answer = send(client.request("/blobs/uploads" + query).POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        var location = answer.headers().firstValue("Location").orElseThrow();
        return new Begun(client, location.substring(location.lastIndexOf('/') + 1), answer.headers().firstValue("PortSIP-Upload-Token")
                .orElseThrow());
    }

    /** Uploads a file whole. @return its id */
    public static String file(ApiClient client, Path file) {
        try {
            return begin(client, "?filename=" + file.getFileName()).complete(Files.readAllBytes(file), "").expect(201).get("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static HttpResponse<String> send(java.net.http.HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    public static <T> HttpResponse<T> send(java.net.http.HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return ApiClient.http().send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
