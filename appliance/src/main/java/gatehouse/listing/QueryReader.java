package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.listing.ListQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the options of one request; collects all that is wrong with them. */
final class QueryReader {
    static final int MOST_ORDERS = 8;
    static final int MOST_WORDS = 10;
    static final int LONGEST_SEARCH = 200;
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");
    private static final Pattern ORDER = Pattern.compile("(?U)\\s*(?<field>[^\\s,]+)(\\s+(?<way>[^\\s,]+))?\\s*");

    private final Fields fields;
    private final List<Problem> problems = new ArrayList<>();

    private QueryReader(Fields fields) {
        this.fields = fields;
    }

    static ListQuery read(ApiRequest request, Fields fields) {
        return new QueryReader(fields).read(request);
    }

    private ListQuery read(ApiRequest request) {
        var filter = given(request, "filter").flatMap(this::filter);
        var words = given(request, "search").map(this::words).orElse(List.of());
        var order = given(request, "orderby").map(this::order).orElse(List.of());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new ListQuery(filter, words, order, request.skip(), request.top());
    }

    /** A blank option is one that was left out: forms send those. */
    private static Optional<String> given(ApiRequest request, String name) {
        return request.query(name).filter(text -> !text.isBlank());
    }

    private Optional<Filter> filter(String text) {
        try {
            return Optional.of(FilterParser.parse(text, fields));
        } catch (ProblemException refused) {
            problems.addAll(refused.problems());
            return Optional.empty();
        }
    }

    private List<String> words(String text) {
        if (text.length() > LONGEST_SEARCH) {
            problems.add(Fields.tooMuch("search", LONGEST_SEARCH, LONGEST_SEARCH, "characters"));
            return List.of();
        }
        if (fields.searched().isEmpty()) {
            problems.add(Fields.problem("search", "unknown", 0, "This list has no text to search; use filter."));
        }
        var words = SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).distinct().toList();
        if (words.size() > MOST_WORDS) {
            problems.add(Fields.tooMuch("search", text.indexOf(words.get(MOST_WORDS)), MOST_WORDS, "words"));
        }
        return words;
    }

    private List<Order> order(String text) {
        var orders = new ArrayList<Order>();
        var at = 0;
        for (var part : text.split(",", MOST_ORDERS + 2)) {
            if (orders.size() == MOST_ORDERS) {
                problems.add(Fields.tooMuch("orderby", at, MOST_ORDERS, "fields"));
                break;
            }
            orders.add(order(part, at));
            at += part.length() + 1;
        }
        return orders;
    }

    private Order order(String part, int at) {
        var words = ORDER.matcher(part);
        if (!words.matches()) {
            problems.add(Fields.problem("orderby", "syntax", at,
                    "orderby is fields with asc or desc after each, with commas between them; it cannot be"
                    + " read from character " + at + " on."));
            return new Order("", false);
        }
        var field = words.group("field");
        if (fields.named(field).isEmpty()) {
            problems.add(fields.unknown("orderby", at + words.start("field"), shortened(field)));
        }
        var way = words.group("way");
        if (way != null && !way.equalsIgnoreCase("asc") && !way.equalsIgnoreCase("desc")) {
            problems.add(Fields.problem("orderby", "syntax", at + words.start("way"), "After a field orderby takes asc or desc (at character "
                    + (at + words.start("way")) + ")."));
        }
        return new Order(field, "desc".equalsIgnoreCase(way));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) > 40 ? text.substring(0, text.offsetByCodePoints(0, 40)) + "…" : text;
    }
}
