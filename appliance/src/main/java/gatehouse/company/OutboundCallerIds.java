package gatehouse.company;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;

/** The rule of every list of caller ids that a call may leave with: a user's, a group's, the company's. */
public final class OutboundCallerIds {
    private static final int MOST = 100; // each is one look for its provider

    private OutboundCallerIds() {
    }

    /** Adds every broken rule. @param list as the schema allows it; null or missing for none */
    public static void check(Tx tx, JsonNode list, References references, Problems problems) {
        var field = "outbound_caller_ids";
        problems.addIf(list.size() > MOST, field, "maxItems", field + " may have " + MOST + " entries.");
        var preferred = 0;
        for (int i = 0; i < Math.min(list.size(), MOST); i++) {
            var entry = list.get(i);
            var place = field + "[" + i + "]";
            problems.addIf(!entry.path("caller_id").isTextual(), place + ".caller_id", "required", place + ".caller_id is missing.");
            var provider = entry.path("provider_id").textValue();
            problems.addIf(provider == null, place + ".provider_id", "required", place + ".provider_id is missing: name the trunk it belongs to.");
            problems.addIf(provider != null && !references.providerExists(tx, provider), place + ".provider_id", "unknown",
                    "There is no trunk with the id that " + place + ".provider_id names.");
            preferred += entry.path("preferred").asBoolean() ? 1 : 0;
        }
        problems.addIf(preferred > 1, field, "preferred", "One entry of " + field + " may be preferred, not " + preferred + ".");
    }
}
