package gatehouse.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection, its prepared statements and its current transaction. Belongs to one thread. */
final class SqliteConnection implements AutoCloseable {
    private static final int STATEMENTS = 128; // every statement of the box fits; the bound is for lists with many shapes

    /** A transaction's value, and what to do now that it is committed. */
    record Outcome<T>(T value, List<Runnable> afterCommit) { }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    SqliteConnection(Connection connection, boolean readOnly) throws SQLException {
        this.connection = connection;
        if (readOnly) {
            script("PRAGMA query_only = ON");
        }
        connection.setAutoCommit(false);
    }

    <T> Outcome<T> transaction(Store.Work<T> work) {
        var tx = new Transaction();
        try {
            var value = work.in(tx);
            connection.commit();
            return new Outcome<>(value, tx.afterCommit);
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreException("The database could not commit: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            dropEldest();
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private void dropEldest() throws SQLException {
        if (statements.size() > STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
    }

    private static void bind(PreparedStatement statement, int at, Object argument) throws SQLException {
        switch (argument) {
            case null -> statement.setObject(at, null);
            case String text -> statement.setString(at, text);
            case Integer number -> statement.setInt(at, number);
            case Long number -> statement.setLong(at, number);
            case Double number -> statement.setDouble(at, number);
            case Boolean flag -> statement.setInt(at, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(at, bytes);
            case Instant instant -> statement.setLong(at, instant.toEpochMilli());
            case Enum<?> constant -> statement.setString(at, constant.name());
            default -> throw new IllegalArgumentException("A " + argument.getClass().getName() + " cannot be bound");
        }
    }

    /** Runs SQL that takes no arguments and may hold several statements: migrations. */
    void script(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Closes the file whatever happens on the way. */
    @Override
    public void close() {
        try (connection) {
            for (var statement : statements.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            throw new StoreException("The database did not close cleanly: " + e.getMessage(), e);
        }
    }

    private final class Transaction implements Store.Tx {
        private final List<Runnable> afterCommit = new ArrayList<>();

        @Override
        public <T> List<T> list(String sql, Store.Row<T> row, Object... arguments) {
            try (var rows = prepare(sql, arguments).executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            } catch (SQLException e) {
                throw failure(sql, e);
            }
        }

        @Override
        public <T> Optional<T> one(String sql, Store.Row<T> row, Object... arguments) {
            var all = list(sql, row, arguments);
            if (all.size() > 1) {
                throw new StoreException("More than one row: " + sql, null);
            }
            return all.stream().findFirst();
        }

        @Override
        public int run(String sql, Object... arguments) {
            try {
                return prepare(sql, arguments).executeUpdate();
            } catch (SQLException e) {
                throw failure(sql, e);
            }
        }

        @Override
        public void afterCommit(Runnable task) {
            afterCommit.add(task);
        }

        private static StoreException failure(String sql, SQLException e) {
            return new StoreException("The database refused: " + e.getMessage() + " (" + sql.strip().lines().findFirst().orElse("") + " …)", e);
        }
    }
}
