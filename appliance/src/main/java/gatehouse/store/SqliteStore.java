package gatehouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * {@link Store} on one SQLite file in WAL mode: one connection that writes, two that read, each on a platform thread of its own,
 * because native code would pin a virtual thread's carrier.
 */
public final class SqliteStore implements Store {
    private static final int READERS = 2; // a page of a list beside a provisioning storm; more would only share the same two cores
    private static final int BUSY_MILLIS = 5_000;

    private final ExecutorService writer;
    private final List<ExecutorService> readers = new ArrayList<>();
    private final List<SqliteConnection> connections = new ArrayList<>();
    private final SqliteConnection writing;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Opens or makes the database and brings its schema up to date.
     *
     * @throws StoreException when the file cannot be opened, is damaged, or was written by a newer Gatehouse
     */
    public SqliteStore(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writing = open(file, false);
            new Migrations().apply(writing);
            writer = thread("store-writer");
            for (int i = 0; i < READERS; i++) {
                open(file, true);
                readers.add(thread("store-reader-" + (i + 1)));
            }
        } catch (IOException | SQLException e) {
            closeConnections();
            throw new StoreException("The database " + file + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeConnections();
            throw e;
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
    }

    private SqliteConnection open(Path file, boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL); // a committed row survives a power cut
        config.setTransactionMode(readOnly ? TransactionMode.DEFERRED : TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setCacheSize(-2048); // KiB a connection: the box has 1 GB
        var connection = new SqliteConnection(config.createConnection("jdbc:sqlite:" + file), readOnly);
        connections.add(connection);
        return connection;
    }

    @Override
    public <T> T write(Work<T> work) {
        var outcome = await(submit(writer, () -> writing.transaction(work)));
        outcome.afterCommit().forEach(Runnable::run);
        return outcome.value();
    }

    @Override
    public <T> T read(Work<T> work) {
        var reader = Math.floorMod(turn.getAndIncrement(), READERS);
        var outcome = await(submit(readers.get(reader), () -> connections.get(1 + reader).transaction(work)));
        outcome.afterCommit().forEach(Runnable::run);
        return outcome.value();
    }

    private static <T> Future<T> submit(ExecutorService thread, java.util.concurrent.Callable<T> work) {
        try {
            return thread.submit(work);
        } catch (RejectedExecutionException e) {
            throw new StoreException("The database is closed", e);
        }
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                default -> throw new StoreException("The database failed: " + e.getCause().getMessage(), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while waiting for the database", e);
        }
    }

    /** Waits for what was begun, then closes the file; the WAL is folded back into it. */
    @Override
    public void close() {
        readers.forEach(ExecutorService::close);
        writer.close();
        closeConnections();
    }

    private void closeConnections() {
        connections.reversed().forEach(SqliteConnection::close);
    }
}
