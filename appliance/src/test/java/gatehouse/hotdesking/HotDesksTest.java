package gatehouse.hotdesking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.ProblemException;
import gatehouse.phones.PhoneStore;
import gatehouse.phones.PhoneTemplates;
import gatehouse.phones.Phones;
import gatehouse.phones.TemplateStore;
import gatehouse.templates.Templates;
import gatehouse.testkit.Box;
import gatehouse.testkit.Workbench;
import gatehouse.users.User;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sits where. */
class HotDesksTest {
    @TempDir
    Path folder;
    private Workbench bench;
    private HotDesks desks;

    @BeforeEach
    void open() {
        bench = new Workbench(folder, Clock.systemUTC(), "101", "102");
        desks = opened();
    }

    private HotDesks opened() {
        var keeping = bench.keeping;
        return new HotDesks(keeping, new Phones(new PhoneStore(bench.store), new PhoneTemplates(Templates.shipped(), new TemplateStore(bench.store), keeping.audit(), keeping.clock()), bench.users, keeping.sealer(), keeping.audit(), bench.events,
                keeping.clock(), keeping.ids()), bench.users);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String desk(String number) {
        return desks.create(Workbench.ADMIN, Box.aPhone("020000000" + number, "generic.ph.xml", "Softphone").put("extension_number", number)
                .put("extension_password", "secret-" + number));
    }

    private User mobile(String number) {
        var user = bench.users.byNumber(number).orElseThrow();
        return new User(user.id(), user.name(), user.role(), true, user.displayName(), user.email(), user.extensionNumber(),
                (ObjectNode) Json.parse("{\"enable_hot_desking\":true}"), Instant.EPOCH);
    }

    private Optional<String> at(String desk) {
        return desks.byNumber(desk).orElseThrow().userId();
    }

    @Test
    void who_moves_to_another_desk_leaves_the_first_and_who_comes_takes_it() {
        var first = desk("301");
        var second = desk("302");
        var alice = mobile("101");
        desks.signIn(Workbench.ADMIN, first, alice);
        desks.signIn(Workbench.ADMIN, second, alice);
        assertEquals(Optional.empty(), at("301"));
        assertEquals(Optional.of(alice.id()), at("302"));
        desks.signIn(Workbench.ADMIN, second, mobile("102"));
        assertEquals(Optional.of(mobile("102").id()), opened().byNumber("302").orElseThrow().userId(), "after a restart too");
        desks.signOut(Workbench.ADMIN, second);
        assertTrue(at("302").isEmpty());
    }

    @Test
    void who_may_not_use_hot_desks_is_refused() {
        var desk = desk("301");
        var user = bench.users.byNumber("101").orElseThrow();
        assertThrows(ProblemException.class, () -> desks.signIn(Workbench.ADMIN, desk, user));
        assertTrue(at("301").isEmpty());
    }

    @Test
    void a_desks_secret_is_for_its_own_number_alone() {
        desk("301");
        assertEquals(Optional.of("secret-301"), desks.sipSecret("301"));
        assertEquals(Optional.empty(), desks.sipSecret("302"));
    }
}
