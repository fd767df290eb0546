package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.ProblemException;
import gatehouse.listing.ListQuery.Order;
import gatehouse.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What one list may be filtered, searched and sorted by. Immutable, thread-safe. */
public final class Listing {
    /** The last of the terms that an ORDER BY has, without its direction. */
    private static final Pattern TAIL = Pattern.compile("(?is)(?:.*,)?\\s*(?<column>[\\w.]+)(?:\\s+(?:asc|desc))?\\s*");
    private static final Pattern DIRECTION = Pattern.compile("(?i)\\s+(asc|desc)\\b");
    private static final int PICKED = 20_000; // to look up and sort as many takes some 20 ms; see docs/decisions/004-lists.md

    private final String from;
    private final String defaultOrder;
    private final String tail;
    private final Fields fields;
    private final Optional<Texts> texts;

    private Listing(String from, String defaultOrder, Fields fields, Optional<Texts> texts) {
        var last = TAIL.matcher(defaultOrder);
        if (!last.matches()) {
            throw new IllegalArgumentException("The default order must end in a plain column: " + defaultOrder);
        }
        this.from = from;
        this.defaultOrder = defaultOrder;
        this.tail = last.group("column");
        this.fields = fields;
        this.texts = texts;
    }

    /**
     * @param from         a table or join, as after FROM
     * @param defaultOrder as after ORDER BY; must be total: its last column is unique, and goes to the end of every other order too
     */
    public static Listing of(String from, String defaultOrder, Field... fields) {
        return new Listing(from, defaultOrder, new Fields(List.of(fields)), Optional.empty());
    }

    /** For large tables: search, contains() and endswith() look at {@code texts} first, which keep every searched field. */
    public Listing searchedIn(Texts kept) {
        return new Listing(from, defaultOrder, fields, Optional.of(kept));
    }

    Fields fields() {
        return fields;
    }

    /**
     * Reads and checks the request's options: filter, search, orderby, skip, top.
     *
     * @throws ProblemException 400 with all that is wrong; each detail names the option ({@code field}), the rule, and the position in
     *                          characters from 0
     */
    public ListQuery query(ApiRequest request) {
        return QueryReader.read(request, fields);
    }

    /** The first hundred in the default order: for use inside the box. */
    public ListQuery all() {
        return ListQuery.ALL;
    }

    /**
     * How many match, and the page of them that was asked for.
     *
     * @param columns   as after SELECT
     * @param where     a condition that must hold whatever was asked; empty for none
     * @param arguments what its question marks, {@code ?} or {@code ?1}, stand for
     */
    public <T> Page<T> page(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row, String where, Object... arguments) {
        var matches = matches(query, false, where, arguments);
        if (!matches.usesTexts()) {
            return ListStore.page(tx, columns, matches.of(from), matches.of(from), order(query), query, row);
        }
        var count = ListStore.count(tx, matches.of(from));
        // Many matches lie close to each other: going through all rows in order finds a page sooner than looking up and sorting the matches.
        var listed = count > PICKED ? matches(query, true, where, arguments) : matches;
        return new Page<>(count, ListStore.items(tx, columns, listed.of(from), order(query), query.skip(), query.top(), row));
    }

    /**
     * As {@link #page} of all for which one or the other condition holds, each of which an index serves in the default order: the two are
     * merged, where SQLite would sort all matches of an OR.
     *
     * @param arguments what {@code ?1}, {@code ?2} … stand for, in both
     */
    public <T> Page<T> pageOfEither(Store.Tx tx, ListQuery query, String columns, Store.Row<T> row, String one, String other, Object... arguments) {
        var counted = matches(query, true, "(" + one + ") OR (" + other + ")", arguments);
        var listed = matches(query, true, "", arguments);
        var either = "(SELECT * FROM " + from + " WHERE " + one + " UNION ALL SELECT * FROM " + from + " WHERE (" + other + ") AND (" + one
                + ") IS NOT TRUE)";
        // SQLite merges when it need not carry a column along for the order alone.
        var ordered = columns + ", " + DIRECTION.matcher(defaultOrder).replaceAll("");
        return ListStore.page(tx, ordered, listed.of(either), counted.of(from), order(query), query, row);
    }

    /** Every match in order, for exports: skip and top are left aside, but there are never more than {@code most}. */
    public <T> List<T> everything(Store.Tx tx, ListQuery query, int most, String columns, Store.Row<T> row, String where, Object... arguments) {
        return ListStore.items(tx, columns, matches(query, false, where, arguments).of(from), order(query), 0, most, row);
    }

    private SqlWriter matches(ListQuery query, boolean walks, String where, Object... arguments) {
        var conditions = new SqlWriter(fields, texts, walks);
        conditions.also(where, arguments);
        query.filter().ifPresent(conditions::also);
        conditions.also(query.words());
        return conditions;
    }

    private String order(ListQuery query) {
        if (query.order().isEmpty()) {
            return defaultOrder;
        }
        // The tail goes the way of the last field, so that one index can serve both.
        return query.order().stream().map(this::order).collect(Collectors.joining(", ")) + ", " + tail + way(query.order().getLast());
    }

    private String order(Order order) {
        return fields.get(order.field()).order() + way(order);
    }

    private static String way(Order order) {
        return order.descending() ? " DESC" : "";
    }
}
