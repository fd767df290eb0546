package gatehouse.ringgroups;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.ProblemException;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.Member;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Strategy;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call sees of a ring group. */
class RingGroupsTest {
    @TempDir
    Path folder;
    private Workbench bench;
    private RingGroups groups;

    @BeforeEach
    void three_people_and_a_trunk() {
        bench = new Workbench(folder, Clock.systemUTC(), "101", "102", "103");
        groups = new RingGroups(bench.keeping, bench.users, (_, ids) -> ids.contains("trunk-1") ? Set.of("trunk-1") : Set.of());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text);
    }

    @Test
    void a_call_finds_the_group_by_its_number_with_members_in_order() {
        var id = groups.create(ADMIN, json("""
                {"name": "Sales", "extension_number": "600", "ring_time": 15, "ring_strategy": "CYCLIC_HUNT", "skip_busy_member": true,
                 "enable_prid": true, "no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "+4930123"},
                 "night_mode_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "101"},
                 "outbound_caller_ids": [{"provider_id": "trunk-1", "caller_id": "+49301"}]}"""));
        groups.replaceMembers(ADMIN, id, Json.parse("[{\"extension_number\":\"103\"},{\"extension_number\":\"101\",\"skill_level\":7}]"));
        assertEquals(new RingGroup(id, "Sales", "600", Strategy.CYCLIC_HUNT, Duration.ofSeconds(15), true,
                List.of(new Member("id103", "103", "User 103", 1), new Member("id101", "101", "User 101", 7)),
                new ForwardRule(ForwardRule.Action.FORWARD_TO_NUMBER, "+4930123"),
                Optional.of(new ForwardRule(ForwardRule.Action.FORWARD_TO_VOICEMAIL, "101")),
                List.of(new OutboundCallerId("trunk-1", "+49301", "")), false, true, false), groups.byNumber("600").orElseThrow());
    }

    @Test
    void what_nobody_set_rings_all_and_hangs_up_afterwards() {
        groups.create(ADMIN, json("{\"name\": \"Sales\", \"extension_number\": \"600\", \"ring_time\": null, \"ring_strategy\": null}"));
        var group = groups.byNumber("600").orElseThrow();
        assertEquals(Strategy.RING_SIMULTANEOUSLY, group.strategy());
        assertEquals(Duration.ofSeconds(20), group.ringTime());
        assertEquals(ForwardRule.Action.HANGUP, group.noAnswer().action());
        assertEquals(Optional.empty(), group.nightMode());
        assertEquals(List.of(), group.members());
    }

    @Test
    void other_numbers_are_no_groups() {
        groups.create(ADMIN, json("{\"name\": \"Sales\", \"extension_number\": \"600\"}"));
        assertTrue(groups.byNumber("101").isEmpty() && groups.byNumber("601").isEmpty());
    }

    @Test
    void only_a_trunk_that_exists_can_be_named() {
        var refused = assertThrows(ProblemException.class, () -> groups.create(ADMIN, json("""
                {"name": "Sales", "extension_number": "600", "outbound_caller_ids": [{"provider_id": "trunk-1", "caller_id": "1"},
                 {"provider_id": "trunk-2", "caller_id": "1"}]}""")));
        assertEquals(List.of("outbound_caller_ids[1].provider_id"), refused.problems().stream().map(problem -> problem.detail().get("field")).toList());
    }

    @Test
    void a_group_has_a_thousand_members_at_most() {
        var id = groups.create(ADMIN, json("{\"name\": \"Sales\", \"extension_number\": \"600\"}"));
        var many = Json.object().putArray("items");
        for (int i = 0; i < 1_001; i++) {
            many.addObject().put("extension_number", "101");
        }
        var refused = assertThrows(ProblemException.class, () -> groups.replaceMembers(ADMIN, id, many));
        assertEquals("maxItems", refused.problems().getFirst().detail().get("rule"));
    }
}
