package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.ProblemException;
import gatehouse.listing.Filter.Comparison;
import gatehouse.listing.Filter.Operator;
import gatehouse.listing.ListStore.Source;
import gatehouse.listing.SqlWriter.Way;
import gatehouse.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@link Listing} for a table of a million rows that are listed newest first, with an index for each field in the order of time. How many
 * match is counted first, on an index alone, and says how to find the page: few are looked up; of many, some are among the newest rows.
 * Immutable, thread-safe.
 */
public final class LargeListing {
    /**
     * @param few  matches that are looked up and sorted, some 20 ms for as many; see docs/decisions/004-lists.md
     * @param near how many of the newest rows are looked at one by one
     * @param named texts whose rows are found by naming them all
     */
    record Bounds(int few, int near, int named) {
        static final Bounds USUAL = new Bounds(20_000, 10_000, 8_000);
    }

    private static final int MOST_VALUES = 20;

    private final String table;
    private final String time;
    private final String key;
    private final Texts texts;
    private final Fields fields;
    private final WordCounts words;
    private final Bounds bounds;
    private final Counting counting;

    private LargeListing(String table, String time, String key, Texts texts, Fields fields, WordCounts words, Bounds bounds) {
        this.table = table;
        this.time = time;
        this.key = key;
        this.texts = texts;
        this.fields = fields;
        this.words = words;
        this.bounds = bounds;
        this.counting = new Counting(table, key, fields);
    }

    /**
     * @param time  the column that the rows are listed by, newest first; never null
     * @param key   the table's whole-number key, which decides between rows of one time
     * @param texts keep every searched field
     */
    public static LargeListing of(String table, String time, String key, Texts texts, Field... fields) {
        return new LargeListing(table, time, key, texts, new Fields(List.of(fields)), (_, _) -> Optional.empty(), Bounds.USUAL);
    }

    public LargeListing counting(WordCounts counts) {
        return new LargeListing(table, time, key, texts, fields, counts, bounds);
    }

    LargeListing within(Bounds other) {
        return new LargeListing(table, time, key, texts, fields, words, other);
    }

    Fields fields() {
        return fields;
    }

    public List<Field> all() {
        return List.copyOf(fields.all());
    }

    /** As {@link Listing#query}. @throws ProblemException 400 with all that is wrong */
    public ListQuery query(ApiRequest request) {
        return QueryReader.read(request, fields);
    }

    /** How many match, and the page of them that was asked for. @param columns as after SELECT */
    public <T> Page<T> page(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row) {
        if (query.filter().isEmpty() && query.words().isEmpty()) {
            return new Page<>(counting.all(tx), found(tx, query, columns, row, new SqlWriter(fields), order(query)));
        }
        var matches = new SqlWriter(fields, Optional.of(texts), Way.INDEXES);
        var count = count(tx, query, matches);
        if (count <= query.skip()) {
            return new Page<>(count, List.of());
        }
        if (count <= bounds.few) {
            return new Page<>(count, found(tx, query, columns, row, matches, "+" + order(query))); // the plus: sort them, rather than seek them among all
        }
        if (query.order().isEmpty()) {
            var near = among(tx, query, columns, row, bounds.near);
            if (near.size() == Math.min(query.top(), count - query.skip())) {
                return new Page<>(count, near);
            }
        }
        return new Page<>(count, query.words().isEmpty() ? found(tx, query, columns, row, matches, order(query))
                : among(tx, query, columns, row, Integer.MAX_VALUE));
    }

    /** @param matches is given the conditions */
    private long count(Store.Tx tx, ListQuery query, SqlWriter matches) {
        if (query.words().isEmpty() && term(query) instanceof Filter term) {
            var at = fields.get(field(term));
            if (at.few() && isPart(term) && values(tx, at, term) instanceof Filter words) {
                matches.also(words);
                return counting.matches(tx, words);
            }
            return at.kept() == null || at.kept().indexed() && isNarrow(term) ? counted(term, matches, counting.matches(tx, term))
                    : countedByTexts(tx, at, term, matches);
        }
        query.filter().ifPresent(matches::also);
        matches.also(query.words());
        if (query.filter().isEmpty() && query.words().size() == 1) {
            var counted = words.of(tx, query.words().getFirst());
            if (counted.isPresent()) {
                return counted.get().rows() + later(tx, query, counted.get().upTo());
            }
        }
        return ListStore.count(tx, matches.of(table));
    }

    /** An index finds what is less or greater; "not equal" it would have to be read for, from end to end, as for a part of a text. */
    private long counted(Filter term, SqlWriter matches, long count) {
        if (isPart(term)) {
            var parts = new SqlWriter(fields);
            parts.also(term);
            matches.alsoAmong(key, parts.of(table));
            return count;
        }
        matches.also(term instanceof Comparison comparison && comparison.operator() == Operator.NE && counting.isDivisible(comparison)
                ? Counting.others(new Comparison(comparison.field(), Operator.EQ, comparison.literal())).stream().reduce(Filter.Or::new).orElseThrow() : term);
        return count;
    }

