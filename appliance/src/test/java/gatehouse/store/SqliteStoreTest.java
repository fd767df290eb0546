package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final String INSERT = "INSERT INTO extension_numbers (number, owner_kind, owner_id) VALUES (?, ?, ?)";
    private static final String THESE = " FROM extension_numbers WHERE owner_kind = 'USER'"; // and not what a new box knows of itself
    private static final String COUNT = "SELECT count(*) AS n" + THESE;

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

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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
    void a_write_within_a_write_is_refused_instead_of_waiting_for_itself() {
        var refused = assertThrows(IllegalStateException.class, () -> store.write(tx -> store.write(inner -> inner.run(INSERT, "101", "USER", "a"))));
        assertTrue(refused.getMessage().contains("Tx"), refused.getMessage());
        assertEquals(0, count());
    }

    @Test
    void a_read_within_a_read_is_refused_instead_of_waiting_for_itself() {
        var refused = assertThrows(IllegalStateException.class, () -> store.read(tx -> count()));
        assertTrue(refused.getMessage().contains("Tx"), refused.getMessage());
    }

    @Test
    void a_long_read_holds_nobody_up_while_a_reader_is_free() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var longOne = Thread.ofVirtual().start(() -> store.read(tx -> {
            begun.countDown();
            uninterrupted(go);
            return tx.one(COUNT, row -> row.getLong("n"));
        }));
        begun.await();
        for (int i = 0; i < 3; i++) {
            assertEquals(0, count());
        }
        assertTrue(longOne.isAlive());
        go.countDown();
        longOne.join();
    }

    @Test
    void a_caller_that_is_interrupted_still_learns_how_it_ended() {
        Thread.currentThread().interrupt();
        int changed = store.write(tx -> tx.run(INSERT, "101", "USER", "a"));
        assertEquals(1, changed);
        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        assertEquals(1, count());
    }

    @Test
    void what_follows_a_commit_may_fail_without_undoing_the_answer() {
        var told = new ArrayList<String>();
        store.write(tx -> {
            tx.afterCommit(() -> {
                throw new IllegalStateException("on purpose");
            });
            tx.afterCommit(() -> told.add("the next"));
            return tx.run(INSERT, "101", "USER", "a");
        });
        assertEquals(List.of("the next"), told);
    }

    /** The files as a power cut would leave them: while one transaction is open and another is committed but not yet folded in. */
    @Test
    void a_power_cut_keeps_what_was_committed_and_nothing_else() throws Exception {
        store.write(tx -> tx.run(INSERT, "101", "USER", "a"));
        var cut = Files.createDirectory(folder.resolve("cut"));
        store.write(tx -> {
            tx.run(INSERT, "102", "USER", "b");
            for (var file : List.of("box.db", "box.db-wal")) {
                copy(folder.resolve(file), cut.resolve(file));
            }
            return null;
        });
        try (var survivor = new SqliteStore(cut.resolve("box.db"))) {
            assertEquals(List.of("101"), survivor.read(tx -> tx.list("SELECT number" + THESE, row -> row.getString("number"))));
            assertEquals("ok", survivor.read(tx -> tx.one("PRAGMA integrity_check", row -> row.getString(1))).orElseThrow());
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_log_that_was_cut_short_loses_its_last_commit_alone() throws Exception {
        store.write(tx -> tx.run(INSERT, "101", "USER", "a"));
        store.write(tx -> tx.run(INSERT, "102", "USER", "b"));
        var cut = Files.createDirectory(folder.resolve("cut"));
        copy(folder.resolve("box.db"), cut.resolve("box.db"));
        var log = Files.readAllBytes(folder.resolve("box.db-wal"));
        Files.write(cut.resolve("box.db-wal"), Arrays.copyOf(log, log.length - 100));
        try (var survivor = new SqliteStore(cut.resolve("box.db"))) {
            assertEquals(List.of("101"), survivor.read(tx -> tx.list("SELECT number" + THESE, row -> row.getString("number"))));
        }
    }

    @Test
    void a_reader_sees_one_moment_while_others_write() {
        store.read(tx -> {
            var before = tx.one(COUNT, row -> row.getLong("n")).orElseThrow();
            store.write(other -> other.run(INSERT, "101", "USER", "a"));
            assertEquals(before, tx.one(COUNT, row -> row.getLong("n")).orElseThrow());
            return null;
        });
        assertEquals(1, count());
    }
}
