package gatehouse.queues;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.hunting.Group;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The states in the table {@code call_queue_agents}; who stands in it is kept by {@code hunting}. */
final class AgentStore {
    /** A user's state in one queue. */
    record Seat(String queueId, String queueNumber, AgentState state, boolean autoReady, boolean autoNotReady) { }

    private static final String SEATS = """
            SELECT a.queue_id, a.state, q.document ->> 'extension_number' AS number, q.document ->> 'agent_auto_ready' AS auto_ready,
                   q.document ->> 'agent_auto_not_ready_after_non_acd_call' AS auto_not_ready
            FROM call_queue_agents a JOIN call_queues q ON q.id = a.queue_id WHERE a.user_id = ?""";

    private static Seat seat(ResultSet row) throws SQLException {
        return new Seat(row.getString("queue_id"), row.getString("number"), AgentState.valueOf(row.getString("state")), row.getInt("auto_ready") == 1,
                row.getInt("auto_not_ready") == 1);
    }

    /** Leans on the index on user_id. */
    List<Seat> of(Tx tx, String userId) {
        return tx.list(SEATS, AgentStore::seat, userId);
    }

    Optional<Seat> of(Tx tx, String queueId, String userId) {
        return tx.one(SEATS + " AND a.queue_id = ?", AgentStore::seat, userId, queueId);
    }

    /** Of a whole queue, by user id. */
    Map<String, AgentState> states(Tx tx, String queueId) {
        return tx.list("SELECT user_id, state FROM call_queue_agents WHERE queue_id = ?",
                row -> Map.entry(row.getString("user_id"), AgentState.valueOf(row.getString("state"))), queueId).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Queues by id, in the order of their names. */
    List<Group> queues(Tx tx, Collection<String> ids) {
        return tx.list("SELECT id, document ->> 'name' AS name, document ->> 'extension_number' AS number FROM call_queues "
                        + "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name COLLATE NOCASE, id",
                row -> new Group(row.getString("id"), row.getString("name"), row.getString("number")), array(ids));
    }

    /** Of several agents in one queue. */
    void setIn(Tx tx, String queueId, Collection<String> userIds, AgentState state) {
        tx.run("UPDATE call_queue_agents SET state = ? WHERE queue_id = ? AND user_id IN (SELECT value FROM json_each(?))", state, queueId, array(userIds));
    }

    /** Of one agent in several queues. */
    void setOf(Tx tx, String userId, Collection<String> queueIds, AgentState state) {
        tx.run("UPDATE call_queue_agents SET state = ? WHERE user_id = ? AND queue_id IN (SELECT value FROM json_each(?))", state, userId, array(queueIds));
    }

    private static String array(Collection<String> ids) {
        var array = JsonNodeFactory.instance.arrayNode();
        ids.forEach(array::add);
        return array.toString();
    }
}
