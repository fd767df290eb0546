package gatehouse.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.util.Map;

/**
 * What the administrator chose.
 *
 * @param proofs          what each way asks for
 * @param answerStrangers whether a phone that is nobody's is told the starter's address by PnP
 */
record DiscoverySettings(Map<Way, Proof> proofs, boolean answerStrangers) {
    private static final String UNKNOWN = "pnp_unknown";

    /** PnP is off until it is asked for, and heard on the same network alone; over the others anybody may come. */
    static ObjectNode defaults() {
        return Json.object().put(Way.PNP.field(), Proof.MAC.name()).put(Way.STARTER.field(), Proof.WINDOW.name())
                .put(Way.TFTP.field(), Proof.WINDOW.name()).put(UNKNOWN, "STARTER");
    }

    static DiscoverySettings of(ObjectNode document) {
        return new DiscoverySettings(Map.of(Way.PNP, proof(document, Way.PNP), Way.STARTER, proof(document, Way.STARTER), Way.TFTP,
                proof(document, Way.TFTP)), document.path(UNKNOWN).asText("STARTER").equals("STARTER"));
    }

    private static Proof proof(ObjectNode document, Way way) {
        return Proof.valueOf(document.path(way.field()).asText(defaults().get(way.field()).textValue()));
    }
}
