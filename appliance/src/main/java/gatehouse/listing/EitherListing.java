package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.ProblemException;
import gatehouse.listing.ListStore.Source;
import gatehouse.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link LargeListing} for the rows that have a value in one column or in the other. Each column has an index in the order of time that holds
 * all that is asked, so that the rows themselves are read for the page alone; the two are merged, where SQLite would sort all matches of an
 * OR. Immutable, thread-safe.
 */
public final class EitherListing {
    private final String table;
    private final String time;
    private final String key;
    private final String one;
    private final String other;
    private final Fields fields;

    private EitherListing(String table, String time, String key, String one, String other, Fields fields) {
        this.table = table;
        this.time = time;
        this.key = key;
        this.one = one;
        this.other = other;
        this.fields = fields;
    }

    /** @param time,key as in {@link LargeListing#of}; @param fields read with a plus before them where the two indexes hold them */
    public static EitherListing of(String table, String time, String key, String one, String other, Field... fields) {
        return new EitherListing(table, time, key, one, other, new Fields(List.of(fields)));
    }

    Fields fields() {
        return fields;
    }

    /** As {@link Listing#query}. @throws ProblemException 400 with all that is wrong */
    public ListQuery query(ApiRequest request) {
        return QueryReader.read(request, fields);
    }

    /** How many match, and the page of them that was asked for. @param columns as after SELECT */
    public <T> Page<T> page(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row, String value) {
        var all = both(query, key, value);
        var count = ListStore.count(tx, new Source(" FROM (" + all.sql() + ")", all.arguments()));
        if (count <= query.skip()) {
            return new Page<>(count, List.of());
        }
        var keys = both(query, key + ", " + time + sorted(query), value);
        return new Page<>(count, ListStore.keyed(tx, table, key, columns, new Source(keys.sql() + " ORDER BY " + inner(query), keys.arguments()),
                outer(query), query, row));
    }

    /** @param selected of each row */
    private Source both(ListQuery query, String selected, String value) {
        var by = query.filter().filter(this::finds).isPresent() ? "+" : ""; // by the id's own index, then
        var first = rows(query, by + one + " = ?", value);
        var second = rows(query, by + other + " = ? AND " + one + " IS NOT ?", value, value);
        var arguments = new ArrayList<>(first.arguments());
        arguments.addAll(second.arguments());
        return new Source("SELECT " + selected + first.sql() + " UNION ALL SELECT " + selected + second.sql(), arguments);
    }

    /** Whether a few rows have it: those of an id or of its beginning, which the two indexes do not hold, but an index of its own does. */
    private boolean finds(Filter filter) {
        return switch (filter) {
            case Filter.And(var left, var right) -> finds(left) || finds(right);
            case Filter.Comparison(var field, var operator, Literal.Text _) -> operator == Filter.Operator.EQ && isId(field);
            case Filter.Matching(var match, var field, var text) -> match == Filter.Match.STARTSWITH && !text.isEmpty() && isId(field);
            case Filter.Comparison _, Filter.Or _, Filter.Not _ -> false;
        };
    }

    private boolean isId(String field) {
        return !fields.get(field).sql().startsWith("+");
    }

    private Source rows(ListQuery query, String where, Object... arguments) {
        var matches = new SqlWriter(fields);
        matches.also(where, arguments);
        query.filter().ifPresent(matches::also);
        matches.also(query.words());
        return matches.of(table);
    }

    /** What the rows are sorted by, when it is not the time alone. */
    private String sorted(ListQuery query) {
        var sorted = new StringBuilder();
        for (int i = 0; i < query.order().size(); i++) {
            sorted.append(", ").append(fields.get(query.order().get(i).field()).sql()).append(" AS sorted_").append(i);
        }
        return sorted.toString();
    }

    private String inner(ListQuery query) {
        if (query.order().isEmpty()) {
            return time + " DESC, " + key + " DESC";
        }
        return String.join(", ", IntStream.range(0, query.order().size()).mapToObj(i -> "sorted_" + i + nocase(query, i) + way(query, i)).toList())
                + ", " + key + way(query, query.order().size() - 1);
    }

    private String outer(ListQuery query) {
        if (query.order().isEmpty()) {
            return time + " DESC, " + key + " DESC";
        }
        return String.join(", ", IntStream.range(0, query.order().size()).mapToObj(i -> fields.get(query.order().get(i).field()).order() + way(query, i))
                .toList()) + ", " + key + way(query, query.order().size() - 1);
    }

    private String nocase(ListQuery query, int i) {
        return fields.get(query.order().get(i).field()).order().endsWith(" COLLATE NOCASE") ? " COLLATE NOCASE" : "";
    }

    private static String way(ListQuery query, int i) {
        return query.order().get(i).descending() ? " DESC" : "";
    }
}
