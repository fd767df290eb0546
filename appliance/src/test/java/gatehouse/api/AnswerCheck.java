package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import gatehouse.core.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds every answer that a test gets to the product's own OpenAPI document: its status, every field, types, limits, and the shape of errors. */
public final class AnswerCheck {
    private static final OpenApi DOCUMENT = new OpenApi();

    private AnswerCheck() {
    }

    /** What is wrong with an answer; nothing when it is as promised or no answer of the API. */
    public static List<String> broken(String method, URI uri, int status, JsonNode body) {
        if (!uri.getRawPath().startsWith("/api/") || uri.getRawPath().equals("/api/openapi.json")) {
            return List.of();
        }
        if (status >= 400) {
            return error(body);
        }
        var path = Arrays.stream(uri.getRawPath().substring(5).split("/")).map(Texts::percentDecoded).toList();
        return switch (DOCUMENT.find(method, path)) {
            case OpenApi.Found.Match(var operation, var _) -> success(operation.id(), DOCUMENT.spec(operation), status, body);
            default -> List.of("the document has no " + method + " " + uri.getRawPath());
        };
    }

    private static List<String> success(String id, Spec spec, int status, JsonNode body) {
        var broken = new ArrayList<String>();
        if (status != spec.success() && status != 206 && status != 304) {
            broken.add(id + " answered " + status + ", the document says " + spec.success());
        }
        var forms = spec.answer().map(AnswerCheck::forms).orElse(List.of());
        if (!forms.isEmpty() && forms.stream().noneMatch(form -> spec.check().check(form, body, "").isEmpty())) {
            spec.check().check(forms.getLast(), body, "").forEach(problem -> broken.add(id + ": " + problem.message()));
        }
        spec.answer().map(schema -> spec.shape().fill(schema, body)).filter(filled -> !filled.equals(body))
                .ifPresent(filled -> broken.add(id + " answered " + body + ", its whole form is " + filled));
        return broken;
    }

    private static List<JsonNode> forms(JsonNode schema) {
        var forms = new ArrayList<JsonNode>();
        schema.path("oneOf").forEach(forms::add);
        return forms.isEmpty() ? List.of(schema) : forms;
    }

    private static List<String> error(JsonNode body) {
        if (body instanceof MissingNode) {
            return List.of(); // HEAD, or a proxy of the client's own
        }
        var broken = new ArrayList<String>();
        if (body.path("errors").isEmpty()) {
            broken.add("an error without errors: " + body);
        }
        for (var error : body.path("errors")) {
            var known = Arrays.stream(Problem.Code.values()).anyMatch(code -> code.name().equals(error.path("code").asText()));
            if (!known || error.path("message").asText().isBlank() || !error.path("detail").isObject()) {
                broken.add("not the contract's error: " + error);
            }
        }
        return broken;
    }
}
