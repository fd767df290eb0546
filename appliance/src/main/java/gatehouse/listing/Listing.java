package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.ProblemException;
import gatehouse.listing.ListQuery.Order;
import gatehouse.store.Store;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What one list may be filtered, searched and sorted by. Immutable, thread-safe. */
public final class Listing {
    /** The last of the terms that an ORDER BY has, without its direction. */
    private static final Pattern TAIL = Pattern.compile("(?is)(?:.*,)?\\s*(?<column>[\\w.]+)(?:\\s+(?:asc|desc))?\\s*");

    private final String from;
    private final String defaultOrder;
    private final String tail;
    private final Fields fields;

    private Listing(String from, String defaultOrder, Fields fields) {
        var last = TAIL.matcher(defaultOrder);
        if (!last.matches()) {
            throw new IllegalArgumentException("The default order must end in a plain column: " + defaultOrder);
        }
        this.from = from;
        this.defaultOrder = defaultOrder;
        this.tail = last.group("column");
        this.fields = fields;
    }

    /**
     * @param from         a table or join, as after FROM
     * @param defaultOrder as after ORDER BY; must be total: its last column is unique, and goes to the end of every other order too
     */
    public static Listing of(String from, String defaultOrder, Field... fields) {
        return new Listing(from, defaultOrder, new Fields(List.of(fields)));
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
        return ListStore.page(tx, columns, matches(query, where, arguments).of(from), order(query), query, row);
    }

    /** Every match in order, for exports: skip and top are left aside, but there are never more than {@code most}. */
    public <T> List<T> everything(Store.Tx tx, ListQuery query, int most, String columns, Store.Row<T> row, String where, Object... arguments) {
        return ListStore.items(tx, columns, matches(query, where, arguments).of(from), order(query), 0, most, row);
    }

    private SqlWriter matches(ListQuery query, String where, Object... arguments) {
        var conditions = new SqlWriter(fields);
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
