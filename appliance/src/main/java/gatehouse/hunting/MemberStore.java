package gatehouse.hunting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** SQL on one kind's members. Names of tables and columns come from the code, never from a request. */
final class MemberStore {
    /** @param userId whose seat it is */
    record Seat(String userId, int skillLevel) { }

    private final String members;
    private final String groups;
    private final String column;

    /**
     * @param members the table of members: the column named here, user_id, position, skill_level; the first two are its key
     * @param groups  the kind's own table
     * @param column  which of {@code members} names the group
     */
    MemberStore(String members, String groups, String column) {
        for (var name : List.of(members, groups, column)) {
            if (!name.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException("Not a name of the schema: " + name);
            }
        }
        this.members = members;
        this.groups = groups;
        this.column = column;
    }

    List<Seat> of(Tx tx, String groupId) {
        return tx.list("SELECT user_id, skill_level FROM " + members + " WHERE " + column + " = ? ORDER BY position", MemberStore::seat, groupId);
    }

    Optional<Seat> of(Tx tx, String groupId, String userId) {
        return tx.one("SELECT user_id, skill_level FROM " + members + " WHERE " + column + " = ? AND user_id = ?", MemberStore::seat, groupId,
                userId);
    }

    private static Seat seat(ResultSet row) throws SQLException {
        return new Seat(row.getString("user_id"), row.getInt("skill_level"));
    }

    /** Two statements, however many seats: who stays keeps the row, and so all else that stands in it. @param seats objects of user and skill, in order */
    void replace(Tx tx, String groupId, ArrayNode seats) {
        var json = seats.toString();
        tx.run("DELETE FROM " + members + " WHERE " + column + " = ? AND user_id NOT IN (SELECT value ->> 'user' FROM json_each(?))", groupId, json);
        tx.run("INSERT INTO " + members + " (" + column + ", user_id, position, skill_level) SELECT ?, value ->> 'user', key, value ->> 'skill' "
                + "FROM json_each(?) WHERE true ON CONFLICT DO UPDATE SET position = excluded.position, skill_level = excluded.skill_level", groupId,
                        json);
    }

    /** By name. Leans on the index on user_id. */
    List<Group> groupsOf(Tx tx, String userId) {
        return tx.list("SELECT g.id, g.document ->> 'name' AS name, g.document ->> 'extension_number' AS number FROM " + members + " m JOIN " + groups
                        + " g ON g.id = m." + column + " WHERE m.user_id = ? ORDER BY name COLLATE NOCASE, g.id",
                row -> new Group(row.getString("id"), row.getString("name"), row.getString("number")), userId);
    }
}
