package gatehouse.audit;

import gatehouse.store.Store;
import java.time.Instant;
import java.util.List;

/** Sole reader and writer of the table {@code audit}. */
public final class AuditStore {
    private final Store store;

    public AuditStore(Store store) {
        this.store = store;
    }

    void insert(AuditEntry entry) {
        store.write(tx -> {
            insert(tx, entry);
            return null;
        });
    }

    void insert(Store.Tx tx, AuditEntry entry) {
        tx.run("""
                INSERT INTO audit (id, created_at, source, ip, action, object_type, object_name, user_name, old_state, new_state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", entry.id(), entry.createdAt(), entry.actor().source(), entry.actor().ip(), entry.action(),
                entry.objectType(), entry.objectName(), entry.actor().name(), entry.oldState(), entry.newState());
    }

    record Page(long count, List<AuditEntry> entries) { }

    /** Newest first; leans on audit_by_time. */
    Page page(int skip, int top) {
        return store.read(tx -> new Page(tx.one("SELECT count(*) AS n FROM audit", row -> row.getLong("n")).orElseThrow(), tx.list("""
                SELECT id, created_at, source, ip, action, object_type, object_name, user_name, old_state, new_state
                FROM audit ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?""",
                row -> new AuditEntry(row.getString("id"), Instant.ofEpochMilli(row.getLong("created_at")),
                        new Actor(row.getString("user_name"), row.getString("source"), row.getString("ip")), row.getString("action"),
                        row.getString("object_type"), row.getString("object_name"), row.getString("old_state"), row.getString("new_state")), top, skip)));
    }
}
