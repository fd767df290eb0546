package gatehouse.api;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;

/** What is refused before a handler sees it (a broken request line, a full server) has the contract's error shape too. */
final class Refusals {
    private Refusals() {
    }

    static DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, Refusals::refuse);
        }
        return handlers.build();
    }

    /** Without the cause's own words, which may repeat what a stranger sent. */
    private static TransportResponse refuse(TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        var problem = status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code() ? Problem.of(Code.PAYLOAD_TOO_LARGE, "The request is too large.") : switch (type) {
            case BAD_REQUEST, HTTP_VERSION_NOT_SUPPORTED -> Problem.of(Code.VALIDATE_FAILED, "This is not a request the box can read.");
            case PAYLOAD_TOO_LARGE -> Problem.of(Code.PAYLOAD_TOO_LARGE, "The request is too large.");
            case FORBIDDEN -> Problem.of(Code.FORBIDDEN, "This is not allowed.");
            case INTERNAL_ERROR -> Problem.of(Code.UNKNOWN, "The box failed to do this. Try again.");
            case OTHER -> status.code() == Status.NOT_FOUND_404.code() ? Problem.of(Code.NOT_FOUND, "There is nothing at this path.")
                    : status.code() == Status.SERVICE_UNAVAILABLE_503.code() ? Problem.of(Code.UNAVAILABLE, "The box is busy. Try again in a moment.")
                    : Problem.of(Code.VALIDATE_FAILED, "The box refused: " + status.reasonPhrase() + ".");
        };
        return TransportResponse.builder().status(status).headers(headers).keepAlive(type.keepAlive())
                .header(HeaderNames.CONTENT_TYPE, "application/json").entity(Json.bytes(Sender.body(List.of(problem)))).build();
    }
}
