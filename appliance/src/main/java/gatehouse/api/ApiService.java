package gatehouse.api;

import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
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
    private static final String BASE = "/api";
    private static final System.Logger LOG = System.getLogger(ApiService.class.getName());

    private final OpenApi openApi;
    private final RequestReader reader;
    private final Sender sender = new Sender();
    private final SignInCheck signIn;
    private final ShortLists lists;
    private final RateLimit limit;
    private final Ids ids;
    private final Map<String, Routes.Handler> handlers = new HashMap<>();
    private final Map<String, Routes.StreamHandler> streams = new HashMap<>();

    ApiService(OpenApi openApi, SignInCheck signIn, List<Routes> routes, ShortLists lists, RateLimit limit, Ids ids) {
        this.openApi = openApi;
        this.lists = lists;
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

        @Override
        public BodyRows rowsOf(String operationId) {
            var operation = openApi.operations().stream().filter(one -> one.id().equals(operationId)).findFirst().orElseThrow();
            return new BodyRows(() -> openApi.spec(operation));
        }

        private void claim(String operationId) {
            if (!known.contains(operationId) || handlers.containsKey(operationId) || streams.containsKey(operationId)) {
                throw new IllegalStateException("The operation " + operationId + " is unknown or bound twice");
            }
        }
    }

    void handle(ServerRequest request, ServerResponse response) {
        try {
            answerOrRefuse(request, response);
        } catch (UncheckedIOException clientGone) { // it does not even hear that it was refused
            throw new CloseConnectionException("The client went away", clientGone);
        }
    }

    private void answerOrRefuse(ServerRequest request, ServerResponse response) {
        var requestId = ids.text(10);
        response.header(REQUEST_ID, requestId);
        try {
            answer(request, response);
        } catch (ProblemException e) {
            sender.refuse(request, response, e.problems());
        } catch (BadRequestException e) {
            sender.refuse(request, response, List.of(Problem.invalid("", "request", "The request could not be read: " + e.getMessage())));
        } catch (CloseConnectionException | RequestException brokenOff) { // there is no next request on this connection
            throw brokenOff;
        } catch (RuntimeException e) {
            if (response.isSent()) {
                LOG.log(Level.DEBUG, "Request " + requestId + ": the client went away", e);
                return;
            }
            LOG.log(Level.ERROR, "Request " + requestId + " " + request.prologue().method() + " " + request.path().rawPath() + " failed", e);
            sender.refuse(request, response, List.of(new Problem(Code.UNKNOWN, "The box failed to do this. Try again; if it fails again, look for request "
                    + requestId + " in the log.", Map.of("request_id", requestId))));
        }
    }

    private void answer(ServerRequest request, ServerResponse response) {
        if (!limit.admits(remoteAddress(request))) {
            throw new Problem(Code.TOO_MANY_REQUESTS, "Too many requests from this address. Wait a second and try again.",
                    Map.of("retry_after", 1)).raise();
        }
        var path = segments(pathOf(request));
        if (path.equals(List.of("openapi.json"))) {
            Sender.send(request, response, 200, openApi.document());
            return;
        }
        if (DocsPage.send(request, response, path)) {
            return;
        }
        switch (openApi.find(method(request), path)) {
            case OpenApi.Found.Match(var operation, var _) when Sender.isHead(request) && streams.containsKey(operation.id()) ->
                    refuseMethod(request, response, "GET");
            case OpenApi.Found.Match(var operation, var values) -> run(request, response, operation, values);
            case OpenApi.Found.OtherMethods(var allowed) -> refuseMethod(request, response, allowed);
            case OpenApi.Found.Nothing() -> throw Problem.of(Code.NOT_FOUND, "There is nothing at this path. See /api/docs.").raise();
        }
    }

    private static String pathOf(ServerRequest request) {
        var raw = request.path().rawPath();
        return raw.startsWith(BASE) ? raw.substring(BASE.length()) : raw;
    }

    /** HEAD is a GET whose answer leaves out its body (RFC 9110 9.3.2). */
    private static String method(ServerRequest request) {
        return Sender.isHead(request) ? "GET" : request.prologue().method().text();
    }

    private static void refuseMethod(ServerRequest request, ServerResponse response, String allowed) {
        response.header(HeaderNames.ALLOW, allowed);
        Sender.send(request, response, 405, Json.bytes(Sender.body(List.of(Problem.of(Code.NOT_FOUND, "This path takes " + allowed + ".")))));
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
        sender.send(request, response, spec, cut(spec, checked, handlers.get(operation.id()).handle(checked)));
    }

    private Answer cut(Spec spec, ApiRequest request, Answer answer) {
        return spec.listed() && answer.content() instanceof Answer.Tree(var body)
                ? new Answer(answer.status(), answer.headers(), new Answer.Tree(spec.cut(request, body, lists))) : answer;
    }

    private Caller caller(ServerRequest request, Operation operation) {
        var caller = signIn.check(RequestReader.bearer(request))
                .orElseThrow(() -> Problem.of(Code.UNAUTHORIZED, "Sign in first: this needs a valid access token.").raise());
        if (operation.permission().equals(Operation.ALWAYS)) {
            return caller;
        }
        if (caller.owesPassword()) {
            throw Problem.of(Code.PASSWORD_RESET_REQUIRED, "Choose a password of your own first, with POST /api/user/password; until then nothing else is allowed.")
                    .raise();
        }
        if (!operation.permission().equals(Operation.SIGNED_IN) && !caller.may(operation.permission())) {
            throw Problem.of(Code.FORBIDDEN, "Your role " + caller.role() + " does not allow this.").raise();
        }
        return caller;
    }

    private void stream(ServerResponse response, Routes.StreamHandler handler, CheckedRequest request) {
        try (var out = new ServerSentEvents(response, () -> signIn.check(request.token()).filter(caller -> !caller.owesPassword()).isPresent())) {
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
}
