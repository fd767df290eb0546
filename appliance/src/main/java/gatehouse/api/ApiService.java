package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything below {@code /api}: finds the operation, checks token, permission and input, calls the handler, translates what it throws. */
final class ApiService {
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final System.Logger LOG = System.getLogger(ApiService.class.getName());

    private final OpenApi openApi;
    private final RequestReader reader;
    private final SignInCheck signIn;
    private final RateLimit limit;
    private final Ids ids;
    private final Map<String, Routes.Handler> handlers = new HashMap<>();
    private final Map<String, Routes.StreamHandler> streams = new HashMap<>();

    ApiService(OpenApi openApi, SignInCheck signIn, List<Routes> routes, RateLimit limit, Ids ids) {
        this.openApi = openApi;
        this.reader = new RequestReader(System::nanoTime);
        this.limit = limit;
        this.signIn = signIn;
        this.ids = ids;
        routes.forEach(one -> one.addTo(new Binder()));
        openApi.operations().stream().filter(operation -> !handlers.containsKey(operation.id()) && !streams.containsKey(operation.id())).findFirst()
                .ifPresent(operation -> {
                    throw new IllegalStateException("The operation " + operation.id() + " has no handler");
                });
    }

    private final class Binder implements Routes.Operations {
        private final HashSet<String> known = new HashSet<>(openApi.operations().stream().map(Operation::id).toList());

        @Override
        public void bind(String operationId, Routes.Handler handler) {
            claim(operationId);
            handlers.put(operationId, handler);
        }

        @Override
        public void stream(String operationId, Routes.StreamHandler handler) {
            claim(operationId);
            streams.put(operationId, handler);
        }

        private void claim(String operationId) {
            if (!known.contains(operationId) || handlers.containsKey(operationId) || streams.containsKey(operationId)) {
                throw new IllegalStateException("The operation " + operationId + " is unknown or bound twice");
            }
        }
    }

    void handle(ServerRequest request, ServerResponse response) {
        var requestId = ids.text(10);
        response.header(REQUEST_ID, requestId);
        try {
            answer(request, response);
        } catch (ProblemException e) {
            refuse(response, e.problems());
        } catch (BadRequestException e) {
            refuse(response, List.of(Problem.invalid("", "request", "The request could not be read: " + e.getMessage())));
        } catch (RuntimeException e) {
            if (response.isSent()) {
                LOG.log(Level.DEBUG, "Request " + requestId + ": the client went away", e);
                return;
            }
            LOG.log(Level.ERROR, "Request " + requestId + " " + request.prologue().method() + " " + request.path().rawPath() + " failed", e);
            refuse(response, List.of(new Problem(Code.UNKNOWN, "The box failed to do this. Try again; if it fails again, look for request "
                    + requestId + " in the log.", Map.of("request_id", requestId))));
        }
    }

    private void answer(ServerRequest request, ServerResponse response) {
        if (!limit.admits(remoteAddress(request))) {
            throw new Problem(Code.TOO_MANY_REQUESTS, "Too many requests from this address. Wait a second and try again.",
                    Map.of("retry_after", 1)).raise();
        }
        var path = segments(request.path().rawPath().substring("/api".length()));
        if (path.equals(List.of("openapi.json"))) {
            send(response, 200, openApi.document());
            return;
        }
        switch (openApi.find(request.prologue().method().text(), path)) {
            case OpenApi.Found.Match(var operation, var values) -> run(request, response, operation, values);
            case OpenApi.Found.OtherMethods(var allowed) -> {
                response.header(HeaderNames.ALLOW, allowed);
                send(response, 405, Json.bytes(body(List.of(Problem.of(Code.NOT_FOUND, "This path takes " + allowed + ".")))));
            }
            case OpenApi.Found.Nothing() -> throw Problem.of(Code.NOT_FOUND, "There is nothing at this path. See /api/openapi.json.").raise();
        }
    }

