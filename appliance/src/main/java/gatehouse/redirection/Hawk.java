package gatehouse.redirection;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Hawk 1: each request is signed with its time, a nonce, method, address and, where it has one, its body (github.com/mozilla/hawk, API.md). */
record Hawk(String id, String key) {
    /** @param body empty for none; JSON otherwise */
    HttpRequest.Builder sign(HttpRequest.Builder request, String url, String method, String body, long seconds, String nonce) {
        var hash = body.isEmpty() ? "" : payload("application/json", body);
        var mac = Digests.signed(key, normal(URI.create(url), method, hash, seconds, nonce));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.header("Authorization", "Hawk id=\"" + id + "\", ts=\"" + seconds + "\", nonce=\"" + nonce + "\", "
                        + (hash.isEmpty() ? "" : "hash=\"" + hash + "\", ") + "mac=\"" + mac + "\"")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    static String payload(String contentType, String body) {
        return Digests.base64(Digests.digest("SHA-256", ("hawk.1.payload\n" + contentType + "\n" + body + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    static String normal(URI url, String method, String hash, long seconds, String nonce) {
        var port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        var resource = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return "hawk.1.header\n" + seconds + "\n" + nonce + "\n" + method + "\n" + resource + "\n" + url.getHost().toLowerCase(Locale.ROOT) + "\n" + port
                + "\n" + hash + "\n\n";
    }
}
