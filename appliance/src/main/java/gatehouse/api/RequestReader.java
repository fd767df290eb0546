package gatehouse.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a request's parameters and body and checks them against its operation; collects every broken rule. Thread-safe. */
final class RequestReader {
    static final int LARGEST_BODY = 1 << 20; // 1 MiB; the largest user of the contract is under 20 KB
    private final SchemaCheck check;

    RequestReader(SchemaCheck check) {
        this.check = check;
    }

    record Read(Map<String, String> queries, ObjectNode body) { }

    /** @throws ProblemException with all that is wrong */
    Read read(ServerRequest request, Operation operation, Map<String, String> values) {
        var problems = new ArrayList<Problem>();
        var queries = queries(request, operation, problems);
        for (var parameter : operation.parameters()) {
            if (parameter.path("in").asText().equals("path")) {
                var name = parameter.get("name").textValue();
                problems.addAll(check.check(parameter.path("schema"), typed(parameter, values.get(name)), name));
            }
        }
        var body = operation.body().map(schema -> body(request, operation, schema, problems)).orElseGet(Json::object);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Read(queries, body);
    }

    private Map<String, String> queries(ServerRequest request, Operation operation, List<Problem> problems) {
        var queries = new HashMap<String, String>();
        var query = request.query();
        for (var given : query.names()) {
            var name = given.startsWith("$") ? given.substring(1) : given; // $top and top are the same
            var parameter = operation.parameters().stream()
                    .filter(one -> one.path("in").asText().equals("query") && one.get("name").textValue().equals(name)).findFirst();
            if (parameter.isEmpty()) {
                problems.add(Problem.invalid(name, "unknown", name + " is not a parameter of this operation."));
                continue;
            }
            var value = query.first(given).orElse("");
            problems.addAll(check.check(parameter.get().path("schema"), typed(parameter.get(), value), name));
            queries.put(name, value);
        }
        return queries;
    }

    private static JsonNode typed(JsonNode parameter, String value) {
        var integer = parameter.path("schema").path("type").asText().equals("integer");
        return integer && value.matches("-?\\d{1,9}") ? IntNode.valueOf(Integer.parseInt(value)) : TextNode.valueOf(value);
    }

    private ObjectNode body(ServerRequest request, Operation operation, JsonNode schema, List<Problem> problems) {
        var wanted = operation.form() ? "application/x-www-form-urlencoded" : "application/json";
        var type = request.headers().contentType().map(media -> media.mediaType().text()).orElse("");
        if (!type.equals(wanted)) {
            throw Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body as " + wanted + (type.isEmpty() ? "." : ", not as " + type + ".")).raise();
        }
        var bytes = bytes(request);
        try {
            var body = operation.form() ? form(bytes) : Json.parse(bytes);
            problems.addAll(check.check(schema, body, ""));
            return body instanceof ObjectNode object ? object : Json.object();
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            problems.add(Problem.invalid("", "json", "The body is not valid JSON: " + e.getOriginalMessage()
                    + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")")));
            return Json.object();
        } catch (IOException | IllegalArgumentException e) {
            problems.add(Problem.invalid("", "encoding", "The body cannot be read as " + wanted + " in UTF-8."));
            return Json.object();
        }
    }

    private static byte[] bytes(ServerRequest request) {
        var declared = request.headers().contentLength().orElse(0);
        if (declared > LARGEST_BODY) {
            throw tooLarge();
        }
        try (var in = request.content().inputStream()) {
            var bytes = in.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.invalid("", "body", "The body broke off: " + e.getMessage()).raise();
        }
    }

    private static ProblemException tooLarge() {
        return Problem.of(Code.PAYLOAD_TOO_LARGE, "A body may have " + LARGEST_BODY + " bytes.").raise();
    }

    private static ObjectNode form(byte[] bytes) {
        var form = Json.object();
        for (var pair : new String(bytes, StandardCharsets.UTF_8).split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String bearer(ServerRequest request) {
        var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
    }
}
