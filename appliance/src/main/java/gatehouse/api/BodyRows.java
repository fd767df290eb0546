package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import gatehouse.core.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Rows of a table as bodies of an operation: the same fields, checked by the same schema. Thread-safe. */
public final class BodyRows {
    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0");

    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

    /** @param problems what the schema says against it */
    public record Body(ObjectNode fields, List<Problem> problems) { }

    private final Supplier<Spec> spec;

    BodyRows(Supplier<Spec> spec) {
        this.spec = spec;
    }

    /** Its fields that fit into a cell, in the schema's order. */
    public List<String> columns() {
        var columns = new ArrayList<String>();
        schema().path("properties").properties().forEach(property -> {
            if (Set.of("string", "boolean", "integer", "array").contains(type(property.getValue()))) {
                columns.add(property.getKey());
            }
        });
        return columns;
    }

    public Body read(Map<String, String> cells) {
        var body = Json.object();
        var problems = new ArrayList<Problem>();
        var properties = schema().path("properties");
        cells.forEach((column, cell) -> {
            var type = type(properties.path(column));
            body.set(column, value(type, cell));
            if (type.equals("boolean") && body.get(column).isTextual()) {
                body.remove(column);
                problems.add(Problem.invalid(column, "type", column + " must be yes or no."));
            }
        });
        problems.addAll(spec.get().check().check(schema(), body, ""));
        return new Body(body, problems);
    }

    private JsonNode schema() {
        return spec.get().body().orElseThrow();
    }

    /** {@code array} for a list of texts alone: anything else does not fit into a cell. */
    private static String type(JsonNode property) {
        var given = property.path("type");
        var type = given.isArray() ? given.path(0).asText() : given.asText();
        return type.equals("array") && !property.path("items").path("type").asText().equals("string") ? "" : type;
    }

    private static JsonNode value(String type, String cell) {
        var word = cell.toLowerCase(Locale.ROOT);
        if (type.equals("boolean") && (YES.contains(word) || NO.contains(word))) {
            return BooleanNode.valueOf(YES.contains(word));
        }
        if (type.equals("array")) {
            var list = JsonNodeFactory.instance.arrayNode();
            BETWEEN.splitAsStream(cell).filter(item -> !item.isEmpty()).forEach(list::add);
            return list;
        }
        return type.equals("integer") && cell.matches("-?\\d{1,9}") ? IntNode.valueOf(Integer.parseInt(cell)) : TextNode.valueOf(cell);
    }
}
