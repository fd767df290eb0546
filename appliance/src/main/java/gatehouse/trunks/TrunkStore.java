package gatehouse.trunks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.numbering.NumberMask;
import gatehouse.store.Store.Tx;
import java.util.Optional;
import java.util.Set;

/** Sole reader and writer of the table {@code trunk_dids}; asks {@code trunks} what {@link gatehouse.resources.Resources} does not. */
final class TrunkStore {
    /** @param trunk the name of the trunk that has it */
    record Taken(String number, String trunk) { }

    /** A number of {@code pool} that another trunk has already. Leans on the primary key. */
    Optional<Taken> taken(Tx tx, String trunkId, NumberMask pool) {
        return tx.one("""
                SELECT max(d.low, w.value ->> 'low') AS number, t.document ->> 'name' AS trunk
                FROM json_each(?) w
                JOIN trunk_dids d ON d.digits = length(w.value ->> 'low')
                  AND d.low <= w.value ->> 'high' AND d.high >= w.value ->> 'low'
                JOIN trunks t ON t.id = d.trunk_id
                WHERE d.trunk_id <> ? LIMIT 1""", row -> new Taken(row.getString("number"), row.getString("trunk")), ranges(pool).toString(), trunkId);
    }

    void replace(Tx tx, String trunkId, Optional<NumberMask> pool) {
        tx.run("DELETE FROM trunk_dids WHERE trunk_id = ?", trunkId);
        pool.ifPresent(numbers -> tx.run("""
                INSERT OR IGNORE INTO trunk_dids (trunk_id, digits, low, high)
                SELECT ?, length(value ->> 'low'), value ->> 'low', max(value ->> 'high') FROM json_each(?) GROUP BY value ->> 'low'""", trunkId,
                ranges(numbers).toString()));
    }

    /** The trunk by which a number leads in. Leans on the primary key. */
    Optional<String> trunk(Tx tx, String number) {
        return tx.one("SELECT trunk_id FROM trunk_dids WHERE digits = ? AND low <= ? AND high >= ? ORDER BY low DESC LIMIT 1",
                row -> row.getString("trunk_id"), number.length(), number, number);
    }

    /** The name of another trunk that has this account of this provider. Leans on trunks_by_account. */
    Optional<String> sameAccount(Tx tx, String trunkId, String hostname, String authId) {
        return tx.one("SELECT document ->> 'name' AS name FROM trunks WHERE json_extract(document, '$.hostname') = ? COLLATE NOCASE "
                + "AND json_extract(document, '$.auth_id') = ? AND id <> ? LIMIT 1", row -> row.getString("name"), hostname, authId, trunkId);
    }

    Set<String> known(Tx tx, Set<String> ids) {
        var array = JsonNodeFactory.instance.arrayNode();
        ids.forEach(array::add);
        return Set.copyOf(tx.list("SELECT id FROM trunks WHERE id IN (SELECT value FROM json_each(?))", row -> row.getString("id"),
                array.toString()));
    }

    private static ArrayNode ranges(NumberMask pool) {
        var ranges = JsonNodeFactory.instance.arrayNode();
        pool.parts().forEach(part -> ranges.addObject().put("low", part.low()).put("high", part.high()));
        return ranges;
    }
}
