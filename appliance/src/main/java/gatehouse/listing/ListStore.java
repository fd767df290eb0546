package gatehouse.listing;

import gatehouse.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Asks the database for counts and pages; what it asks was written by {@link Listing}. */
final class ListStore {
    /**
     * Rows to choose from.
     *
     * @param sql from FROM to the end of WHERE
     */
    record Source(String sql, List<Object> arguments) { }

    private ListStore() {
    }

    /** @param counted the same rows as {@code listed}, perhaps written another way */
    static <T> Page<T> page(Store.Tx tx, String columns, Source listed, Source counted, String order, ListQuery query, Store.Row<T> row) {
        var items = items(tx, columns, listed, order, query.skip(), query.top(), row);
        var isLast = items.size() < query.top() && (query.skip() == 0 || !items.isEmpty());
        return new Page<>(isLast ? query.skip() + items.size() : count(tx, counted), items);
    }

    static <T> List<T> items(Store.Tx tx, String columns, Source source, String order, int skip, int top, Store.Row<T> row) {
        var arguments = new ArrayList<>(source.arguments());
        arguments.add(top);
        arguments.add(skip);
        return tx.list("SELECT " + columns + source.sql() + " ORDER BY " + order + " LIMIT ? OFFSET ?", row, arguments.toArray());
    }

    static long count(Store.Tx tx, Source source) {
        return tx.one("SELECT count(*) AS n" + source.sql(), row -> row.getLong("n"), source.arguments().toArray()).orElseThrow();
    }
}
