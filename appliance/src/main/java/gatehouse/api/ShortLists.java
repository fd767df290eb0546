package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.ProblemException;
import java.util.List;
import java.util.Map;

/** Gives lists that handlers answer whole the options of all others: filter, search, orderby, skip and top. Thread-safe. */
@FunctionalInterface
public interface ShortLists {
    /** The extension of an operation that lists: {@code whole} when its answer is still to be cut, {@code cut} when its handler does that itself. */
    String MARK = "x-listed";
    String WHOLE = "whole";

    record Cut(long count, List<JsonNode> items) { }

    /**
     * @param fields what an item has, nested ones with dots, and the schema of each; no lists among them
     * @throws ProblemException 400 with all that is wrong with the options
     */
    Cut cut(ApiRequest request, Map<String, JsonNode> fields, List<JsonNode> items);

    /** The document's parameters of such an operation. */
    static void describe(ObjectNode operation) {
        if (operation.has(MARK)) {
            var parameters = operation.path("parameters") instanceof ArrayNode some ? some : operation.putArray("parameters");
            List.of("filter", "search", "orderby").forEach(name -> add(parameters, name, JsonNodeFactory.instance.objectNode().put("type", "string")));
            add(parameters, "skip", JsonNodeFactory.instance.objectNode().put("type", "integer").put("minimum", 0));
            add(parameters, "top", JsonNodeFactory.instance.objectNode().put("type", "integer").put("minimum", 1).put("maximum", 100));
        }
    }

    /** Unless the contract has its own. */
    private static void add(ArrayNode parameters, String name, ObjectNode schema) {
        for (var parameter : parameters) {
            if (parameter.path("name").asText().equals(name)) {
                return;
            }
        }
        parameters.addObject().put("name", name).put("in", "query").set("schema", schema);
    }
}
