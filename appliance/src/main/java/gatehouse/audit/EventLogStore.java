package gatehouse.audit;

import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.List;

/** Sole reader and writer of the table {@code event_logs}. */
public final class EventLogStore {
    private static final int MOST = 10_000; // about 2 MB; months of a quiet box
    /** Leans on event_logs_by_time and event_logs_by_level. */
    static final Listing LISTING = Listing.of("event_logs", "created_at DESC, rowid DESC", Field.text("id", "id"), Field.time("created_at", "created_at"),
            Field.text("level", "level"), Field.text("source", "source").asSearched(), Field.text("message", "message").asSearched());

    private final Store store;

    public EventLogStore(Store store) {
        this.store = store;
    }

    void insert(List<EventEntry> entries) {
        store.write(tx -> {
            entries.forEach(entry -> tx.run("INSERT INTO event_logs (id, created_at, level, source, message) VALUES (?, ?, ?, ?, ?)", entry.id(),
                    entry.createdAt(), entry.level(), entry.source(), entry.message()));
            tx.run("DELETE FROM event_logs WHERE rowid <= (SELECT max(rowid) FROM event_logs) - ?", MOST);
            return null;
        });
    }

    Page<EventEntry> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, "id, created_at, level, source, message", row -> new EventEntry(row.getString("id"),
                Instant.ofEpochMilli(row.getLong("created_at")), EventLog.Level.valueOf(row.getString("level")), row.getString("source"),
                row.getString("message")), ""));
    }
}
