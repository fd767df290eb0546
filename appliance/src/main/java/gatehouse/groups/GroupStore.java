package gatehouse.groups;

import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the table {@code user_group_members}, and who asks {@code user_groups} what resources cannot; names and numbers of members come with them. */
final class GroupStore {
    private static final String MEMBERS = """
            SELECT users.id, users.name, users.display_name, users.extension_number FROM user_group_members JOIN users ON users.id = user_id
            WHERE group_id = ?""";

    private GroupStore() {
    }

    /** Leans on the primary key. */
    static List<Member> members(Tx tx, String group) {
        return tx.list(MEMBERS + " ORDER BY length(extension_number), extension_number", GroupStore::row, group);
    }

    static Optional<Member> member(Tx tx, String group, String number) {
        return tx.one(MEMBERS + " AND extension_number = ?", GroupStore::row, group, number);
    }

    private static Member row(ResultSet row) throws SQLException {
        return new Member(row.getString("id"), row.getString("name"), row.getString("display_name"), row.getString("extension_number"));
    }

    static int count(Tx tx, String group) {
        return tx.one("SELECT count(*) AS n FROM user_group_members WHERE group_id = ?", row -> row.getInt("n"), group).orElseThrow();
    }

    /** @return whether the user was not in it before */
    static boolean add(Tx tx, String group, String user) {
        return tx.run("INSERT INTO user_group_members (group_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING", group, user) > 0;
    }

    static void remove(Tx tx, String group, String user) {
        tx.run("DELETE FROM user_group_members WHERE group_id = ? AND user_id = ?", group, user);
    }

    /** Names of groups with a caller id of this trunk. */
    static List<String> withCallerIdsOf(Tx tx, String trunkId) {
        return tx.list("""
                SELECT DISTINCT json_extract(document, '$.name') AS name FROM user_groups, json_each(document, '$.outbound_caller_ids') AS entry
                WHERE json_extract(entry.value, '$.provider_id') = ? ORDER BY name""", row -> row.getString("name"), trunkId);
    }

    /** Leans on user_group_members_by_user. */
    static List<String> groupsOf(Tx tx, String user) {
        return tx.list("SELECT group_id FROM user_group_members WHERE user_id = ?", row -> row.getString("group_id"), user);
    }
}
