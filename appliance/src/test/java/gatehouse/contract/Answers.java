package gatehouse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What contract tests look at in an answer. */
final class Answers {
    private Answers() {
    }

    /** The fields that a refused request breaks a rule of. */
    static Set<String> broken(Reply reply) {
        var fields = new TreeSet<String>();
        reply.expect(400).get("errors").forEach(error -> fields.add(error.at("/detail/field").asText()));
        return fields;
    }

    /** The rules that a refused request breaks: {@code field rule}. */
    static Set<String> rules(Reply reply) {
        var rules = new TreeSet<String>();
        reply.expect(400).get("errors").forEach(error -> rules.add(error.at("/detail/field").asText() + " " + error.at("/detail/rule").asText()));
        return rules;
    }

    /** One field of each item, in order. */
    static List<String> each(JsonNode list, String field) {
        var values = new ArrayList<String>();
        list.get("items").forEach(item -> values.add(item.get(field).asText()));
        return values;
    }

    static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
