package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The document: the one source of paths, limits and permissions. Its parts stand beside each capability's routes; the build makes an index
 * of them ({@link OpenApiIndex}), so that a start reads a line an operation, and a part is read when one of its operations is called first
 * (docs/decisions/005). Thread-safe.
 */
final class OpenApi {
    private final List<Operation> operations;
    private final Map<String, List<Operation>> byFirstSegment = new HashMap<>();
    private final Map<String, Map<String, Spec>> parts = new ConcurrentHashMap<>();

    /** What a path leads to: the operation and the values in its braces; or other methods only. */
    sealed interface Found {
        record Match(Operation operation, Map<String, String> values) implements Found { }

        record OtherMethods(String allowed) implements Found { }

        record Nothing() implements Found { }
    }

    OpenApi() {
        operations = text(OpenApiIndex.INDEX).lines().map(line -> line.split("\t"))
                .map(column -> Operation.of(column[0], column[1], column[2], column[3], column[4])).toList();
        operations.forEach(operation -> byFirstSegment.computeIfAbsent(operation.segments().getFirst(), _ -> new ArrayList<>()).add(operation));
    }

    List<Operation> operations() {
        return operations;
    }

    /** The whole document, as it is served; read from the jar each time, since hardly anybody asks. */
    byte[] document() {
        return bytes(OpenApiIndex.DOCUMENT);
    }

    /** What it takes and gives; reads its part of the document if this is the first call to it. */
    Spec spec(Operation operation) {
        return parts.computeIfAbsent(operation.document(), OpenApi::read).get(operation.id());
    }

    private static Map<String, Spec> read(String name) {
        var part = Json.parse(text("/" + name));
        var schemas = part.path("components").path("schemas");
        var check = new SchemaCheck(schemas);
        var shape = new Shape(schemas);
        var specs = new HashMap<String, Spec>();
        for (var path : part.get("paths")) {
            for (JsonNode operation : path) {
                specs.put(operation.get("operationId").textValue(), Spec.of((ObjectNode) operation, check, shape));
            }
        }
        return specs;
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (var in = OpenApi.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing: the build makes it with " + OpenApiIndex.class.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path below {@code /api}, decoded, without a slash at its ends */
    Found find(String method, List<String> path) {
        var allowed = new ArrayList<String>();
        Operation best = null;
        for (var operation : path.isEmpty() ? List.<Operation>of() : byFirstSegment.getOrDefault(path.getFirst(), List.of())) {
            if (operation.matches(path)) {
                if (!operation.method().equals(method)) {
                    allowed.add(operation.method());
                } else if (best == null || operation.fixed() > best.fixed()) {
                    best = operation;
                }
            }
        }
        if (best == null) {
            return allowed.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(String.join(", ", allowed.stream().distinct().toList()));
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            if (Operation.isVariable(best.segments().get(i))) {
                values.put(Operation.variable(best.segments().get(i)), path.get(i));
            }
        }
        return new Found.Match(best, values);
    }
}
