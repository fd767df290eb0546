package gatehouse.callerlists;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.callerlists.CallerLists.Level;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks callers up in the lists; keeps who serves exclusive numbers, and the blacklist's prompts. */
public final class CallerListStore {
    private static final String NUMBER = "json_extract(document, '$.number')";
    /** Leans on the unique index on owner and number. */
    private static final String HOLDS = " WHERE owner = '' AND " + NUMBER + " = ? COLLATE NOCASE AND document ->> 'enabled' "
            + "AND (document ->> 'expire_at' IS NULL OR unixepoch(document ->> 'expire_at') > ?)";

    /** Whether a list has an entry for this caller that is enabled and has not expired. */
    boolean holds(Tx tx, String table, String caller, Instant now) {
        return tx.one("SELECT 1 AS there FROM " + table + HOLDS, row -> row.getInt("there"), caller, now.getEpochSecond()).isPresent();
    }

    Optional<Level> level(Tx tx, String caller, Instant now) {
        return tx.one("SELECT document ->> 'level' AS level FROM " + CallerLists.BLACKLIST + HOLDS, row -> Level.valueOf(row.getString("level")), caller,
                now.getEpochSecond());
    }

    /** The exclusive number that fits a caller: the same one, else the mask with the most characters. Masks have an index of their own. */
    Optional<String> exclusive(Tx tx, String caller) {
        return tx.one("SELECT id FROM " + CallerLists.EXCLUSIVE + " WHERE owner = '' AND " + NUMBER + " = ? COLLATE NOCASE AND document ->> 'enabled'",
                row -> row.getString("id"), caller).or(() -> tx.one("SELECT id FROM " + CallerLists.EXCLUSIVE + " WHERE instr(" + NUMBER + ", '*') > 0 "
                + "AND document ->> 'enabled' AND ? GLOB " + NUMBER + " ORDER BY length(" + NUMBER + ") DESC, id LIMIT 1",
                row -> row.getString("id"), caller));
    }

    /** User ids, in order. */
    List<String> agents(Tx tx, String numberId, String queueId) {
        return tx.list("SELECT user_id FROM exclusive_number_agents WHERE number_id = ? AND queue_id = ? ORDER BY position",
                row -> row.getString("user_id"), numberId, queueId);
    }

    /** The queues in which somebody serves the number. */
    List<String> queues(Tx tx, String numberId) {
        return tx.list("SELECT DISTINCT queue_id FROM exclusive_number_agents WHERE number_id = ?", row -> row.getString("queue_id"), numberId);
    }

    void replaceAgents(Tx tx, String numberId, String queueId, List<String> userIds) {
        var array = JsonNodeFactory.instance.arrayNode();
        userIds.forEach(array::add);
        tx.run("DELETE FROM exclusive_number_agents WHERE number_id = ? AND queue_id = ?", numberId, queueId);
        tx.run("INSERT INTO exclusive_number_agents (number_id, queue_id, user_id, position) SELECT ?, ?, value, key FROM json_each(?)", numberId, queueId,
                array.toString());
    }

    ObjectNode prompts(Tx tx) {
        return tx.one("SELECT document FROM call_queue_blacklist_prompts", row -> (ObjectNode) Json.parse(row.getString("document"))).orElseGet(Json::object);
    }

    void savePrompts(Tx tx, ObjectNode document) {
        tx.run("INSERT INTO call_queue_blacklist_prompts (id, document) VALUES (1, ?) ON CONFLICT DO UPDATE SET document = excluded.document",
                document.toString());
    }
}
