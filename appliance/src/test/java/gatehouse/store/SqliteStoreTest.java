package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final String INSERT = "INSERT INTO extension_numbers (number, owner_kind, owner_id) VALUES (?, ?, ?)";
    private static final String COUNT = "SELECT count(*) AS n FROM extension_numbers";

    @TempDir
    Path folder;
    private Store store;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("box.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long count() {
        return store.read(tx -> tx.one(COUNT, row -> row.getLong("n")).orElseThrow());
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_behind_and_tells_nobody() {
        var told = new ArrayList<String>();
        assertThrows(IllegalStateException.class, () -> store.write(tx -> {
            tx.run(INSERT, "101", "USER", "a");
            tx.afterCommit(() -> told.add("committed"));
            throw new IllegalStateException("on purpose");
        }));
        assertEquals(0, count());
        assertTrue(told.isEmpty());
    }

    @Test
    void news_leaves_after_the_commit() {
        store.write(tx -> {
            tx.afterCommit(() -> assertEquals(1, count()));
            return tx.run(INSERT, "101", "USER", "a");
        });
        assertEquals(1, count());
    }

    @Test
    void a_reader_cannot_write() {
        assertThrows(StoreException.class, () -> store.read(tx -> tx.run(INSERT, "101", "USER", "a")));
        assertEquals(0, count());
    }

    @Test
    void foreign_keys_hold() {
        var refused = assertThrows(StoreException.class, () -> store.write(tx -> tx.run("""
                INSERT INTO phones (id, user_id, mac, template, vendor, model, folder, secrets, created_at)
                VALUES ('p', 'nobody', '001122334455', 't', 'v', 'm', 'f', x'00', ?)""", Instant.EPOCH)));
        assertTrue(refused.getMessage().contains("FOREIGN KEY"), refused.getMessage());
    }

    @Test
    void what_was_committed_is_there_after_a_restart() {
        store.write(tx -> tx.run(INSERT, "101", "USER", "a"));
        store.close();
        open();
        assertEquals(1, count());
    }

    @Test
    void many_writers_at_once_take_turns() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var number = "1" + (100 + i);
                threads.submit(() -> store.write(tx -> tx.run(INSERT, number, "USER", "a")));
            }
        }
        assertEquals(200, count());
    }

    @Test
    void a_database_of_a_newer_gatehouse_is_refused_with_the_cure() throws Exception {
        store.close();
        try (var raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("box.db")); var statement = raw.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 9999");
        }
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("newer Gatehouse") && refused.getMessage().contains("backup"), refused.getMessage());
        try (var raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("box.db")); var statement = raw.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 1");
        }
        open();
    }
}
