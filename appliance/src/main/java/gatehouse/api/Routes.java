package gatehouse.api;

/** One capability's operations. {@code Gatehouse} lists them all; an operation of the OpenAPI document without a handler fails the start. */
public interface Routes {
    void addTo(Operations operations);

    /** Where handlers are bound, by the {@code operationId} of the capability's {@code openapi.json}. */
    interface Operations {
        /** @throws IllegalStateException when the document has no such operation, or it is bound twice */
        void bind(String operationId, Handler handler);
    }

    /** Answers one request; runs on a virtual thread, may block. The request was checked already: token, permission, parameters, body. */
    @FunctionalInterface
    interface Handler {
        /** @throws gatehouse.core.ProblemException for an expected refusal; anything else becomes a logged 500 */
        Answer handle(ApiRequest request);
    }
}
