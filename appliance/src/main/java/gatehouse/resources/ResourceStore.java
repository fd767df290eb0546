package gatehouse.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL on one kind's table. Names of tables and fields come from the code, never from a request. */
final class ResourceStore {
    static final String COLUMNS = "id, owner, document, secrets, created_at, updated_at";
    private final String table;

    ResourceStore(String table) {
        if (!table.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a table's name: " + table);
        }
        this.table = table;
    }

    Optional<Resource> byId(Tx tx, String owner, String id) {
        return tx.one("SELECT " + COLUMNS + " FROM " + table + " WHERE id = ? AND owner = ?", ResourceStore::row, id, owner);
    }

    List<Resource> byIds(Tx tx, String owner, Collection<String> ids) {
        var wanted = Json.object().putArray("ids");
        ids.forEach(wanted::add);
        return tx.list("SELECT " + COLUMNS + " FROM " + table + " WHERE id IN (SELECT value FROM json_each(?)) AND owner = ?", ResourceStore::row,
                wanted.toString(), owner);
    }

    /** Leans on the kind's index on owner. */
    List<Resource> all(Tx tx, String owner) {
        return tx.list("SELECT " + COLUMNS + " FROM " + table + " WHERE owner = ? ORDER BY created_at, rowid", ResourceStore::row, owner);
    }

    List<Resource> everyones(Tx tx) {
        return tx.list("SELECT " + COLUMNS + " FROM " + table + " ORDER BY created_at, rowid", ResourceStore::row);
    }

    long count(Tx tx, String owner) {
        return tx.one("SELECT count(*) AS n FROM " + table + " WHERE owner = ?", row -> row.getLong("n"), owner).orElseThrow();
    }

    /** Whether another of the same owner has {@code value} in {@code field}; leans on the kind's unique index. */
    boolean taken(Tx tx, Resource draft, String field, String value) {
        return !tx.list("SELECT id FROM " + table + " WHERE owner = ? AND json_extract(document, '$." + field + "') = ? COLLATE NOCASE AND id <> ?",
                row -> row.getString("id"), draft.owner(), value, draft.id()).isEmpty();
    }

    void insert(Tx tx, Resource resource) {
        tx.run("INSERT INTO " + table + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)", resource.id(), resource.owner(),
                resource.document().toString(), resource.secrets(), resource.createdAt(), resource.updatedAt());
    }

    void update(Tx tx, Resource resource) {
        tx.run("UPDATE " + table + " SET document = ?, secrets = ?, updated_at = ? WHERE id = ?", resource.document().toString(), resource.secrets(),
                resource.updatedAt(), resource.id());
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM " + table + " WHERE id = ?", id);
    }

    static Resource row(ResultSet row) throws SQLException {
        return new Resource(row.getString("id"), row.getString("owner"), (ObjectNode) Json.parse(row.getString("document")), row.getBytes("secrets"),
                Instant.ofEpochMilli(row.getLong("created_at")), Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
