package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills in what a body leaves out. Gives an answer the form that the document promises (contract, "Conventions"): every field of the schema in its order, the schema's default
 * or null where the value is absent, nothing that the schema does not name. Thread-safe.
 */
final class Shape {
    private static final String REFERENCE = "#/components/schemas/";
    private final JsonNode schemas;

    /** @param schemas the document's components, by name */
    Shape(JsonNode schemas) {
        this.schemas = schemas;
    }

    JsonNode fill(JsonNode given, JsonNode value) {
        var schema = resolve(given);
        if (schema.has("oneOf") || value == null || value.isNull()) {
            return value == null ? NullNode.getInstance() : value; // of several forms, the handler chose one
        }
        return switch (value) {
            case ObjectNode object when schema.has("properties") -> object(schema.get("properties"), object);
            case ArrayNode array when schema.has("items") -> array(schema.get("items"), array);
            default -> value;
        };
    }

    /** A copy of a request's body in which every field that was left out and has a default has it, nested ones too. */
    ObjectNode withDefaults(JsonNode schema, ObjectNode body) {
        var filled = body.deepCopy();
        for (var property : resolve(schema).path("properties").properties()) {
            var name = property.getKey();
            var inner = resolve(property.getValue());
            if (filled.path(name) instanceof ObjectNode object) {
                filled.set(name, withDefaults(inner, object));
            } else if (!filled.has(name) && inner.has("default")) {
                filled.set(name, inner.get("default"));
            }
        }
        return filled;
    }

    /** What values a list can be asked for: the fields of its items, nested ones with dots, and the schema of each; no lists among them. */
    Map<String, JsonNode> fields(JsonNode item) {
        var fields = new LinkedHashMap<String, JsonNode>();
        add(fields, "", item);
        return fields;
    }

    private void add(Map<String, JsonNode> fields, String prefix, JsonNode given) {
        var schema = resolve(given);
        for (var property : schema.path("properties").properties()) {
            var name = prefix + property.getKey();
            var inner = resolve(property.getValue());
            if (inner.has("properties")) {
                add(fields, name + ".", inner);
            } else if (!inner.has("items") && !inner.has("oneOf") && !inner.path("type").toString().contains("object")) {
                fields.put(name, inner);
            }
        }
    }

    private ObjectNode object(JsonNode properties, ObjectNode value) {
        var filled = JsonNodeFactory.instance.objectNode();
        for (var property : properties.properties()) {
            var name = property.getKey();
            filled.set(name, value.has(name) ? fill(property.getValue(), value.get(name)) : fallback(property.getValue()));
        }
        return filled;
    }

    private ArrayNode array(JsonNode items, ArrayNode value) {
        var filled = JsonNodeFactory.instance.arrayNode(value.size());
        value.forEach(item -> filled.add(fill(items, item)));
        return filled;
    }

    private JsonNode fallback(JsonNode schema) {
        return resolve(schema).path("default").isMissingNode() ? NullNode.getInstance() : resolve(schema).get("default");
    }

    JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : schemas.path(reference.substring(REFERENCE.length()));
    }
}