    /** Split first, decoded after: a slash that was encoded belongs to its segment. */
    private static List<String> segments(String rawPath) {
        try {
            return Arrays.stream(rawPath.split("/")).filter(segment -> !segment.isEmpty()).map(Texts::percentDecoded).toList();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("", "path", "The path is not percent-encoded UTF-8.").raise();
        }
    }

    private void run(ServerRequest request, ServerResponse response, Operation operation, Map<String, String> values) {
        var caller = operation.isOpen() ? Optional.<Caller>empty() : Optional.of(caller(request, operation));
        var spec = openApi.spec(operation);
        var read = reader.read(request, operation, spec, values);
        var checked = new CheckedRequest(values, read.queries(), read.body(), caller, RequestReader.bearer(request), remoteAddress(request), origin(request),
                request, () -> spec.body().map(schema -> spec.shape().withDefaults(schema, read.body())).orElseGet(Json::object));
        if (streams.containsKey(operation.id())) {
            stream(response, streams.get(operation.id()), checked);
            return;
        }
        send(response, spec, handlers.get(operation.id()).handle(checked));
    }

    private void send(ServerResponse response, Spec spec, Answer answer) {
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        var status = answer.status() == 0 ? spec.success() : answer.status();
        switch (answer.content()) {
            case Answer.Empty() -> response.status(status).send();
            case Answer.Tree(var body) when spec.answer().isEmpty() && body.isEmpty() -> response.status(status).send();
            case Answer.Tree(var body) -> send(response, status, Json.bytes(spec.answer().map(schema -> spec.shape().fill(schema, body)).orElse(body)));
            case Answer.Bytes(var type, var bytes) -> response.status(status).header(HeaderNames.CONTENT_TYPE, type)
                    .header(HeaderNames.CACHE_CONTROL, "no-store").send(bytes);
        }
    }

    private Caller caller(ServerRequest request, Operation operation) {
        var caller = signIn.check(RequestReader.bearer(request))
                .orElseThrow(() -> Problem.of(Code.UNAUTHORIZED, "Sign in first: this needs a valid access token.").raise());
        if (!operation.permission().equals(Operation.SIGNED_IN) && !caller.may(operation.permission())) {
            throw Problem.of(Code.FORBIDDEN, "Your role " + caller.role() + " does not allow this.").raise();
        }
        return caller;
    }

    private void stream(ServerResponse response, Routes.StreamHandler handler, CheckedRequest request) {
        try (var out = new ServerSentEvents(response, () -> signIn.check(request.token()).isPresent())) {
            handler.handle(request, out);
        } catch (UncheckedIOException gone) {
            LOG.log(Level.DEBUG, "An event stream's client is gone");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    static String remoteAddress(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress address ? address.getAddress().getHostAddress() : request.remotePeer().host();
    }

    private static String origin(ServerRequest request) {
        return (request.isSecure() ? "https://" : "http://") + request.headers().first(HeaderNames.HOST).orElse(request.localPeer().host());
    }

    private static void refuse(ServerResponse response, List<Problem> problems) {
        if (!response.isSent()) {
            var first = problems.getFirst();
            if (first.code() == Code.UNAUTHORIZED) {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
            }
            if (first.detail().get("retry_after") instanceof Number seconds) {
                response.header(HeaderNames.RETRY_AFTER, seconds.toString());
            }
            send(response, status(first.code()), Json.bytes(body(problems)));
        }
    }

    static ObjectNode body(List<Problem> problems) {
        var body = Json.object();
        var errors = body.putArray("errors");
        for (var problem : problems) {
            var error = errors.addObject().put("code", problem.code().name()).put("message", Texts.whole(problem.message()));
            var detail = error.putObject("detail");
            problem.detail().forEach((name, value) -> detail.put(name, Texts.whole(value.toString())));
        }
        return body;
    }

    private static void send(ServerResponse response, int status, byte[] json) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderNames.CACHE_CONTROL, "no-store").send(json);
    }

    private static int status(Code code) {
        return switch (code) {
            case VALIDATE_FAILED -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case PAYLOAD_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case TOO_MANY_REQUESTS -> 429;
            case UNAVAILABLE -> 503;
            case UNKNOWN -> 500;
        };
    }
}
