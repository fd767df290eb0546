package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an operation takes and gives.
 *
 * @param body         the request's schema, if it takes a JSON or form body
 * @param bodyRequired whether a request without a body is refused
 * @param form         whether the body is a form instead of JSON
 * @param success      the status of an answer when all is well
 * @param answer       the schema of a JSON answer, if there is one
 * @param listed       whether the answer's items are still to be cut by the options of a list
 * @param check        checks values against schemas of the same part of the document
 * @param shape        gives answers their form by the same
 */
record Spec(List<JsonNode> parameters, Optional<JsonNode> body, boolean bodyRequired, boolean form, int success, Optional<JsonNode> answer, boolean listed,
            SchemaCheck check, Shape shape) {

    static Spec of(ObjectNode operation, SchemaCheck check, Shape shape) {
        ShortLists.describe(operation);
        var content = operation.path("requestBody").path("content");
        var form = content.path("application/x-www-form-urlencoded").path("schema");
        var body = form.isMissingNode() ? content.path("application/json").path("schema") : form;
        var parameters = new ArrayList<JsonNode>();
        operation.path("parameters").forEach(parameters::add);
        var success = success(operation);
        return new Spec(parameters, present(body), operation.path("requestBody").path("required").asBoolean(), !form.isMissingNode(), success,
                present(operation.path("responses").path(Integer.toString(success)).path("content").path("application/json").path("schema")),
                operation.path(ShortLists.MARK).asText().equals(ShortLists.WHOLE), check, shape);
    }

    /** The answer of a handler that gives its list whole, cut by what the request asks. */
    JsonNode cut(ApiRequest request, JsonNode body, ShortLists lists) {
        var schema = shape.resolve(answer.orElseThrow());
        var whole = (ObjectNode) shape.fill(schema, body);
        var items = new ArrayList<JsonNode>();
        whole.path("items").forEach(items::add);
        var cut = lists.cut(request, shape.fields(shape.resolve(schema.path("properties").path("items")).path("items")), items);
        if (whole.has("count")) {
            whole.put("count", cut.count());
        }
        whole.putArray("items").addAll(cut.items());
        return whole;
    }

    /** The first status below 400 that the document names. */
    private static int success(JsonNode operation) {
        return operation.path("responses").propertyStream().map(response -> Integer.parseInt(response.getKey())).filter(status -> status < 400).findFirst()
                .orElseThrow(() -> new IllegalStateException(operation.get("operationId") + " names no answer for when all is well"));
    }

    private static Optional<JsonNode> present(JsonNode schema) {
        return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
    }
}
