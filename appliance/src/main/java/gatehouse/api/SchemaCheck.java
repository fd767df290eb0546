package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Checks a value against a schema of the OpenAPI document: the part of JSON Schema 2020-12 that the document uses. Interpreted, because
 * that costs microseconds a request and nothing at the start. Thread-safe.
 */
final class SchemaCheck {
    private static final String REFERENCE = "#/components/schemas/";
    private static final int MOST_PROBLEMS = 100; // nobody reads more, and a megabyte of nonsense must not answer ten
    private static final Map<String, BigDecimal[]> RANGES = Map.of(
            "int32", new BigDecimal[] {BigDecimal.valueOf(Integer.MIN_VALUE), BigDecimal.valueOf(Integer.MAX_VALUE)},
            "int64", new BigDecimal[] {BigDecimal.valueOf(Long.MIN_VALUE), BigDecimal.valueOf(Long.MAX_VALUE)});
    private final JsonNode schemas;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    /** @param schemas the document's components, by name */
    SchemaCheck(JsonNode schemas) {
        this.schemas = schemas;
    }

    /** Every rule that {@code value} breaks. @param field its name in the complaint; empty for the body itself */
    List<Problem> check(JsonNode schema, JsonNode value, String field) {
        var problems = new ArrayList<Problem>();
        check(schema, value, field, problems);
        return problems;
    }

    private void check(JsonNode given, JsonNode value, String field, List<Problem> problems) {
        if (problems.size() >= MOST_PROBLEMS) {
            return;
        }
        var schema = resolve(given, value);
        var type = typeOf(value);
        if (schema.has("type") && !allows(schema.get("type"), type)) {
            problems.add(Problem.invalid(field, "type", name(field) + " must be " + words(schema.get("type")) + ", not " + type + "."));
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(Problem.invalid(field, "enum", name(field) + " must be one of " + schema.get("enum") + "."));
        }
        switch (type) {
            case "string" -> string(schema, value.textValue(), field, problems);
            case "integer", "number" -> number(schema, value, field, problems);
            case "array" -> {
                for (int i = 0; i < value.size(); i++) {
                    check(schema.path("items"), value.get(i), field + "[" + i + "]", problems);
                }
            }
            case "object" -> object(schema, value, field, problems);
            default -> { }
        }
    }

    private JsonNode resolve(JsonNode schema, JsonNode value) {
        if (schema.has("oneOf")) { // only ever "this, or null"
            for (var option : schema.get("oneOf")) {
                if (value.isNull() == "null".equals(option.path("type").textValue())) {
                    return resolve(option, value);
                }
            }
            return resolve(schema.get("oneOf").get(0), value);
        }
        var reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : schemas.path(reference.substring(REFERENCE.length()));
    }

    private void object(JsonNode schema, JsonNode value, String field, List<Problem> problems) {
        var properties = schema.path("properties");
        for (var required : schema.path("required")) {
            if (!value.has(required.textValue())) {
                problems.add(Problem.invalid(inside(field, required.textValue()), "required", name(inside(field, required.textValue())) + " is missing."));
            }
        }
        for (var entry : value.properties()) {
            var inner = inside(field, entry.getKey());
            if (properties.has(entry.getKey())) {
                check(properties.get(entry.getKey()), entry.getValue(), inner, problems);
            } else if (schema.has("properties") && problems.size() < MOST_PROBLEMS) {
                problems.add(Problem.invalid(shortened(inner), "unknown", name(shortened(inner)) + " is not a field of this request."));
            }
        }
    }

    private void string(JsonNode schema, String text, String field, List<Problem> problems) {
        var length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)) {
            problems.add(limit(field, "minLength", schema, " must have at least %s characters; it has " + length + "."));
        }
        if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
            problems.add(limit(field, "maxLength", schema, " may have %s characters; it has " + length + "."));
        } else if (schema.has("pattern") && !matches(schema.get("pattern").textValue(), text)) {
            problems.add(limit(field, "pattern", schema, " must match %s."));
        }
        if (text.indexOf('\0') >= 0 || !Texts.isWhole(text)) {
            problems.add(Problem.invalid(field, "characters", name(field) + " may hold neither the character U+0000 nor half a surrogate pair."));
        }
    }

    private void number(JsonNode schema, JsonNode value, String field, List<Problem> problems) {
        var number = value.decimalValue();
        var range = RANGES.get(schema.path("format").asText());
        if (range != null && (number.compareTo(range[0]) < 0 || number.compareTo(range[1]) > 0)) {
            problems.add(Problem.invalid(field, "format", name(field) + " must be from " + range[0] + " to " + range[1] + "."));
            return;
        }
        if (schema.has("minimum") && number.compareTo(schema.get("minimum").decimalValue()) < 0) {
            problems.add(limit(field, "minimum", schema, " must be %s or more; it is " + number + "."));
        }
        if (schema.has("maximum") && number.compareTo(schema.get("maximum").decimalValue()) > 0) {
            problems.add(limit(field, "maximum", schema, " must be %s or less; it is " + number + "."));
        }
    }

    private static Problem limit(String field, String rule, JsonNode schema, String words) {
        var limit = schema.get(rule).asText();
        return new Problem(Problem.Code.VALIDATE_FAILED, name(field) + words.formatted(limit), Map.of("field", field, "rule", rule, "limit", limit));
    }

    /** A pattern's {@code $} is the end of the text (ECMA-262), not the end before a last line break as in Java. */
    private boolean matches(String pattern, String text) {
        return patterns.computeIfAbsent(pattern, given -> Pattern.compile(given.endsWith("$") && !given.endsWith("\\$")
                ? given.substring(0, given.length() - 1) + "\\z" : given)).matcher(text).find();
    }

    private static boolean allows(JsonNode types, String type) {
        if (types.isTextual()) {
            return types.textValue().equals(type) || types.textValue().equals("number") && type.equals("integer");
        }
        for (var one : types) {
            if (allows(one, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (var one : all) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL -> "null";
            default -> "nothing";
        };
    }

    private static String words(JsonNode types) {
        return types.isTextual() ? types.textValue() : types.toString();
    }

    private static String inside(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static String name(String field) {
        return field.isEmpty() ? "The body" : field;
    }

    static String shortened(String field) {
        return Texts.whole(field.length() > 80 ? field.substring(0, 80) + "…" : field);
    }
}
