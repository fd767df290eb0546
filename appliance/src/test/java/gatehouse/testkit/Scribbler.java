package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/** Makes values that fit a schema, nearly fit it, or do not fit at all. The same seed makes the same values. */
public final class Scribbler {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ODD = List.of("", " ", "\u0000", "\ud800", "\ufffe", "é", "日本語", "😀", "'", "\"", "\\", "%00", "../..",
            "<script>", "{{x}}",
            "'; DROP TABLE users; --", "a\nb", "a\rb", "null", "true", "-1", "1e400", "9".repeat(400), "x".repeat(5_000), "\u202e", "İ", "ﬀ", "%s%n",
                    "${x}",
            "2026-02-30T25:61:61Z", "00:00", "101", "101\n", "admin", "StandardUser", "yealink.ph.xml", "001122334455");
    private static final List<String> NUMBERS = List.of("0", "-1", "1", "2147483647", "2147483648", "-9223372036854775808", "9223372036854775808",
            "99999999999999999999999999999999999999", "0.5", "1e10", "1e999999", "-0.0", "1E-999999");

    private final JsonNode schemas;
    private final SplittableRandom random;
    private final List<String> known;

    /** @param known values worth trying: ids that exist */
    public Scribbler(JsonNode schemas, SplittableRandom random, List<String> known) {
        this.schemas = schemas;
        this.random = random;
        this.known = known;
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    public <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    public String text() {
        return oneIn(2) && !known.isEmpty() ? pick(known) : pick(ODD);
    }

    public JsonNode value(JsonNode given) {
        var schema = given.has("$ref") ? schemas.path(given.get("$ref").asText().replaceAll(".*/", "")) : given;
        if (oneIn(25)) {
            return anything(3);
        }
        if (schema.has("oneOf")) {
            return value(schema.get("oneOf").get(random.nextInt(schema.get("oneOf").size())));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        var type = schema.path("type").isArray() ? schema.get("type").get(random.nextInt(schema.get("type").size())).asText() : schema.path("type")
                .asText();
        return switch (type) {
            case "string" -> string(schema);
            case "integer", "number" -> oneIn(4) ? NODES.numberNode(new BigDecimal(pick(NUMBERS))) : NODES.numberNode(random.nextInt(-1, 70_000));
            case "boolean" -> BooleanNode.valueOf(oneIn(2));
            case "array" -> array(schema);
            case "object" -> object(schema);
            default -> NullNode.getInstance();
        };
    }

    private JsonNode string(JsonNode schema) {
        if (oneIn(4)) {
            return TextNode.valueOf(text());
        }
        if (schema.path("pattern").asText().contains("0-9]{3,64}")) {
            return TextNode.valueOf(Integer.toString(random.nextInt(100, 100_000)));
        }
        var length = random.nextInt(schema.path("minLength").asInt(0), 1 + Math.min(schema.path("maxLength").asInt(24) + 1, 200));
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) random.nextInt(oneIn(8) ? 32 : '0', oneIn(8) ? 0x400 : 'z'));
        }
        return TextNode.valueOf(text.toString());
    }

    private ArrayNode array(JsonNode schema) {
        var array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(schema.path("items")));
        }
        return array;
    }

    private JsonNode object(JsonNode schema) {
        var object = NODES.objectNode();
        schema.path("properties").properties().forEach(field -> {
            var required = schema.path("required").toString().contains('"' + field.getKey() + '"');
            if (required ? !oneIn(40) : oneIn(4)) {
                object.set(field.getKey(), value(field.getValue()));
            }
        });
        return oneIn(40) ? object.put(text(), 1) : object;
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> NullNode.getInstance();
            case 1 -> TextNode.valueOf(text());
            case 2 -> NODES.numberNode(new BigDecimal(pick(NUMBERS)));
            case 3 -> BooleanNode.valueOf(oneIn(2));
            case 4 -> NODES.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> NODES.objectNode().set("x", anything(depth - 1));
        };
    }

    /** A body's bytes: mostly what {@code value} made, now and then cut short or with a byte changed. */
    public byte[] bytes(JsonNode value) {
        var bytes = ascii(value).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        if (oneIn(30) && bytes.length > 0) {
            return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        if (oneIn(30) && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** With every character escaped that is not ASCII, since half a surrogate pair can be sent in no other way. */
    private static String ascii(JsonNode value) {
        try {
            var writer = new java.io.StringWriter();
            try (var generator = new ObjectMapper().getFactory().createGenerator(writer).setHighestNonEscapedChar(127)) {
                new ObjectMapper().writeTree(generator, value);
            }
            return writer.toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
