package gatehouse.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.BodyRows;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Handlers without HTTP before them: for what no box can be brought to yet. */
final class Bound implements Routes.Operations {
    private final Map<String, Routes.Handler> handlers = new HashMap<>();

    Bound(Routes routes) {
        routes.addTo(this);
    }

    @Override
    public void bind(String operationId, Routes.Handler handler) {
        handlers.put(operationId, handler);
    }

    @Override
    public void stream(String operationId, Routes.StreamHandler handler) {
        throw new AssertionError(operationId);
    }

    @Override
    public BodyRows rowsOf(String operationId) {
        throw new AssertionError(operationId);
    }

    /** @param path names and values in turn; @return the answer's body */
    JsonNode call(String operationId, String userId, String... path) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < path.length; i += 2) {
            values.put(path[i], path[i + 1]);
        }
        return ((Answer.Tree) handlers.get(operationId).handle(new Asked(userId, values)).content()).body();
    }

    /** By a user with no permission at all. */
    private record Asked(String userId, Map<String, String> values) implements ApiRequest {
        @Override
        public String path(String name) {
            return values.get(name);
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public ObjectNode body() {
            return Json.object();
        }

        @Override
        public ObjectNode filledBody() {
            return Json.object();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public InputStream upload() {
            return InputStream.nullInputStream();
        }

        @Override
        public Caller caller() {
            return new Caller(userId, userId, "StandardUser", Set.of());
        }

        @Override
        public String token() {
            return "";
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public String origin() {
            return "https://127.0.0.1";
        }
    }
}
