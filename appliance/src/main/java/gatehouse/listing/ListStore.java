package gatehouse.listing;

import gatehouse.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Asks the database for counts and pages; what it asks was written by {@link Listing}. */
final class ListStore {
    private ListStore() {
    }

    /** @param body from FROM up to the end of WHERE */
    static <T> Page<T> page(Store.Tx tx, String columns, String body, String order, int skip, int top, Store.Row<T> row, List<Object> arguments) {
        var items = items(tx, columns, body, order, skip, top, row, arguments);
        var isLast = items.size() < top && (skip == 0 || !items.isEmpty());
        return new Page<>(isLast ? skip + items.size() : count(tx, body, arguments), items);
    }

    static <T> List<T> items(Store.Tx tx, String columns, String body, String order, int skip, int top, Store.Row<T> row, List<Object> arguments) {
        var all = new ArrayList<>(arguments);
        all.add(top);
        all.add(skip);
        return tx.list("SELECT " + columns + body + " ORDER BY " + order + " LIMIT ? OFFSET ?", row, all.toArray());
    }

    private static long count(Store.Tx tx, String body, List<Object> arguments) {
        return tx.one("SELECT count(*) AS n" + body, row -> row.getLong("n"), arguments.toArray()).orElseThrow();
    }
}
