package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Puts answers and refusals on the wire. Thread-safe. */
final class Sender {
    private final FileSender files = new FileSender();

    static boolean isHead(ServerRequest request) {
        return request.prologue().method().text().equals("HEAD");
    }

    void send(ServerRequest request, ServerResponse response, Spec spec, Answer answer) {
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        var status = answer.status() == 0 ? spec.success() : answer.status();
        switch (answer.content()) {
            case Answer.Empty() -> response.status(status).send();
            case Answer.Tree(var body) when spec.answer().isEmpty() && body.isEmpty() -> response.status(status).send();
            case Answer.Tree(var body) -> send(request, response, status,
                    Json.bytes(spec.answer().map(schema -> spec.shape().fill(schema, body)).orElse(body)));
            case Answer.Bytes(var type, var bytes) -> send(request, response, status, type, bytes);
            case Answer.Stored stored -> files.send(request, response, stored);
            case Answer.Refusal(var problem) -> refuse(request, response, List.of(problem));
        }
    }

    void refuse(ServerRequest request, ServerResponse response, List<Problem> problems) {
        if (!response.isSent()) {
            var first = problems.getFirst();
            if (first.code() == Code.UNAUTHORIZED) {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
            }
            if (first.detail().get("retry_after") instanceof Number seconds) {
                response.header(HeaderNames.RETRY_AFTER, seconds.toString());
            }
            send(request, response, status(first.code()), Json.bytes(body(problems)));
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

    static void send(ServerRequest request, ServerResponse response, int status, byte[] json) {
        send(request, response, status, "application/json", json);
    }

    private static void send(ServerRequest request, ServerResponse response, int status, String type, byte[] bytes) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, type).header(HeaderNames.CACHE_CONTROL, "no-store");
        if (isHead(request)) {
            response.contentLength(bytes.length);
            response.send();
        } else {
            response.send(bytes);
        }
    }

    private static int status(Code code) {
        return switch (code) {
            case VALIDATE_FAILED -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, PASSWORD_RESET_REQUIRED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case PAYLOAD_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RANGE_NOT_SATISFIABLE -> 416;
            case TOO_MANY_REQUESTS -> 429;
            case UNAVAILABLE -> 503;
            case UNKNOWN -> 500;
        };
    }
}
