package gatehouse.api;

import gatehouse.core.AddressFilter;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.staticcontent.StaticContentService;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP side of the box: the API and the page over HTTPS; files for phones over both, and on a port of their own that asks for their makers'
 * certificates, so that no browser is asked; everything else on the HTTP port is sent on to HTTPS. Requests run on virtual threads.
 */
public final class Api implements AutoCloseable {
    private static final String PLAIN = "http";
    private static final String ASKING = "phones";
    private static final int MOST_CONNECTIONS = 2_000; // 1,000 phones that fetch at once, with room
    private static final int MOST_REQUESTS = 256; // at once, event streams too: with 256 KiB a body, 64 MB at the very worst
    private static final long LARGEST_BODY = 101L << 20; // the largest file and some room; handlers hold JSON to far less
    private static final long LARGEST_PLAIN_BODY = 64 << 10; // nobody reads one there
    private static final int REQUESTS_PER_SECOND = 200; // from one address: no page or program needs as many for long
    private static final int BURST = 2_000;
    /** RFC 3986 3.4. The server's own check refuses a colon (Helidon issue 9862, mended in 4.2.1), which times and digests have. */
    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*");
    private static final Http1Config OWN_CHECK = Http1Config.builder().validatePrologue(false).build();
    private static final BoundedBodies HTTP = new BoundedBodies(Http1ConnectionSelector.builder().config(OWN_CHECK).build());
    private static final WsConfig SOCKETS = WsConfig.builder().maxFrameLength(Sockets.LONGEST_MESSAGE).build();
    private static final BoundedBodies HTTP_AND_WEBSOCKETS = new BoundedBodies(Http1ConnectionSelector.builder().config(OWN_CHECK)
            .addUpgrader(WsUpgrader.create(SOCKETS)).build());
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.\\-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
    private static final String FILES = "/blobs/*";
    private static final String HASHED = "/assets/";
    private static final List<Header> PAGE_RULES = List.of(
            HeaderValues.create("X-Content-Type-Options", "nosniff"),
            HeaderValues.create("Referrer-Policy", "no-referrer"),
            HeaderValues.create("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.create("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"));

    private final WebServer server;
    private final int httpsPort;
    private final Sockets sockets;
    private final AddressFilter addresses;

    /** @param lists cuts what handlers list whole; @param plain files for phones */
    public Api(Listening where, SignInCheck signIn, List<Routes> routes, ShortLists lists, List<PlainRoutes> plain, List<SocketRoutes> sockets,
               AddressFilter addresses, Ids ids) {
        this(where, signIn, routes, lists, plain, sockets, addresses, new RateLimit(REQUESTS_PER_SECOND, BURST, System::nanoTime), ids);
    }

    Api(Listening where, SignInCheck signIn, List<Routes> routes, ShortLists lists, List<PlainRoutes> plain, List<SocketRoutes> socketRoutes,
        AddressFilter addresses, RateLimit limit, Ids ids) {
        this.httpsPort = where.httpsPort();
        this.addresses = addresses;
        sockets = new Sockets(limit, addresses);
        var service = new ApiService(new OpenApi(), signIn, routes, lists, limit, ids);
        var builder = WebServer.builder()
                .address(where.bind()).port(httpsPort).shutdownHook(false).maxTcpConnections(MOST_CONNECTIONS).maxConcurrentRequests(MOST_REQUESTS)
                .maxPayloadSize(LARGEST_BODY).protocolsDiscoverServices(false).addConnectionSelector(HTTP_AND_WEBSOCKETS)
                .idleConnectionTimeout(Duration.ofMinutes(2)).connectionOptions(options(Duration.ofSeconds(30)))
                .directHandlers(Refusals.handlers())
                .tls(Tls.builder().sslContext(where.tls()).build())
                .addProtocol(SOCKETS) // where a connection looks for it once it was upgraded
                .routing(routing -> secure(routing, service, plain))
                .addRouting(sockets.routing(socketRoutes))
                .putSocket(PLAIN, socket -> phones(socket, where.bind(), where.httpPort()))
                .routing(PLAIN, routing -> plain(routing, plain));
        if (where.askingPort() != 0) {
            builder.putSocket(ASKING, socket -> phones(socket, where.bind(), where.askingPort())
                            .tls(Tls.builder().sslContext(where.asking()).clientAuth(TlsClientAuth.OPTIONAL).build()))
                    .routing(ASKING, routing -> asking(routing, plain));
        }
        server = builder.build();
    }

    private static ListenerConfig.Builder phones(ListenerConfig.Builder socket, InetAddress bind, int port) {
        return socket.address(bind).port(port).maxTcpConnections(MOST_CONNECTIONS).maxConcurrentRequests(MOST_CONNECTIONS)
                .maxPayloadSize(LARGEST_PLAIN_BODY).protocolsDiscoverServices(false).addConnectionSelector(HTTP).directHandlers(Refusals.handlers())
                .idleConnectionTimeout(Duration.ofSeconds(30)).connectionOptions(options(Duration.ofSeconds(15)));
    }

    /** No delay: the last packet of an answer would wait for the client to acknowledge the one before, which takes it 40 ms. */
    private static SocketOptions options(Duration readTimeout) {
        return SocketOptions.builder().tcpNoDelay(true).readTimeout(readTimeout).build();
    }

    private void secure(HttpRouting.Builder routing, ApiService service, List<PlainRoutes> plain) {
        routing.addFilter(this::turnAway).addFilter(Api::closeWhenAsked).addFilter(Api::refuseBrokenQuery);
        routing.any((request, response) -> {
            // No Strict-Transport-Security: with the box's own certificate it would forbid the browser the one way in, and send the
            // HTTP port's visitors to HTTPS on the wrong port.
            PAGE_RULES.forEach(response::header);
            if (request.path().rawPath().startsWith(HASHED)) {
                response.header(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable"); // its name changes with its content
            }
            response.next();
        });
        routing.any("/api/*", service::handle);
        routing.get(FILES, service::handle); // a file's address in an answer is relative to /api; a page takes it for one of the root
        routing.route(Method.HEAD, FILES, service::handle);
        plain.forEach(one -> one.addTo(routing));
        routing.register("/", StaticContentService.builder("web").welcomeFileName("index.html").build());
        routing.any((request, response) -> Sender.send(request, response, 404, Json.bytes(Sender.body(List.of(
                Problem.of(Problem.Code.NOT_FOUND, "There is nothing at this path.")))))); // the server's own answer waits for the body first
    }

    private void plain(HttpRouting.Builder routing, List<PlainRoutes> plain) {
        routing.addFilter(this::turnAway).addFilter(Api::closeWhenAsked).addFilter(Api::refuseBrokenQuery);
        plain.forEach(one -> one.addTo(routing));
        routing.any((request, response) -> response.status(Status.TEMPORARY_REDIRECT_307)
                .header(HeaderNames.LOCATION, "https://" + host(request) + ":" + httpsPort + rawPathAndQuery(request)).send());
    }

    private void asking(HttpRouting.Builder routing, List<PlainRoutes> plain) {
        routing.addFilter(this::turnAway).addFilter(Api::closeWhenAsked).addFilter(Api::refuseBrokenQuery);
        plain.forEach(one -> one.addTo(routing));
        routing.any((_, response) -> response.status(Status.NOT_FOUND_404).send());
    }

    /** This server says {@code Connection: close} back but waits for more (Helidon issue 12324, mended after 4.5); phones wait for the end. */
    private static void closeWhenAsked(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        BoundedBodies.reset();
        chain.proceed();
        if (response.isSent() && (request.headers().contains(HeaderValues.CONNECTION_CLOSE) || !BoundedBodies.isDone(request))) {
            throw new CloseConnectionException("The client asked for one answer alone, or sends more than anybody wants");
        }
    }

    private void turnAway(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!(request.remotePeer().address() instanceof InetSocketAddress from) || addresses.admits(from.getAddress())) {
            chain.proceed();
            return;
        }
        response.status(Status.FORBIDDEN_403).header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderValues.CONNECTION_CLOSE)
                .send(Json.bytes(Sender.body(List.of(Problem.of(Problem.Code.FORBIDDEN, "This address is blocked.")))));
        throw new CloseConnectionException("A blocked address");
    }

    private static void refuseBrokenQuery(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (QUERY.matcher(request.prologue().query().rawValue()).matches()) {
            chain.proceed();
        } else {
            response.status(Status.BAD_REQUEST_400).header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.bytes(Sender.body(List.of(
                    Problem.invalid("", "query", "The part after the question mark is not a query: percent-encode what is not plain.")))));
        }
    }

    /** As the client named the box, if that is a name or an address; else the address it reached. */
    private static String host(ServerRequest request) {
        var host = HOST.matcher(request.headers().first(HeaderNames.HOST).orElse(""));
        return host.matches() ? host.group(1) : request.localPeer().host();
    }

    private static String rawPathAndQuery(ServerRequest request) {
        var query = request.query().rawValue();
        return request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
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
        sockets.close();
        server.stop();
    }
}
