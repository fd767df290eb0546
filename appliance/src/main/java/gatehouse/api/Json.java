package gatehouse.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** JSON as trees, read strictly: no duplicate keys, nothing after the end, bounded depth. Thread-safe. */
public final class Json {
    private static final int DEEPEST = 32; // the contract's deepest body has seven levels
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(40).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A list answer: how many match, and this page of them. */
    public static ObjectNode page(long count, Iterable<? extends JsonNode> items) {
        var page = object().put("count", count);
        var array = page.putArray("items");
        items.forEach(array::add);
        return page;
    }

    /** A list that is always given whole. */
    public static ObjectNode items(Iterable<? extends JsonNode> items) {
        var list = object();
        var array = list.putArray("items");
        items.forEach(array::add);
        return list;
    }

    /** RFC 3339 in UTC with whole seconds, as the contract wants it; null for null. */
    public static String time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** @throws JsonProcessingException when it is not one JSON value, strictly */
    static JsonNode parse(byte[] text) throws IOException {
        return MAPPER.readTree(Texts.utf8(text)); // given bytes, it would guess UTF-16 and UTF-32 too
    }

    /** Reads text of our own: the documents in the jar, columns of the store. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