    /** The same as a choice of values, of which there are a few; null when there are too many. */
    private Filter values(Store.Tx tx, Field field, Filter term) {
        if (term instanceof Filter.Not(var inner)) {
            return values(tx, field, inner) instanceof Filter some ? new Filter.Not(some) : null;
        }
        var part = (Filter.Matching) term;
        return ListStore.distinct(tx, table, field.sql(), MOST_VALUES).map(all -> all.stream()
                .filter(value -> part.match() == Filter.Match.ENDSWITH ? value.endsWith(part.text()) : value.contains(part.text()))
                .<Filter>map(value -> new Comparison(field.name(), Operator.EQ, new Literal.Text(value))).reduce(Filter.Or::new)
                .orElse(new Comparison(field.name(), Operator.LT, new Literal.Text("")))).orElse(null); // nothing is less than an empty text
    }

    /** An index with much beside the text is quick to find few rows by, but long to count many on. */
    private static boolean isNarrow(Filter term) {
        return term instanceof Comparison comparison && comparison.operator() == Operator.EQ
                || term instanceof Filter.Matching(var match, var _, var _) && match == Filter.Match.STARTSWITH;
    }

    private static boolean isPart(Filter term) {
        return term instanceof Filter.Matching(var match, var _, var _) && match != Filter.Match.STARTSWITH || term instanceof Filter.Not(var inner) && isPart(inner);
    }

    private long later(Store.Tx tx, ListQuery query, long upTo) {
        var later = new SqlWriter(fields, Optional.of(texts), Way.ROWS);
        later.also(key + " > ?", upTo);
        later.also(query.words());
        return ListStore.count(tx, later.of(table));
    }

    /** The filter when it is about one field alone; else null. */
    private static Filter term(ListQuery query) {
        var filter = query.filter().orElse(null);
        return filter != null && field(filter) != null ? filter : null;
    }

    private static String field(Filter filter) {
        return switch (filter) {
            case Comparison comparison -> comparison.field();
            case Filter.Matching matching -> matching.field();
            case Filter.Not(var term) -> field(term);
            case Filter.And _, Filter.Or _ -> null;
        };
    }

    /** Each text knows how many rows name it. Where few texts match, the page is found by naming them. */
    private long countedByTexts(Store.Tx tx, Field field, Filter term, SqlWriter matches) {
        var found = SqlWriter.amongTexts(texts, field, term).of(texts.table());
        var some = ListStore.texts(tx, found, field.kept().rows(), bounds.named + 1);
        if (some.size() > bounds.named) {
            matches.also(term);
            return ListStore.number(tx, "sum(" + field.kept().rows() + ")", SqlWriter.amongTexts(texts, field, term).of(texts.table() + " NOT INDEXED"));
        }
        matches.alsoAmong(field.kept().reference(), "[" + some.stream().map(text -> "" + text.n()).collect(Collectors.joining(",")) + "]");
        return some.stream().mapToLong(ListStore.Text::rows).sum();
    }

    private <T> List<T> found(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row, SqlWriter matches, String order) {
        var rows = matches.of(table);
        return ListStore.keyed(tx, table, key, columns, new Source("SELECT " + key + rows.sql() + " ORDER BY " + order, rows.arguments()), order(query), query,
                row);
    }

    /** Those among the newest {@code rows} that can match. */
    private <T> List<T> among(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row, int rows) {
        var latest = query.filter().map(this::latest).orElse(Long.MAX_VALUE);
        var begin = rows == Integer.MAX_VALUE ? Optional.<Long>empty()
                : ListStore.at(tx, time, new Source(" FROM " + table + " WHERE " + time + " < ?", List.of(latest)), time + " DESC", rows);
        var matches = new SqlWriter(fields, Optional.of(texts), Way.ROWS);
        if (begin.isPresent() || latest < Long.MAX_VALUE) {
            matches.also(time + " >= ? AND " + time + " < ?", begin.orElse(Long.MIN_VALUE), latest);
        }
        query.filter().ifPresent(matches::also);
        matches.also(query.words());
        return ListStore.items(tx, columns, matches.of(table), order(query), query.skip(), query.top(), row);
    }

    /** Every match is before this time. */
    private long latest(Filter filter) {
        return switch (filter) {
            case Filter.And(var left, var right) -> Math.min(latest(left), latest(right));
            case Filter.Or(var left, var right) -> Math.max(latest(left), latest(right));
            case Comparison(var field, var operator, Literal.Time(var at)) when fields.get(field).isNotBefore(time)
                    && (operator == Operator.LT || operator == Operator.LE || operator == Operator.EQ) ->
                    (at.getEpochSecond() + 1) * 1_000;
            case Comparison _, Filter.Matching _, Filter.Not _ -> Long.MAX_VALUE;
        };
    }

    private String order(ListQuery query) {
        if (query.order().isEmpty()) {
            return time + " DESC, " + key + " DESC";
        }
        var way = query.order().getLast().descending() ? " DESC" : "";
        return query.order().stream().map(order -> fields.get(order.field()).order() + (order.descending() ? " DESC" : "")).collect(Collectors.joining(", "))
                + ", " + key + way;
    }
}
