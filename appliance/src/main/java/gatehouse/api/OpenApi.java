package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document, put together from the {@code openapi.json} beside each capability's routes: the one source of paths, limits and permissions. */
final class OpenApi {
    private final ObjectNode document = Json.object();
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaCheck check;

    /** What a path leads to: the operation and the values in its braces; or other methods only. */
    sealed interface Found {
        record Match(Operation operation, Map<String, String> values) implements Found { }

        record OtherMethods(String allowed) implements Found { }

        record Nothing() implements Found { }
    }

    OpenApi(List<Routes> routes, String version) {
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Gatehouse").put("version", version);
        document.putArray("servers").addObject().put("url", "/api");
        document.putObject("paths");
        document.putObject("components").putObject("schemas");
        routes.forEach(this::add);
        check = new SchemaCheck(document.get("components").get("schemas"));
    }

    private void add(Routes routes) {
        var fragment = read(routes.getClass(), routes.document());
        var paths = (ObjectNode) document.get("paths");
        fragment.path("components").path("schemas").properties()
                .forEach(schema -> ((ObjectNode) document.get("components").get("schemas")).set(schema.getKey(), schema.getValue()));
        for (var path : fragment.path("paths").properties()) {
            var merged = paths.withObjectProperty(path.getKey());
            for (var method : path.getValue().properties()) {
                if (merged.has(method.getKey())) {
                    throw new IllegalStateException("Two capabilities claim " + method.getKey() + " " + path.getKey());
                }
                merged.set(method.getKey(), method.getValue());
                operations.add(operation(path.getKey(), method.getKey(), method.getValue()));
            }
        }
    }

    private static JsonNode read(Class<?> owner, String name) {
        try (var in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + name + " beside " + owner.getName());
            }
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation operation(String path, String method, JsonNode spec) {
        var content = spec.path("requestBody").path("content");
        var form = content.path("application/x-www-form-urlencoded").path("schema");
        var json = content.path("application/json").path("schema");
        var parameters = new ArrayList<JsonNode>();
        spec.path("parameters").forEach(parameters::add);
        var body = form.isMissingNode() ? json : form;
        return new Operation(spec.get("operationId").textValue(), method.toUpperCase(java.util.Locale.ROOT), path,
                Arrays.asList(path.substring(1).split("/")), spec.get("x-permission").textValue(), parameters,
                body.isMissingNode() ? Optional.empty() : Optional.of(body), spec.path("requestBody").path("required").asBoolean(),
                !form.isMissingNode(), success(spec), answer(spec));
    }

    /** The first status below 400 that the document names. */
    private static int success(JsonNode spec) {
        return spec.path("responses").propertyStream().map(response -> Integer.parseInt(response.getKey())).filter(status -> status < 400).findFirst()
                .orElseThrow(() -> new IllegalStateException(spec.get("operationId") + " names no answer for when all is well"));
    }

    private static Optional<JsonNode> answer(JsonNode spec) {
        var schema = spec.path("responses").path(Integer.toString(success(spec))).path("content").path("application/json").path("schema");
        return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
    }

    List<Operation> operations() {
        return operations;
    }

    ObjectNode document() {
        return document;
    }

    SchemaCheck check() {
        return check;
    }

    /** @param path below {@code /api}, decoded, without a slash at its ends */
    Found find(String method, List<String> path) {
        var allowed = new ArrayList<String>();
        Operation best = null;
        for (var operation : operations) {
            if (matches(operation, path)) {
                if (!operation.method().equals(method)) {
                    allowed.add(operation.method());
                } else if (best == null || fixed(operation) > fixed(best)) {
                    best = operation; // /users/profile before /users/{id}
                }
            }
        }
        if (best == null) {
            return allowed.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(String.join(", ", allowed));
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            if (Operation.isVariable(best.segments().get(i))) {
                values.put(Operation.variable(best.segments().get(i)), path.get(i));
            }
        }
        return new Found.Match(best, values);
    }

    private static boolean matches(Operation operation, List<String> path) {
        if (operation.segments().size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            var segment = operation.segments().get(i);
            if (!Operation.isVariable(segment) && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static long fixed(Operation operation) {
        return operation.segments().stream().filter(segment -> !Operation.isVariable(segment)).count();
    }
}
