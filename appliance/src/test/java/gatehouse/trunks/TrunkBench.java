package gatehouse.trunks;

import static gatehouse.testkit.Workbench.ADMIN;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.testkit.Workbench;

/** Trunks on a workbench, for tests of what leans on them. */
public final class TrunkBench {
    public final Trunks trunks;

    public TrunkBench(Workbench bench) {
        trunks = new Trunks(bench.keeping);
    }

    /** @param more further fields of the contract as JSON; @return the id */
    public String trunk(String name, String more) {
        return trunks.create(ADMIN, ((ObjectNode) Json.parse("""
                {"transport": "UDP", "hostname": "sip.carrier.test", "port": 5060, "outbound_server": "sip.carrier.test",
                        "outbound_server_port": 5060,
                 "concurrency": 0, "enabled": true}""")).put("name", name).setAll((ObjectNode) Json.parse(more)));
    }

    public void change(String id, String fields) {
        trunks.update(ADMIN, id, (ObjectNode) Json.parse(fields));
    }
}
