package gatehouse.trunks;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.users.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** The numbers that a user's calls outside may show. Thread-safe. */
public final class CallerIds {
    private final Trunks trunks;
    private final List<Function<User, JsonNode>> sources;

    /** @param sources lists in the contract's form, the most personal first: the user's own, those of its groups, the company's */
    public CallerIds(Trunks trunks, List<Function<User, JsonNode>> sources) {
        this.trunks = trunks;
        this.sources = List.copyOf(sources);
    }

    /** Each trunk and number once, the most personal first and of one list the preferred one; what names a trunk that is gone is left out. */
    public List<OutboundCallerId> of(User user) {
        var all = new ArrayList<OutboundCallerId>();
        var seen = new HashSet<List<String>>();
        for (var source : sources) {
            var list = new ArrayList<JsonNode>();
            source.apply(user).forEach(list::add);
            list.sort((one, other) -> Boolean.compare(other.path("preferred").asBoolean(), one.path("preferred").asBoolean()));
            for (var entry : list) {
                var id = new OutboundCallerId(entry.path("provider_id").asText(""), entry.path("caller_id").asText(""), entry.path("description")
                        .asText(""));
                if (trunks.byId(id.providerId()).isPresent() && seen.add(List.of(id.providerId(), id.callerId()))) {
                    all.add(id);
                }
            }
        }
        return all;
    }
}
