package gatehouse.listing;

import gatehouse.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    static <T> Page<T> page(Store.Tx tx, String columns, Source source, String order, ListQuery query, Store.Row<T> row) {
        var items = items(tx, columns, source, order, query.skip(), query.top(), row);
        var isLast = items.size() < query.top() && (query.skip() == 0 || !items.isEmpty());
        return new Page<>(isLast ? query.skip() + items.size() : count(tx, source), items);
    }

    static <T> List<T> items(Store.Tx tx, String columns, Source source, String order, int skip, int top, Store.Row<T> row) {
        var arguments = new ArrayList<>(source.arguments());
        arguments.add(top);
        arguments.add(skip);
        return tx.list("SELECT " + columns + source.sql() + " ORDER BY " + order + " LIMIT ? OFFSET ?", row, arguments.toArray());
    }

    static long count(Store.Tx tx, Source source) {
        return number(tx, "count(*)", source);
    }

    /** @param what an expression of whole numbers over all rows */
    static long number(Store.Tx tx, String what, Source source) {
        return tx.one("SELECT " + what + " AS n" + source.sql(), row -> row.getLong("n"), source.arguments().toArray()).orElseThrow();
    }

    /** A text and how many rows name it. */
    record Text(long n, long rows) { }

    /** Some of them, in no order. @param rows the column that counts them */
    static List<Text> texts(Store.Tx tx, Source source, String rows, int most) {
        var arguments = new ArrayList<>(source.arguments());
        arguments.add(most);
        return tx.list("SELECT n, " + rows + " AS rows_that_name_it" + source.sql() + " LIMIT ?",
                row -> new Text(row.getLong("n"), row.getLong("rows_that_name_it")), arguments.toArray());
    }

    /** The texts that a column has, each once; an index leads from one to the next. Empty when there are more than {@code most}. */
    static Optional<List<String>> distinct(Store.Tx tx, String table, String column, int most) {
        var found = new ArrayList<String>();
        for (var next = least(tx, table, column, ""); next.isPresent(); next = least(tx, table, column, next.get())) {
            found.add(next.get());
            if (found.size() > most) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private static Optional<String> least(Store.Tx tx, String table, String column, String after) {
        return tx.list("SELECT " + column + " AS value FROM " + table + " WHERE " + column + " > ? ORDER BY " + column + " LIMIT 1",
                row -> row.getString("value"), after).stream().findFirst();
    }

    /** The value of a column in the row that comes after the first {@code skip}. */
    static Optional<Long> at(Store.Tx tx, String column, Source source, String order, int skip) {
        return items(tx, column, source, order, skip, 1, row -> row.getLong(column)).stream().findFirst();
    }

    /**
     * As {@link #items}, where what finds the rows does not hold all {@code columns}: these are read for the page alone.
     *
     * @param keys  gives the keys of some rows in order; its LIMIT and OFFSET are added
     * @param order of the page
     */
    static <T> List<T> keyed(Store.Tx tx, String table, String key, String columns, Source keys, String order, ListQuery query, Store.Row<T> row) {
        var arguments = new ArrayList<>(keys.arguments());
        arguments.add(query.top());
        arguments.add(query.skip());
        return tx.list("SELECT " + columns + " FROM " + table + " WHERE " + key + " IN (SELECT " + key + " FROM (" + keys.sql()
                + " LIMIT ? OFFSET ?)) ORDER BY +" + order, row, arguments.toArray());
    }
}
