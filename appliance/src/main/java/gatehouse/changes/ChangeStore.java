package gatehouse.changes;

import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sole reader and writer of the tables {@code changes} and {@code changes_horizon}. */
public final class ChangeStore {
    /** What is known of an object. */
    enum State { LIVE, GONE, TOUCHED }

    /** @param first the position at which it first came */
    record Entry(String objectId, long position, long first, State state) { }

    private final Store store;

    public ChangeStore(Store store) {
        this.store = store;
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    /** Moves an object to the end of the log; the unique index on owner, topic and object lets the old entry go. */
    void put(Tx tx, Feed feed, String objectId, State state, Instant now) {
        tx.run("""
                INSERT OR REPLACE INTO changes (owner, topic, object_id, first, state, changed_at)
                VALUES (?1, ?2, ?3, (SELECT coalesce(first, position) FROM changes WHERE owner = ?1 AND topic = ?2 AND object_id = ?3), ?4, ?5)""",
                feed.owner(), feed.topic(), objectId, state, now);
    }

    void bury(Tx tx, Feed feed, String objectId, Instant now) {
        var known = tx.one("SELECT state FROM changes WHERE owner = ? AND topic = ? AND object_id = ?", row -> row.getString("state"), feed.owner(),
                feed.topic(), objectId);
        if (known.isPresent()) {
            put(tx, feed, objectId, State.GONE, now);
        }
    }

    void forget(Tx tx, String owner) {
        tx.run("DELETE FROM changes WHERE owner = ?", owner);
    }

    /** The position of the last change there ever was. */
    long end(Tx tx) {
        return tx.one("SELECT seq FROM sqlite_sequence WHERE name = 'changes'", row -> row.getLong("seq")).orElse(0L);
    }

    /** The position of the last tombstone that is forgotten. */
    long horizon(Tx tx) {
        return tx.one("SELECT position FROM changes_horizon", row -> row.getLong("position")).orElse(0L);
    }

    /** The first change at {@code from} or later; leans on changes_by_owner. */
    Optional<Long> firstSince(Tx tx, Feed feed, Instant from) {
        return tx.one("SELECT position FROM changes WHERE owner = ? AND topic = ? AND changed_at >= ? ORDER BY position LIMIT 1",
                row -> row.getLong("position"), feed.owner(), feed.topic(), from);
    }

    /** What changed after {@code cursor}, first come first, without what came and went since; leans on changes_by_owner. */
    List<Entry> after(Tx tx, Feed feed, long cursor, int most) {
        return tx.list("""
                SELECT object_id, position, coalesce(first, position) AS first, state FROM changes
                WHERE owner = ?1 AND topic = ?2 AND position > ?3 AND NOT (state = 'GONE' AND coalesce(first, position) > ?3)
                ORDER BY position LIMIT ?4""", ChangeStore::entry, feed.owner(), feed.topic(), cursor, most);
    }

    /** Leans on the unique index. */
    Map<String, Entry> entries(Tx tx, Feed feed, Collection<String> objectIds) {
        var ids = Json.object().putArray("ids");
        objectIds.forEach(ids::add);
        var entries = new HashMap<String, Entry>();
        tx.list("""
                SELECT object_id, position, coalesce(first, position) AS first, state FROM changes
                WHERE owner = ? AND topic = ? AND object_id IN (SELECT value FROM json_each(?))""", ChangeStore::entry, feed.owner(), feed.topic(),
                ids.toString()).forEach(entry -> entries.put(entry.objectId(), entry));
        return entries;
    }

    private static Entry entry(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Entry(row.getString("object_id"), row.getLong("position"), row.getLong("first"), State.valueOf(row.getString("state")));
    }

    /** Forgets tombstones from before {@code oldest}, and all but {@code most}; leans on changes_not_live. */
    void prune(Instant oldest, int most) {
        store.write(tx -> {
            var aged = tx.one("SELECT max(position) AS position FROM changes WHERE state <> 'LIVE' AND changed_at < ?", row -> row.getLong("position"),
                    oldest).orElse(0L);
            var crowded = tx.one("SELECT position FROM changes WHERE state <> 'LIVE' ORDER BY position DESC LIMIT 1 OFFSET ?",
                    row -> row.getLong("position"), most).orElse(0L);
            var horizon = Math.max(aged, crowded);
            if (tx.run("DELETE FROM changes WHERE state <> 'LIVE' AND position <= ?", horizon) > 0) {
                tx.run("UPDATE changes_horizon SET position = max(position, ?)", horizon);
            }
            return null;
        });
    }
}
