package gatehouse.webhooks;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sole reader and writer of the table {@code webhook_outbox}. */
public final class WebhookStore {
    /** An event that waits. @param number grows; a receiver knows by it what it has had already */
    record Waiting(long number, Hook hook, String type, String body, Instant createdAt, int tries) { }

    private final Store store;

    public WebhookStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    long count(Tx tx, Hook hook) {
        return tx.one("SELECT count(*) AS n FROM webhook_outbox WHERE hook = ?", row -> row.getLong("n"), hook).orElseThrow();
    }

    void put(Tx tx, Hook hook, String type, String body, Instant now) {
        tx.run("INSERT INTO webhook_outbox (hook, type, body, created_at) VALUES (?, ?, ?, ?)", hook, type, body, now);
    }

    /** The oldest; leans on webhook_outbox_by_hook. */
    Optional<Waiting> first(Tx tx, Hook hook) {
        return tx.one("SELECT number, hook, type, body, created_at, tries FROM webhook_outbox WHERE hook = ? ORDER BY number LIMIT 1", WebhookStore::row, hook);
    }

    private static Waiting row(ResultSet row) throws SQLException {
        return new Waiting(row.getLong("number"), Hook.valueOf(row.getString("hook")), row.getString("type"), row.getString("body"),
                Instant.ofEpochMilli(row.getLong("created_at")), row.getInt("tries"));
    }

    void tried(Tx tx, long number, int tries) {
        tx.run("UPDATE webhook_outbox SET tries = ? WHERE number = ?", tries, number);
    }

    void drop(Tx tx, long number) {
        tx.run("DELETE FROM webhook_outbox WHERE number = ?", number);
    }

    /** Those that have waited for too long; leans on webhook_outbox_by_hook, in whose order they are old. @return how many */
    int dropBefore(Tx tx, Hook hook, Instant before) {
        return tx.run("DELETE FROM webhook_outbox WHERE hook = ? AND created_at < ?", hook, before);
    }
}
