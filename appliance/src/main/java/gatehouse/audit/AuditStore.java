package gatehouse.audit;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Sole reader and writer of the table {@code audit}. */
public final class AuditStore {
    static final Listing LISTING = Listing.of("audit", "created_at DESC, rowid DESC", Field.text("id", "id"), Field.time("created_at", "created_at"),
            Field.searchedText("source", "source"), Field.searchedText("ip", "ip"), Field.searchedText("action", "action"),
            Field.searchedText("object_type", "object_type"), Field.searchedText("user_name", "user_name"),
            Field.searchedText("object_name", "object_name"), Field.text("old_state", "old_state"), Field.text("new_state", "new_state"));
    private static final String COLUMNS = "id, created_at, source, ip, action, object_type, object_name, user_name, old_state, new_state";

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

    /** Newest first; leans on audit_by_time. */
    Page<AuditEntry> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, AuditStore::row, ""));
    }

    private static AuditEntry row(ResultSet row) throws SQLException {
        return new AuditEntry(row.getString("id"), Instant.ofEpochMilli(row.getLong("created_at")),
                new Actor(row.getString("user_name"), row.getString("source"), row.getString("ip")), row.getString("action"),
                row.getString("object_type"), row.getString("object_name"), row.getString("old_state"), row.getString("new_state"));
    }
}
