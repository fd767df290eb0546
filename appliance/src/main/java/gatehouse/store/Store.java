package gatehouse.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The one SQLite database: WAL, one writer, foreign keys on.
 * Statements run on the store's own platform threads (native code would pin a virtual one); callers wait for the answer.
 * A failed statement throws {@link StoreException} and rolls its transaction back whole.
 */
public interface Store extends AutoCloseable {
    /** Runs {@code work} in one write transaction; commits when it returns, rolls back when it throws. */
    <T> T write(Work<T> work);

    /** Runs {@code work} on a consistent snapshot that cannot write. */
    <T> T read(Work<T> work);

    @Override
    void close();

    /** What to do inside a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Tx tx);
    }

    /** Reads one row; columns by name. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A transaction. Arguments are bound, never spliced: String, Integer, Long, Double, Boolean (0/1), byte[], Instant (epoch milliseconds), Enum (name), null. */
    interface Tx {
        <T> List<T> list(String sql, Row<T> row, Object... arguments);

        <T> Optional<T> one(String sql, Row<T> row, Object... arguments);

        /** @return the number of rows changed */
        int run(String sql, Object... arguments);

        /** Runs {@code task} after this transaction has committed, on the caller's thread; not at all when it rolls back. Events leave here. */
        void afterCommit(Runnable task);
    }
}
