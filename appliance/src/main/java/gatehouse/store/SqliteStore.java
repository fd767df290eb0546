package gatehouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * {@link Store} on one SQLite file in WAL mode: one connection that writes, two that read, each on a platform thread of its own,
 * because native code would pin a virtual thread's carrier.
 */
public final class SqliteStore implements Store {
    private static final System.Logger LOG = System.getLogger(SqliteStore.class.getName());
    private static final int READERS = 2; // a page of a list beside a provisioning storm; more would only share the same two cores
    private static final int BUSY_MILLIS = 5_000;

    private final ExecutorService writer;
    private volatile Thread writerThread;
    private final ExecutorService readers;
    private final Map<Thread, SqliteConnection> reading = new ConcurrentHashMap<>();
    private final List<SqliteConnection> connections = new ArrayList<>();
    private final SqliteConnection writing;

    /**
     * Opens or makes the database and brings its schema up to date.
     *
     * @throws StoreException when the file cannot be opened, is damaged, or was written by a newer Gatehouse
     */
    public SqliteStore(Path file) {
        this(file, new Migrations(Migrations::inJar));
    }

    SqliteStore(Path file, Migrations migrations) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writing = open(file, false);
            migrations.apply(writing);
            writer = Executors.newSingleThreadExecutor(task -> writerThread = thread("store-writer", task));
            var idle = new ConcurrentLinkedQueue<SqliteConnection>();
            for (int i = 0; i < READERS; i++) {
                idle.add(open(file, true));
            }
            readers = Executors.newFixedThreadPool(READERS, task -> { // one queue: nobody waits behind a long list while a reader is free
                var thread = thread("store-reader", task);
                reading.put(thread, idle.remove());
                return thread;
            });
        } catch (IOException | SQLException e) {
            closeConnections();
            throw new StoreException("The database " + file + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeConnections();
            throw e;
        }
    }

    private static Thread thread(String name, Runnable task) {
        return Thread.ofPlatform().name(name).daemon().unstarted(task);
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
        if (Thread.currentThread() == writerThread) {
            throw new IllegalStateException("A write within a write would wait for itself: pass the Tx on instead");
        }
        var outcome = await(submit(writer, () -> writing.transaction(work)));
        outcome.afterCommit().forEach(SqliteStore::tell);
        return outcome.value();
    }

    /** The transaction is committed: a listener that fails must not make it look as if it were not. */
    private static void tell(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "What follows a commit failed", e);
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        if (reading.containsKey(Thread.currentThread())) {
            throw new IllegalStateException("A read within a read may wait for itself: pass the Tx on instead");
        }
        var outcome = await(submit(readers, () -> reading.get(Thread.currentThread()).transaction(work)));
        outcome.afterCommit().forEach(SqliteStore::tell);
        return outcome.value();
    }

    private static <T> Future<T> submit(ExecutorService thread, java.util.concurrent.Callable<T> work) {
        try {
            return thread.submit(work);
        } catch (RejectedExecutionException e) {
            throw new StoreException("The database is closed", e);
        }
    }

    /** Waits through interrupts: the work goes on whether its caller waits or not, and the caller must know if it was committed. */
    private static <T> T await(Future<T> answer) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            default -> new StoreException("The database failed: " + cause.getMessage(), cause);
        };
    }

    /** Waits for what was begun, then closes the file; the WAL is folded back into it. */
    @Override
    public void close() {
        readers.close();
        writer.close();
        closeConnections();
    }

    private void closeConnections() {
        connections.reversed().forEach(SqliteConnection::close);
    }
}
