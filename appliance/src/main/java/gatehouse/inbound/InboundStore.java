package gatehouse.inbound;

import gatehouse.store.Store.Tx;
import java.util.List;

/** Asks the table {@code inbound_rules} what {@link gatehouse.resources.Resources} does not. */
final class InboundStore {
    /** Names of the rules that a trunk's calls come by. Leans on inbound_rules_by_trunk. */
    List<String> naming(Tx tx, String trunkId) {
        return tx.list("SELECT document ->> 'name' AS name FROM inbound_rules WHERE json_extract(document, '$.provider_id') = ? ORDER BY name",
                row -> row.getString("name"), trunkId);
    }
}
