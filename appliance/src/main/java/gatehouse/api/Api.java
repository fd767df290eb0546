package gatehouse.api;

import gatehouse.core.Ids;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.staticcontent.StaticContentService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The HTTP side of the box: the API and the page over HTTPS; files for phones over both; everything else on the HTTP port is sent on to
 * HTTPS. Requests run on virtual threads.
 */
public final class Api implements AutoCloseable {
    private static final String PLAIN = "http";
    private static final int MOST_CONNECTIONS = 2_000; // 1,000 phones that fetch at once, with room
    private static final String CONTENT_RULES = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final WebServer server;
    private final int httpsPort;

    /** @param plain files for phones */
    public Api(InetAddress bind, int httpsPort, int httpPort, SSLContext tls, String version, SignInCheck signIn, List<Routes> routes,
               List<PlainRoutes> plain, Ids ids) {
        this.httpsPort = httpsPort;
        var service = new ApiService(new OpenApi(routes, version), signIn, routes, ids);
        server = WebServer.builder()
                .address(bind).port(httpsPort).shutdownHook(false).maxTcpConnections(MOST_CONNECTIONS)
                .idleConnectionTimeout(Duration.ofMinutes(2)).connectionOptions(SocketOptions.builder().readTimeout(Duration.ofSeconds(30)).build())
                .tls(Tls.builder().sslContext(tls).build())
                .routing(routing -> secure(routing, service, plain))
                .putSocket(PLAIN, socket -> socket.address(bind).port(httpPort).maxTcpConnections(MOST_CONNECTIONS)
                        .idleConnectionTimeout(Duration.ofSeconds(30))
                        .connectionOptions(SocketOptions.builder().readTimeout(Duration.ofSeconds(15)).build()))
                .routing(PLAIN, routing -> plain(routing, plain))
                .build();
    }

    private static void secure(HttpRouting.Builder routing, ApiService service, List<PlainRoutes> plain) {
        routing.any((request, response) -> {
            response.header(HeaderNames.create("Strict-Transport-Security"), "max-age=31536000");
            response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
            response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
            response.header(HeaderNames.create("Content-Security-Policy"), CONTENT_RULES);
            response.next();
        });
        routing.any("/api/*", service::handle);
        plain.forEach(one -> one.addTo(routing));
        routing.register("/", StaticContentService.builder("web").welcomeFileName("index.html").build());
    }

    private void plain(HttpRouting.Builder routing, List<PlainRoutes> plain) {
        plain.forEach(one -> one.addTo(routing));
        routing.any((request, response) -> {
            var host = request.headers().first(HeaderNames.HOST).orElse("localhost").replaceAll(":\\d+$", "");
            response.status(Status.TEMPORARY_REDIRECT_307)
                    .header(HeaderNames.LOCATION, "https://" + host + ":" + httpsPort + request.path().path()).send();
        });
    }

    /** @throws IllegalStateException when a port is taken; the message says which */
    public void start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException("HTTP cannot listen: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? e.getMessage() : rootMessage(e.getCause());
    }

    @Override
    public void close() {
        server.stop();
    }
}
