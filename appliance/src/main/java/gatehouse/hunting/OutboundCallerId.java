package gatehouse.hunting;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The number that a call of a group shows outside, when it leaves by {@code providerId}. */
public record OutboundCallerId(String providerId, String callerId, String description) {
    private static final int MOST = 100;

    public static List<OutboundCallerId> of(JsonNode array) {
        var all = new ArrayList<OutboundCallerId>();
        array.forEach(one -> all.add(new OutboundCallerId(one.path("provider_id").asText(""), one.path("caller_id").asText(""),
                one.path("description").asText(""))));
        return all;
    }

    /** Adds what is wrong with the field {@code outbound_caller_ids}. */
    public static void check(Tx tx, Providers providers, JsonNode array, Problems problems) {
        var all = of(array);
        problems.addIf(all.size() > MOST, "outbound_caller_ids", "maxItems", "outbound_caller_ids may have " + MOST + " entries; it has "
                + all.size() + ".");
        var ids = new HashSet<String>();
        all.forEach(one -> ids.add(one.providerId));
        var known = ids.isEmpty() ? ids : providers.known(tx, ids);
        for (int i = 0; i < all.size(); i++) {
            var one = all.get(i);
            var field = "outbound_caller_ids[" + i + "].";
            problems.addIf(one.providerId.isEmpty(), field + "provider_id", "required", field + "provider_id is missing; name a trunk.");
            problems.addIf(one.callerId.isBlank(), field + "caller_id", "required", field + "caller_id is missing; give the number to show.");
            problems.addIf(!one.providerId.isEmpty() && !known.contains(one.providerId), field + "provider_id", "unknown",
                    "There is no trunk " + one.providerId + ".");
        }
    }
}
