package gatehouse.listing;

import gatehouse.listing.Filter.Comparison;
import gatehouse.listing.Filter.Match;
import gatehouse.listing.Filter.Matching;
import gatehouse.listing.Filter.Operator;
import gatehouse.listing.ListQuery.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Filters and values that meet often enough to tell: few letters, few numbers, few moments. The same generator makes the same ones. */
final class RandomFilters {
    static final List<String> TEXTS = List.of("", "a", "A", "ab", "aB", "ba", "ä", "Ä", "äb", "bÄa", "a b", "a'b", "%", "_", "\\", "*", "[a]",
            "ß", "ẞ", "ς", "Σ", "\u212a", "k", "\ud7ff", "\ue000", "😀", "😀a", "a😀");
    static final List<String> NUMBERS = List.of("-2", "-1", "0", "1", "1.0", "2", "1.5", "0.00001", "0.000001", "1.500001", "-0.000001",
            "1000000.5", "9223372036854775807", "9223372036854775808", "-99999999999999999999");
    private static final long MOMENT = 1_770_000_000_000L;

    private final RandomGenerator random;

    RandomFilters(RandomGenerator random) {
        this.random = random;
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    String text() {
        return oneIn(3) ? pick(TEXTS) + pick(TEXTS) : pick(TEXTS);
    }

    /** Often between two whole seconds. */
    Instant time() {
        return Instant.ofEpochMilli(MOMENT + 500L * random.nextInt(8) + (oneIn(4) ? 1 : 0));
    }

    Filter filter(Fields fields, int depth) {
        if (depth == 0 || oneIn(4)) {
            return term(fields);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Filter.And(filter(fields, depth - 1), filter(fields, depth - 1));
            case 1 -> new Filter.Or(filter(fields, depth - 1), filter(fields, depth - 1));
            default -> new Filter.Not(filter(fields, depth - 1));
        };
    }

    private Filter term(Fields fields) {
        var field = pick(List.copyOf(fields.all()));
        if (oneIn(8)) {
            return new Comparison(field.name(), oneIn(2) ? Operator.EQ : Operator.NE, new Literal.Null());
        }
        var operator = pick(List.of(Operator.values()));
        return switch (field.kind()) {
            case TEXT -> oneIn(2) ? new Matching(pick(List.of(Match.values())), field.name(), text())
                    : new Comparison(field.name(), operator, new Literal.Text(text()));
            case NUMBER -> new Comparison(field.name(), operator, new Literal.Number(new BigDecimal(pick(NUMBERS))));
            case BOOLEAN -> new Comparison(field.name(), oneIn(2) ? Operator.EQ : Operator.NE, new Literal.Bool(oneIn(2)));
            case TIME -> new Comparison(field.name(), operator, new Literal.Time(time()));
        };
    }

    ListQuery query(Fields fields) {
        var words = new ArrayList<String>();
        var orders = new ArrayList<Order>();
        while (oneIn(3)) {
            var word = text().replace(" ", "");
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        while (oneIn(2)) {
            orders.add(new Order(pick(List.copyOf(fields.all())).name(), oneIn(2)));
        }
        return new ListQuery(oneIn(5) ? Optional.empty() : Optional.of(filter(fields, 3)), words, orders,
                oneIn(3) ? random.nextInt(12) : 0, 1 + random.nextInt(30));
    }
}
