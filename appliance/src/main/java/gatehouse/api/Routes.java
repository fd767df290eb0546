package gatehouse.api;

/**
 * One capability's operations. {@code Gatehouse} lists them all; what they are stands in the {@code openapi.json} beside the class
 * (or in several, {@code openapi-….json}).
 * An operation without a handler, or a handler without one, fails the start.
 */
public interface Routes {
    void addTo(Operations operations);

    /** Where handlers are bound, by {@code operationId}. */
    interface Operations {
        /** @throws IllegalStateException when the document has no such operation, or it is bound twice */
        void bind(String operationId, Handler handler);

        /** For an operation that answers with server-sent events until the client goes. */
        void stream(String operationId, StreamHandler handler);

        /** For tables whose rows are bodies of an operation that takes JSON. */
        BodyRows rowsOf(String operationId);
    }

    /** Answers one request; runs on a virtual thread, may block. The request was checked already: token, permission, parameters, body. */
    @FunctionalInterface
    interface Handler {
        /** @throws gatehouse.core.ProblemException for an expected refusal; anything else becomes a logged 500 */
        Answer handle(ApiRequest request);
    }

    /** Sends events until the stream throws or there is no more to say. */
    @FunctionalInterface
    interface StreamHandler {
        void handle(ApiRequest request, EventStream out) throws InterruptedException;
    }
}
