package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Run by the build on the folder of compiled classes: puts the parts of the OpenAPI document together into the one that is served, and
 * writes the index that a start reads. Two parts that claim the same operation or schema fail the build.
 */
public final class OpenApiIndex {
    /** Tab-separated: operationId, method, path, x-permission, part. */
    static final String INDEX = "operations.index";
    static final String DOCUMENT = "openapi-whole.json";

    private OpenApiIndex() {
    }

    /** @param args the folder of compiled classes; the product's version */
    public static void main(String[] args) throws IOException {
        var classes = Path.of(args[0]);
        var document = Json.object();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Gatehouse").put("version", args[1]);
        document.putArray("servers").addObject().put("url", "/api");
        document.putObject("paths");
        document.putObject("components").putObject("schemas");
        var index = new TreeMap<String, String>();
        for (var part : parts(classes)) {
            add(document, index, classes.relativize(part).toString().replace('\\', '/'), (ObjectNode) Json.parse(Files.readString(part)));
        }
        var home = classes.resolve("gatehouse/api");
        Files.write(home.resolve(INDEX), index.values());
        Files.write(home.resolve(DOCUMENT), Json.bytes(document));
    }

    private static List<Path> parts(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.getFileName().toString().matches("openapi(-[a-z0-9-]+)?\\.json") && !file.endsWith(DOCUMENT))
                    .sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    private static void add(ObjectNode document, TreeMap<String, String> index, String name, ObjectNode part) {
        var schemas = (ObjectNode) document.get("components").get("schemas");
        part.path("components").path("schemas").properties().forEach(schema -> {
            if (schemas.has(schema.getKey())) {
                throw new IllegalStateException("Two parts name a schema " + schema.getKey() + "; the second is " + name);
            }
            schemas.set(schema.getKey(), schema.getValue());
        });
        for (var path : part.get("paths").properties()) {
            var merged = ((ObjectNode) document.get("paths")).withObjectProperty(path.getKey());
            for (var method : path.getValue().properties()) {
                var operation = method.getValue();
                ShortLists.describe((ObjectNode) operation);
                var id = operation.get("operationId").textValue();
                var line = String.join("\t", id, method.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.get("x-permission").textValue(), name);
                if (merged.has(method.getKey()) || index.put(id, line) != null) {
                    throw new IllegalStateException("Two parts claim " + id + " or " + method.getKey() + " " + path.getKey() + "; the second is " + name);
                }
                merged.set(method.getKey(), operation);
            }
        }
    }
}
