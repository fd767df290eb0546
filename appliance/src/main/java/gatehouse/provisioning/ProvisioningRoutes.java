package gatehouse.provisioning;

import gatehouse.api.PlainRoutes;
import gatehouse.identity.Login;
import gatehouse.provisioning.Provisioning.Outcome;
import gatehouse.provisioning.Provisioning.Request;
import gatehouse.templates.RenderedFile;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Files for phones over HTTP and HTTPS: GET and HEAD of {@code /provision/{folder}/{file}}, and of directories below {@code phonebook/} there. */
public final class ProvisioningRoutes implements PlainRoutes {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.\\-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern BASIC = Pattern.compile("(?i)basic ([A-Za-z0-9+/]{1,400}=*)");
    private static final String REALM = "Basic realm=\"Extension and PIN\", charset=\"UTF-8\"";
    private final Function<Request, Outcome> files;
    private final Directories directories;

    /** The directories that phones read people's numbers from. */
    public interface Directories {
        /** Asked for at its usual place by the phones that have no other. */
        String SEED = "000000000000-directory.xml";

        /** @param query a parameter of the address by its name; empty when it is not there */
        Outcome fetch(Request request, UnaryOperator<String> query);
    }

    /** @param files who gets which */
    public ProvisioningRoutes(Function<Request, Outcome> files, Directories directories) {
        this.files = files;
        this.directories = directories;
    }

    @Override
    public void addTo(HttpRouting.Builder routing) {
        for (var path : List.of("/provision/{folder}/phonebook/{file}", "/provision/{folder}/{file:" + Directories.SEED.replace(".", "[.]") + "}")) {
            routing.get(path, (request, response) -> directory(request, response, true));
            routing.head(path, (request, response) -> directory(request, response, false));
        }
        routing.get("/provision/{folder}/{file}", (request, response) -> answer(request, response, true));
        routing.head("/provision/{folder}/{file}", (request, response) -> answer(request, response, false));
        routing.any("/provision/*", (_, response) -> missing(response));
    }

    private void answer(ServerRequest request, ServerResponse response, boolean withBody) {
        answer(request, response, files.apply(asked(request)), withBody);
    }

    private void directory(ServerRequest request, ServerResponse response, boolean withBody) {
        answer(request, response, directories.fetch(asked(request), name -> request.query().first(name).orElse("")), withBody);
    }

    private static Request asked(ServerRequest request) {
        var path = request.path().pathParameters();
        var boxAddress = address(request.localPeer().address(), request.localPeer().host());
        return new Request(path.get("folder"), path.get("file"), boxAddress, host(request, boxAddress), request.isSecure() ? "https" : "http",
                address(request.remotePeer().address(), request.remotePeer().host()), request.headers().first(HeaderNames.USER_AGENT).orElse(""),
                shown(request), login(request));
    }

    /** Only where phones are asked for one; TLS saw that they have its key. */
    private static List<X509Certificate> shown(ServerRequest request) {
        return request.remotePeer().tlsCertificates().stream().flatMap(Arrays::stream).filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast)
                .toList();
    }

    /** RFC 7617; nothing for what is none. */
    private static Optional<Login> login(ServerRequest request) {
        var basic = BASIC.matcher(request.headers().first(HeaderNames.AUTHORIZATION).orElse(""));
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            var text = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Login(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void answer(ServerRequest request, ServerResponse response, Outcome outcome, boolean withBody) {
        switch (outcome) {
            case Outcome.Found(var file) -> send(request, response, file, withBody);
            case Outcome.Missing(), Outcome.Withheld _ -> missing(response);
            case Outcome.AskPin() -> response.status(Status.UNAUTHORIZED_401).header(HeaderNames.WWW_AUTHENTICATE, REALM).send();
            case Outcome.TooMany(var retryAfter) -> response.status(Status.TOO_MANY_REQUESTS_429)
                    .header(HeaderNames.RETRY_AFTER, Long.toString(retryAfter.toSeconds() + 1)).send();
        }
    }

    /** Stable bytes have a stable tag, so that a phone that keeps what it has need not restart (RFC 9110, 8.8.3 and 13.1.2). */
    private static void send(ServerRequest request, ServerResponse response, RenderedFile file, boolean withBody) {
        var body = file.text().getBytes(StandardCharsets.UTF_8);
        var tag = "\"" + digest(body) + "\"";
        response.header(HeaderNames.ETAG, tag).header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tags -> names(tags, tag)).isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, file.contentType());
        if (withBody) {
            response.send(body);
        } else {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length)).send();
        }
    }

    private static boolean names(String tags, String tag) {
        return tags.strip().equals("*") || Arrays.stream(tags.split(",")).map(String::strip).anyMatch(one -> one.equals(tag) || one.equals("W/" + tag));
    }

    /** One answer for all that is not there. */
    private static void missing(ServerResponse response) {
        response.status(Status.NOT_FOUND_404).send();
    }

    /** How the phone called us, without the port; our own address when it says nothing that can be a host. */
    private static String host(ServerRequest request, String boxAddress) {
        var host = request.headers().first(HeaderNames.HOST).orElse("").replaceAll(":\\d+$", "");
        return HOST.matcher(host).matches() ? host : boxAddress;
    }

    private static String address(SocketAddress socket, String host) {
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
