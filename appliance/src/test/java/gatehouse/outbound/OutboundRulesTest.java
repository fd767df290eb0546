package gatehouse.outbound;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.emergency.EmergencyNumbers;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Home;
import gatehouse.outbound.UserGroups.UserGroup;
import gatehouse.resources.Resources;
import gatehouse.security.Barring;
import gatehouse.security.Security;
import gatehouse.testkit.Week5x8;
import gatehouse.testkit.Workbench;
import gatehouse.trunks.TrunkBench;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as calls will ask them, on a store of its own: each change holds for the next call. */
class OutboundRulesTest {
    @TempDir
    Path folder;
    private Workbench bench;
    private TrunkBench trunks;
    private OutboundRules rules;

    @BeforeEach
    void open() {
        bench = new Workbench(folder, Clock.systemUTC());
        trunks = new TrunkBench(bench);
        var security = new Security(bench.keeping, Countries.shipped(), () -> Home.UNKNOWN, new EmergencyNumbers(bench.keeping));
        rules = new OutboundRules(bench.keeping, trunks.trunks, security, Week5x8.BY_DAY,
                (_, ids) -> ids.contains("sales") ? List.of(new UserGroup("sales", "Sales", "")) : List.of(), new Random(1));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String rule(String name, int priority, String trunk) {
        var fields = Json.object().put("name", name).put("enabled", true).put("priority", priority).put("routing_strategy", "PRIORITIZED");
        fields.putArray("routes").addObject().put("provider_id", trunk).put("enabled", true);
        return rules.create(ADMIN, fields);
    }

    private Decision route(String dialled, String... groups) {
        return rules.route(new OutsideCaller("101", Set.of(groups), Set.of(Barring.DOMESTIC), List.of()), dialled, Week5x8.at("2026-05-04T10:00"));
    }

    private String by(String... groups) {
        return assertInstanceOf(Decision.Ways.class, route("0301234567", groups)).routes().getFirst().rule();
    }

    @Test
    void the_lowest_priority_number_comes_first_and_then_the_older_rule() {
        var trunk = trunks.trunk("Carrier", "{}");
        rule("Late", 20, trunk);
        var first = rule("First", 10, trunk);
        rule("Younger", 10, trunk);
        assertEquals("First", by());
        rules.update(ADMIN, first, Json.object().put("priority", 30));
        assertEquals("Younger", by());
        rules.resources().delete(ADMIN, Resources.COMPANY, first);
        assertEquals("Younger", by());
    }

    @Test
    void a_trunk_that_is_switched_off_carries_nothing() {
        var trunk = trunks.trunk("Carrier", "{}");
        rule("Only", 1, trunk);
        assertEquals("Only", by());
        trunks.change(trunk, "{\"enabled\": false}");
        assertEquals(new Decision.NoWay(), route("0301234567"));
        assertEquals(new Decision.NoWay(), route("112"));
        trunks.change(trunk, "{\"enabled\": true}");
        assertEquals("Only", by());
    }

    @Test
    void applying_a_group_keeps_others_out_at_once() {
        var trunk = trunks.trunk("Carrier", "{}");
        var id = rule("Sales only", 1, trunk);
        rule("Others", 2, trunk);
        rules.apply(ADMIN, id, "sales");
        assertEquals("Sales only", by("sales"));
        assertEquals("Others", by());
        rules.cancel(ADMIN, id, "sales");
        assertEquals("Sales only", by());
    }

    @Test
    void help_is_called_by_any_trunk_without_a_rule_and_nothing_else_is() {
        var trunk = trunks.trunk("Carrier", "{}");
        assertEquals(List.of(trunk), assertInstanceOf(Decision.Ways.class, route("911")).routes().stream().map(OutboundRoute::trunkId).toList());
        assertEquals(new Decision.NoWay(), route("0301234567"));
        rule("All", 1, trunk);
        assertInstanceOf(Decision.Barred.class, route("+49301234567"));
    }

    @Test
    void the_routes_a_request_leaves_out_of_an_entry_have_their_defaults() {
        var trunk = trunks.trunk("Carrier", "{}");
        rules.create(ADMIN, (ObjectNode) Json.parse("""
                {"name": "Short", "priority": 1, "enabled": true, "routes": [{"provider_id": "%s"}]}""".formatted(trunk)));
        assertEquals(List.of(new OutboundRoute("Short", trunk, "0301234567", Optional.empty())),
                assertInstanceOf(Decision.Ways.class, route("0301234567")).routes());
    }
}
