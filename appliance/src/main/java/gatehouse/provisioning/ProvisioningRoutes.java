package gatehouse.provisioning;

import gatehouse.api.PlainRoutes;
import gatehouse.provisioning.Provisioning.Outcome;
import gatehouse.provisioning.Provisioning.Request;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files for phones over HTTP and HTTPS: {@code /provision/{folder}/{file}}. */
public final class ProvisioningRoutes implements PlainRoutes {
    private final Provisioning provisioning;

    public ProvisioningRoutes(Provisioning provisioning) {
        this.provisioning = provisioning;
    }

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get("/provision/{folder}/{file}", this::get);
        routing.any("/provision/*", (_, response) -> missing(response));
    }

    private void get(ServerRequest request, ServerResponse response) {
        var outcome = provisioning.fetch(new Request(request.path().pathParameters().get("folder"), request.path().pathParameters().get("file"),
                address(request.localPeer().address(), request.localPeer().host()), request.isSecure() ? "https" : "http",
                address(request.remotePeer().address(), request.remotePeer().host()), request.headers().first(HeaderNames.USER_AGENT).orElse("")));
        switch (outcome) {
            case Outcome.Found(var file) -> {
                var tag = "\"" + digest(file.body()) + "\"";
                response.header(HeaderNames.ETAG, tag).header(HeaderNames.CACHE_CONTROL, "private, no-cache");
                if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
                    response.status(Status.NOT_MODIFIED_304).send();
                } else {
                    response.header(HeaderNames.CONTENT_TYPE, file.mediaType()).send(file.body());
                }
            }
            case Outcome.Missing() -> missing(response);
            case Outcome.LockedOut(var _) -> response.status(Status.TOO_MANY_REQUESTS_429).header(HeaderNames.RETRY_AFTER, "60").send();
        }
    }

    private static void missing(ServerResponse response) {
        response.status(Status.NOT_FOUND_404).send();
    }

    private static String address(java.net.SocketAddress socket, String host) {
        var text = socket instanceof InetSocketAddress address ? address.getAddress().getHostAddress().split("%")[0] : host;
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
