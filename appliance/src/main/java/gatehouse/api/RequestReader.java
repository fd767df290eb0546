package gatehouse.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Reads a request's parameters and body and checks them against its operation; collects every broken rule. Thread-safe. */
final class RequestReader {
    private static final int LARGEST_BODY = 256 << 10; // the largest user of the contract is under 20 KB
    private static final int LARGEST_OPEN_BODY = 16 << 10; // from somebody not signed in: a name and a password
    private static final Duration SLOWEST_BODY = Duration.ofSeconds(20); // beside the read timeout, which a byte at a time never meets
    private static final Pattern PARSER_SOURCE = Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]"); // the parser's own words inside its message
    private final LongSupplier nanoTime;

    RequestReader(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    record Read(Map<String, String> queries, ObjectNode body) { }

    /** @throws ProblemException with all that is wrong */
    Read read(ServerRequest request, Operation operation, Spec spec, Map<String, String> values) {
        var problems = new ArrayList<Problem>();
        var queries = queries(request, spec, problems);
        for (var parameter : spec.parameters()) {
            var name = parameter.get("name").textValue();
            var given = switch (parameter.path("in").asText()) {
                case "query" -> queries.containsKey(name);
                case "header" -> request.headers().contains(HeaderNames.create(name));
                default -> true;
            };
            if (!given && parameter.path("required").asBoolean()) {
                problems.add(Problem.invalid(name, "required", "The " + parameter.get("in").textValue() + " parameter " + name + " is missing."));
            }
            if (parameter.path("in").asText().equals("path")) {
                problems.addAll(spec.check().check(parameter.path("schema"), typed(parameter, values.get(name)), name));
            }
        }
        var body = spec.body().map(schema -> body(request, operation, spec, schema, problems)).orElseGet(Json::object);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Read(queries, body);
    }

    private Map<String, String> queries(ServerRequest request, Spec spec, List<Problem> problems) {
        var queries = new HashMap<String, String>();
        var query = request.query();
        for (var given : query.names()) {
            var name = given.startsWith("$") ? given.substring(1) : given; // $top and top are the same
            var parameter = spec.parameters().stream()
                    .filter(one -> one.path("in").asText().equals("query") && one.get("name").textValue().equals(name)).findFirst();
            if (parameter.isEmpty()) {
                var shown = SchemaCheck.shortened(name);
                problems.add(Problem.invalid(shown, "unknown", shown + " is not a parameter of this operation."));
                continue;
            }
            var value = query.first(given).orElse("");
            if (query.all(given).size() > 1 || queries.containsKey(name)) {
                problems.add(Problem.invalid(name, "once", name + " may be given once."));
                continue;
            }
            problems.addAll(spec.check().check(parameter.get().path("schema"), typed(parameter.get(), value), name));
            queries.put(name, value);
        }
        return queries;
    }

    private static JsonNode typed(JsonNode parameter, String value) {
        var type = parameter.path("schema").path("type").asText();
        if (type.equals("integer") && value.matches("-?\\d{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(value));
        }
        return type.equals("boolean") && value.matches("true|false") ? BooleanNode.valueOf(value.equals("true")) : TextNode.valueOf(value);
    }

    private ObjectNode body(ServerRequest request, Operation operation, Spec spec, JsonNode schema, List<Problem> problems) {
        var wanted = spec.form() ? "application/x-www-form-urlencoded" : "application/json";
        var type = contentType(request);
        if (!spec.bodyRequired() && type.isEmpty() && request.headers().contentLength().orElse(0) == 0 && !chunked(request)) {
            return Json.object();
        }
        if (!type.equals(wanted)) {
            throw Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body as " + wanted + (type.isEmpty() ? "." : ", not as " + type + ".")).raise();
        }
        var bytes = bytes(request, operation.isOpen() ? LARGEST_OPEN_BODY : LARGEST_BODY);
        try {
            var body = spec.form() ? form(bytes) : Json.parse(bytes);
            problems.addAll(spec.check().check(schema, body, ""));
            return body instanceof ObjectNode object ? object : Json.object();
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            problems.add(Problem.invalid("", "json", "The body is not valid JSON: " + PARSER_SOURCE.matcher(e.getOriginalMessage()).replaceAll("$1")
                    + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")")));
            return Json.object();
        } catch (IOException | IllegalArgumentException e) {
            problems.add(Problem.invalid("", "encoding", "The body cannot be read as " + wanted + " in UTF-8."));
            return Json.object();
        }
    }

    private static boolean chunked(ServerRequest request) {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    private static String contentType(ServerRequest request) {
        try {
            return request.headers().contentType().map(media -> media.mediaType().text()).orElse("");
        } catch (IllegalArgumentException notAMediaType) {
            return "";
        }
    }

    private byte[] bytes(ServerRequest request, int largest) {
        if (request.headers().contentLength().orElse(0) > largest) {
            throw tooLarge(largest);
        }
        try { // the server closes it, once it has answered
            return bytes(request.content().inputStream(), largest);
        } catch (IOException | UncheckedIOException e) {
            throw Problem.invalid("", "body", "The body broke off.").raise();
        }
    }

    private byte[] bytes(InputStream in, int largest) throws IOException {
        var all = new ByteArrayOutputStream();
        var chunk = new byte[8 << 10];
        var started = nanoTime.getAsLong();
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            all.write(chunk, 0, count);
            if (all.size() > largest) {
                throw tooLarge(largest);
            }
            if (nanoTime.getAsLong() - started > SLOWEST_BODY.toNanos()) {
                throw Problem.invalid("", "body", "The body came too slowly; it may take " + SLOWEST_BODY.toSeconds() + " seconds.").raise();
            }
        }
        return all.toByteArray();
    }

    private static ProblemException tooLarge(int largest) {
        return Problem.of(Code.PAYLOAD_TOO_LARGE, "A body may have " + largest + " bytes here.").raise();
    }

    private static ObjectNode form(byte[] bytes) throws IOException {
        var form = Json.object();
        for (var pair : Texts.utf8(bytes).split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                var name = decode(pair.substring(0, equals));
                if (form.has(name)) {
                    throw new IllegalArgumentException("A field may be given once");
                }
                form.put(name, decode(pair.substring(equals + 1)));
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
