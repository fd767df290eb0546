package gatehouse.listing;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.ApiRequest;
import gatehouse.api.ShortLists;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@link MemoryListing} of items as they are shown: what they can be filtered by stands in their schema. Thread-safe. */
public final class ShownListing implements ShortLists {
    /** All that match are given unless {@code top} says otherwise: clients know these lists as whole ones. */
    @Override
    public Cut cut(ApiRequest request, Map<String, JsonNode> fields, List<JsonNode> items) {
        var listing = MemoryListing.of(fields.entrySet().stream().map(ShownListing::value).toList());
        var query = listing.query(request);
        var page = listing.page(request.query("top").isPresent() ? query : query.atMost(Integer.MAX_VALUE), items);
        return new Cut(page.count(), page.items());
    }

    private static Value<JsonNode> value(Entry<String, JsonNode> field) {
        var path = Arrays.asList(field.getKey().split("\\."));
        var types = types(field.getValue()).toList();
        if (types.contains("boolean")) {
            return Value.bool(field.getKey(), item -> at(item, path) instanceof JsonNode node && node.isBoolean() ? node.booleanValue() : null);
        }
        if (types.contains("integer") || types.contains("number")) {
            return Value.number(field.getKey(), item -> at(item, path) instanceof JsonNode node && node.isNumber() ? node.decimalValue() : null);
        }
        if (field.getValue().path("format").asText("").equals("date-time")) {
            return Value.time(field.getKey(), item -> time(at(item, path)));
        }
        return Value.searchedText(field.getKey(), item -> at(item, path).textValue());
    }

    /** A schema's type is a word, or a list of them of which one is null. */
    private static Stream<String> types(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText) : Stream.of(type.asText(""));
    }

    private static JsonNode at(JsonNode item, List<String> path) {
        var node = item;
        for (var name : path) {
            node = node.path(name);
        }
        return node;
    }

    private static Instant time(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.textValue()) : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
