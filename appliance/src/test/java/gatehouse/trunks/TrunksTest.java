package gatehouse.trunks;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.core.ProblemException;
import gatehouse.resources.Resources;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others ask of trunks, on a store of its own. */
class TrunksTest {
    @TempDir
    Path folder;
    private Workbench bench;
    private TrunkBench made;
    private Trunks trunks;

    @BeforeEach
    void open() {
        bench = new Workbench(folder, Clock.systemUTC(), "101");
        made = new TrunkBench(bench);
        trunks = made.trunks;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_number_leads_in_by_the_trunk_that_has_it() {
        var one = made.trunk("One", "{\"did_numbers\": \"4930100-4930199;4930250\"}");
        var two = made.trunk("Two", "{\"did_numbers\": \"4930200-4930249;4930251-4930300\"}");
        for (var number : List.of("4930100", "+4930150", "4930199", "4930250")) {
            assertEquals(Optional.of(one), trunks.byDid(number).map(Trunk::id), number);
        }
        assertEquals(Optional.of(two), trunks.byDid("4930249").map(Trunk::id));
        for (var number : List.of("4930301", "49301500", "493010", "")) {
            assertEquals(Optional.empty(), trunks.byDid(number), number);
        }
        made.change(one, "{\"did_numbers\": \"777\"}");
        assertEquals(Optional.empty(), trunks.byDid("4930150"));
        assertEquals(Optional.of("One"), trunks.byDid("777").map(Trunk::name));
    }

    @Test
    void a_change_is_seen_by_the_next_call() {
        var id = made.trunk("Carrier", "{\"auth_id\": \"4711\", \"password\": \"hush\"}");
        assertTrue(trunks.byId(id).orElseThrow().enabled());
        assertEquals(Optional.of("hush"), trunks.password(id));
        made.change(id, "{\"enabled\": false, \"password\": null}");
        assertFalse(trunks.byId(id).orElseThrow().enabled());
        assertEquals(Optional.empty(), trunks.password(id));
        assertEquals(Set.of(id), bench.store.read(tx -> trunks.known(tx, Set.of(id, "nobody"))));
        trunks.resources().delete(ADMIN, Resources.COMPANY, id);
        assertEquals(List.of(), List.copyOf(trunks.all()));
    }

    @Test
    void a_trunk_that_something_needs_stays() {
        var id = made.trunk("Carrier", "{}");
        trunks.neededBy((_, trunk) -> trunk.equals(id) ? List.of("the door", "the lift") : List.of());
        var refused = assertThrows(ProblemException.class, () -> trunks.resources().delete(ADMIN, Resources.COMPANY, id));
        assertTrue(refused.getMessage().contains("the door, the lift"), refused.getMessage());
        assertTrue(trunks.byId(id).isPresent());
        trunks.resources().delete(ADMIN, Resources.COMPANY, made.trunk("Other", "{}"));
    }

    @Test
    void caller_ids_come_from_the_most_personal_list_first_and_each_once() {
        var id = made.trunk("Carrier", "{}");
        var user = bench.users.byNumber("101").orElseThrow();
        var own = "[{\"provider_id\": \"%1$s\", \"caller_id\": \"1\"}, {\"provider_id\": \"gone\", \"caller_id\": \"2\"},"
                + " {\"provider_id\": \"%1$s\", \"caller_id\": \"3\", \"preferred\": true}]";
        var companys = "[{\"provider_id\": \"%1$s\", \"caller_id\": \"1\"}, {\"provider_id\": \"%1$s\", \"caller_id\": \"4\"}]";
        var ids = new CallerIds(trunks, List.of(_ -> Json.parse(own.formatted(id)), _ -> Json.parse("null"), _ ->
                Json.parse(companys.formatted(id))));
        assertEquals(List.of("3", "1", "4"), ids.of(user).stream().map(callerId -> callerId.callerId()).toList());
    }
}
