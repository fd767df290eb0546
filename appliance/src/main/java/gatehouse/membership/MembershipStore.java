package gatehouse.membership;

import gatehouse.store.Store.Tx;
import java.util.List;

/** SQL on one table of members: group_id, user_id. Its name comes from the code. */
final class MembershipStore {
    private final String table;

    MembershipStore(String table) {
        if (!table.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a table's name: " + table);
        }
        this.table = table;
    }

    /** Leans on the primary key. */
    List<String> users(Tx tx, String groupId) {
        return tx.list("SELECT user_id FROM " + table + " WHERE group_id = ?", row -> row.getString("user_id"), groupId);
    }

    /** Leans on the index on user_id. */
    List<String> groups(Tx tx, String userId) {
        return tx.list("SELECT group_id FROM " + table + " WHERE user_id = ?", row -> row.getString("group_id"), userId);
    }

    boolean add(Tx tx, String groupId, String userId) {
        return tx.run("INSERT INTO " + table + " (group_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING", groupId, userId) > 0;
    }

    boolean remove(Tx tx, String groupId, String userId) {
        return tx.run("DELETE FROM " + table + " WHERE group_id = ? AND user_id = ?", groupId, userId) > 0;
    }

    void clear(Tx tx, String groupId) {
        tx.run("DELETE FROM " + table + " WHERE group_id = ?", groupId);
    }
}
