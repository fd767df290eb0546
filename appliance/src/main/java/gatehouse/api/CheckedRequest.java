package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** {@link ApiRequest} after all checks. */
record CheckedRequest(Map<String, String> values, Map<String, String> queries, ObjectNode body, Optional<Caller> signedIn, String token, String remoteAddress,
                      String origin) implements ApiRequest {
    @Override
    public String path(String name) {
        return values.get(name);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Caller caller() {
        return signedIn.orElseThrow(() -> new IllegalStateException("This operation is open to all"));
    }
}
