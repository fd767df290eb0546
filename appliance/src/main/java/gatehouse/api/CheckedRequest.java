package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link ApiRequest} after all checks. */
record CheckedRequest(Map<String, String> values, Map<String, String> queries, ObjectNode body, Optional<Caller> signedIn, String token, String remoteAddress,
                      String origin, ServerRequest request, Supplier<ObjectNode> filled) implements ApiRequest {
    @Override
    public String path(String name) {
        return values.get(name);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public ObjectNode filledBody() {
        return filled.get();
    }

    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public InputStream upload() {
        BoundedBodies.allowLarge();
        return request.content().inputStream();
    }

    @Override
    public Caller caller() {
        return signedIn.orElseThrow(() -> new IllegalStateException("This operation is open to all"));
    }
}
