package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the tables {@code notification_settings}, {@code email_templates} and {@code mail_outbox}. */
public final class NotificationStore {
    /** @param secrets sealed; null for none */
    record Settings(ObjectNode document, byte[] secrets) { }

    /** @param message sealed */
    record Waiting(String id, String recipient, byte[] message, Instant createdAt, int tries) { }

    private final Store store;

    public NotificationStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Optional<Settings> settings(Tx tx) {
        return tx.one("SELECT document, secrets FROM notification_settings", row -> new Settings(document(row.getString("document")),
                row.getBytes("secrets")));
    }

    void saveSettings(Tx tx, Settings settings) {
        tx.run("""
                INSERT INTO notification_settings (only_row, document, secrets) VALUES (1, ?, ?)
                ON CONFLICT (only_row) DO UPDATE SET document = excluded.document, secrets = excluded.secrets""", settings.document().toString(),
                settings.secrets());
    }

    private static ObjectNode document(String text) {
        return (ObjectNode) Json.parse(text);
    }

    List<ObjectNode> templates(Tx tx) {
        return tx.list("SELECT document FROM email_templates ORDER BY name", row -> document(row.getString("document")));
    }

    Optional<ObjectNode> template(Tx tx, EmailTemplate name) {
        return tx.one("SELECT document FROM email_templates WHERE name = ?", row -> document(row.getString("document")), name);
    }

    void saveTemplate(Tx tx, EmailTemplate name, ObjectNode document) {
        tx.run("INSERT INTO email_templates (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document", name,
                document.toString());
    }

    long waiting(Tx tx) {
        return tx.one("SELECT count(*) AS n FROM mail_outbox", row -> row.getLong("n")).orElseThrow();
    }

    void put(Tx tx, Waiting mail, Instant firstTry) {
        tx.run("INSERT INTO mail_outbox (id, recipient, message, created_at, next_try_at, tries) VALUES (?, ?, ?, ?, ?, ?)", mail.id(), mail.recipient(),
                mail.message(), mail.createdAt(), firstTry, mail.tries());
    }

    /** The one that has waited longest of those that are due; leans on mail_outbox_by_time. */
    Optional<Waiting> due(Tx tx, Instant now) {
        return tx.one("SELECT id, recipient, message, created_at, tries FROM mail_outbox WHERE next_try_at <= ? ORDER BY next_try_at, created_at LIMIT 1",
                row -> new Waiting(row.getString("id"), row.getString("recipient"), row.getBytes("message"),
                        Instant.ofEpochMilli(row.getLong("created_at")), row.getInt("tries")), now);
    }

    /** When the next one is due; leans on mail_outbox_by_time. */
    Optional<Instant> nextTry(Tx tx) {
        return tx.one("SELECT next_try_at FROM mail_outbox ORDER BY next_try_at LIMIT 1", row -> Instant.ofEpochMilli(row.getLong("next_try_at")));
    }

    void later(Tx tx, String id, int tries, Instant nextTry) {
        tx.run("UPDATE mail_outbox SET tries = ?, next_try_at = ? WHERE id = ?", tries, nextTry, id);
    }

    /** After a start, or once the settings are others, what waits is worth a try. */
    void allDue(Tx tx, Instant now) {
        tx.run("UPDATE mail_outbox SET next_try_at = ? WHERE next_try_at > ?", now, now);
    }

    void drop(Tx tx, String id) {
        tx.run("DELETE FROM mail_outbox WHERE id = ?", id);
    }
}
