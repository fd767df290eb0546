package gatehouse.listing;

import gatehouse.listing.Filter.Comparison;
import gatehouse.listing.Filter.Operator;
import gatehouse.listing.ListStore.Source;
import gatehouse.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * Counts the rows of a large table by one term. An index finds the ends of a range at once but is read from one to the other, some 40 ns a
 * row: where most rows match, those are counted that do not. Exact; a look at a few rows only decides which.
 */
final class Counting {
    private static final int LOOKED_AT = 64; // rows by their keys: some 0.1 ms

    private final String table;
    private final String key;
    private final Fields fields;

    Counting(String table, String key, Fields fields) {
        this.table = table;
        this.key = key;
        this.fields = fields;
    }

    long all(Store.Tx tx) {
        return ListStore.count(tx, new Source(" FROM " + table, List.of()));
    }

    /** @param term about one field, or several values of one, each of which no row has beside another */
    long matches(Store.Tx tx, Filter term) {
        return switch (term) {
            case Filter.Not(var positive) -> all(tx) - matches(tx, positive);
            case Filter.Or(var one, var other) -> matches(tx, one) + matches(tx, other);
            case Comparison(var field, var operator, var literal) when operator == Operator.NE ->
                    all(tx) - matches(tx, new Comparison(field, Operator.EQ, literal));
            case Comparison comparison when isDivisible(comparison) && areMost(tx, comparison) ->
                    all(tx) - others(comparison).stream().mapToLong(part -> straight(tx, part)).sum();
            default -> straight(tx, term);
        };
    }

    boolean isDivisible(Comparison comparison) {
        return fields.get(comparison.field()).kind() != Kind.BOOLEAN;
    }

    /** Ranges and absent values that together are what {@code comparison}, which is no NE, is not. */
    static List<Filter> others(Comparison comparison) {
        var field = comparison.field();
        var literal = comparison.literal();
        var absent = new Comparison(field, Operator.EQ, new Literal.Null());
        if (literal instanceof Literal.Null) {
            return List.of(new Comparison(field, Operator.NE, literal));
        }
        return comparison.operator() == Operator.EQ
                ? List.of(new Comparison(field, Operator.LT, literal), new Comparison(field, Operator.GT, literal), absent)
                : List.of(new Comparison(field, comparison.operator().opposite(), literal), absent);
    }

    private boolean areMost(Store.Tx tx, Filter term) {
        var first = ListStore.number(tx, "coalesce(min(" + key + "), 0)", new Source(" FROM " + table, List.of()));
        var last = ListStore.number(tx, "coalesce(max(" + key + "), 0)", new Source(" FROM " + table, List.of()));
        var keys = new StringBuilder("[");
        for (int i = 0; i < LOOKED_AT; i++) {
            keys.append(i == 0 ? "" : ",").append(first + (last - first) * i / (LOOKED_AT - 1));
        }
        var some = new SqlWriter(fields, Optional.empty(), SqlWriter.Way.ROWS);
        some.alsoAmong(key, keys.append("]").toString());
        some.also(term);
        return ListStore.count(tx, some.of(table)) > LOOKED_AT / 2;
    }

    private long straight(Store.Tx tx, Filter term) {
        var matches = new SqlWriter(fields);
        matches.also(term);
        return ListStore.count(tx, matches.of(table));
    }
}
