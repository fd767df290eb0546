package gatehouse.parking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problems;
import gatehouse.membership.Membership;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.resources.Single;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The rules of call park. Thread-safe. */
public final class Parking {
    static final String GROUPS = "park_groups";
    private static final String RING_GROUP_ONLY = "RING_GROUP_ONLY";
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": true, "extension_number": "666", "recall_to": "USER_ONLY", "recall_time": 300, "recall_ring_group_time": 300}""");

    /** Who is called when a parked call was not taken back in time; the contract's words. */
    public enum RecallTo { USER_ONLY, USER_FIRST_THEN_RING_GROUP, RING_GROUP_ONLY }

    /**
     * What a call engine needs to know.
     *
     * @param recallAfter     how long a call stays parked before it rings again
     * @param ringGroupAfter  how much longer before the ring group rings, where it comes second
     */
    public record Settings(boolean enabled, Optional<String> number, RecallTo recallTo, Duration recallAfter, Duration ringGroupAfter, Optional<String> ringGroupId) { }

    private final BiPredicate<Tx, String> ringGroupExists;
    private final Single server;
    private final Resources groups;
    private final Membership members;

    /** @param ringGroupExists whether there is a ring group of this id */
    public Parking(Keeping keeping, Users users, BiPredicate<Tx, String> ringGroupExists) {
        this.ringGroupExists = ringGroupExists;
        server = new Single(keeping.of(Kind.of("park_server", "CALL_PARK_SERVER", "call park service", "extension_number").numbered(NumberKind.SERVICE)
                .rules(new RecallRules())), DEFAULTS);
        groups = keeping.of(Kind.of(GROUPS, "CALL_PARK_GROUP", "call park group", "name").required("name").unique("name").most(1_000).rules(new RecallRules()));
        members = new Membership("park_group_members", groups, users, keeping.audit(), true);
    }

    public Settings settings() {
        var fields = server.get().document();
        return new Settings(fields.path("enabled").asBoolean(), text(fields, "extension_number"), RecallTo.valueOf(text(fields, "recall_to").orElse("USER_ONLY")),
                Duration.ofSeconds(fields.path("recall_time").asLong(300)), Duration.ofSeconds(fields.path("recall_ring_group_time").asLong(300)),
                text(fields, "ring_group_id"));
    }

    private static Optional<String> text(ObjectNode fields, String name) {
        return Optional.ofNullable(fields.path(name).textValue());
    }

    Single server() {
        return server;
    }

    Resources groups() {
        return groups;
    }

    public Membership members() {
        return members;
    }

    /** A recall to a ring group needs one that is there. */
    private final class RecallRules implements Kind.Rules {
        @Override
        public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
            var id = draft.text("ring_group_id");
            var recall = draft.text("recall_to");
            problems.addIf(!id.isEmpty() && !ringGroupExists.test(tx, id), "ring_group_id", "unknown", "There is no ring group " + id + "; choose another.");
            problems.addIf(id.isEmpty() && (recall.equals(RING_GROUP_ONLY) || recall.equals("USER_FIRST_THEN_RING_GROUP")), "ring_group_id", "required",
                    "ring_group_id is missing: a recall to a ring group needs one.");
        }
    }
}
