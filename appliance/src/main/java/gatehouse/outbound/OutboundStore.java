package gatehouse.outbound;

import gatehouse.store.Store.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sole reader and writer of the table {@code outbound_rule_groups}; asks {@code outbound_rules} what Resources does not. */
final class OutboundStore {
    private record Applied(String ruleId, String groupId) { }

    /** The groups of every rule that has any, by the rule's id. */
    Map<String, Set<String>> groups(Tx tx) {
        var groups = new HashMap<String, Set<String>>();
        tx.list("SELECT rule_id, group_id FROM outbound_rule_groups", row -> new Applied(row.getString("rule_id"), row.getString("group_id")))
                .forEach(applied -> groups.computeIfAbsent(applied.ruleId(), _ -> new HashSet<>()).add(applied.groupId()));
        return groups;
    }

    /** Leans on the primary key. */
    List<String> groups(Tx tx, String ruleId) {
        return tx.list("SELECT group_id FROM outbound_rule_groups WHERE rule_id = ?", row -> row.getString("group_id"), ruleId);
    }

    /** @return whether it was not there before */
    boolean apply(Tx tx, String ruleId, String groupId) {
        return tx.run("INSERT OR IGNORE INTO outbound_rule_groups (rule_id, group_id) VALUES (?, ?)", ruleId, groupId) > 0;
    }

    boolean cancel(Tx tx, String ruleId, String groupId) {
        return tx.run("DELETE FROM outbound_rule_groups WHERE rule_id = ? AND group_id = ?", ruleId, groupId) > 0;
    }

    /** Names of the rules that send calls by a trunk. Reads them all; there are few, and trunks go seldom. */
    List<String> naming(Tx tx, String trunkId) {
        return tx.list("SELECT document ->> 'name' AS name FROM outbound_rules r WHERE EXISTS (SELECT 1 FROM json_each(r.document, '$.routes') route "
                + "WHERE route.value ->> 'provider_id' = ?) ORDER BY name", row -> row.getString("name"), trunkId);
    }
}
