package gatehouse.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberKind;
import gatehouse.numbers.NumberStore;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
    private static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");
    private static final String US = Resources.COMPANY;

    @TempDir
    Path folder;
    private Store store;
    private Events events;
    private ExtensionNumbers numbers;
    private Keeping keeping;
    private Resources bells;

    @BeforeEach
    void bells_with_a_name_a_number_and_a_secret() {
        store = new SqliteStore(folder.resolve("box.db"));
        store.write(tx -> tx.run("""
                CREATE TABLE bells (id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB,
                                    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT"""));
        events = new Events();
        numbers = new ExtensionNumbers(new NumberStore(store));
        var random = new SecureRandom();
        keeping = new Keeping(store, numbers, new Sealer(folder.resolve("box.key"), random), new Audit(new AuditStore(store), Clock.systemUTC(),
                new Ids(random)), events, Clock.systemUTC(), new Ids(random));
        bells = keeping.of(Kind.of("bells", "BELL", "bell", "name").required("name").unique("name").secrets("code").numbered(NumberKind.RING_GROUP)
                .most(3));
    }

    @AfterEach
    void close() {
        events.close();
        store.close();
    }

    private static ObjectNode fields(String json) {
        return (ObjectNode) Json.parse(json);
    }

    private List<String> audited() {
        return store.read(tx -> tx.list("SELECT action || ' ' || object_name || ' ' || coalesce(old_state, '-') || ' ' || coalesce(new_state, '-') AS entry "
                + "FROM audit ORDER BY rowid", row -> row.getString("entry")));
    }

    @Test
    void an_update_changes_the_fields_it_gives_and_null_clears_one() {
        var id = bells.create(ADMIN, US, fields("{\"name\":\"front\",\"tone\":\"ding\",\"times\":2}")).id();
        bells.update(ADMIN, US, id, fields("{\"tone\":null,\"times\":3}"));
        assertEquals(fields("{\"name\":\"front\",\"tone\":null,\"times\":3}"), bells.get(US, id).document());
    }

    @Test
    void all_broken_rules_come_together_and_nothing_is_kept() {
        var refused = assertThrows(ProblemException.class, () -> bells.create(ADMIN, US, fields("{\"name\":\" \",\"extension_number\":\"600\"}")));
        assertEquals("name", refused.problems().getFirst().detail().get("field"));
        assertEquals(List.of(), bells.all(US));
        assertTrue(numbers.owner("600").isEmpty());
        assertEquals(List.of(), audited());
    }

    @Test
    void names_clash_whatever_their_case_but_not_with_their_own_or_another_owners() {
        var id = bells.create(ADMIN, US, fields("{\"name\":\"Front\"}")).id();
        var clash = assertThrows(ProblemException.class, () -> bells.create(ADMIN, US, fields("{\"name\":\"front\"}")));
        assertEquals(Code.CONFLICT, clash.problems().getFirst().code());
        bells.update(ADMIN, US, id, fields("{\"name\":\"FRONT\"}"));
        bells.create(ADMIN, "somebody", fields("{\"name\":\"front\"}"));
    }

    @Test
    void a_number_has_one_owner_and_is_free_again_afterwards() {
        var id = bells.create(ADMIN, US, fields("{\"name\":\"front\",\"extension_number\":\"600\"}")).id();
        assertThrows(ProblemException.class, () -> bells.create(ADMIN, US, fields("{\"name\":\"back\",\"extension_number\":\"600\"}")));
        bells.update(ADMIN, US, id, fields("{\"extension_number\":\"601\"}"));
        bells.create(ADMIN, US, fields("{\"name\":\"back\",\"extension_number\":\"600\"}"));
        bells.delete(ADMIN, US, id);
        assertTrue(numbers.owner("601").isEmpty());
        assertEquals("back", numbers.owner("600").orElseThrow().label());
    }

    @Test
    void a_secret_is_neither_in_the_document_nor_the_audit_log_nor_the_file() throws java.io.IOException {
        var bell = bells.create(ADMIN, US, fields("{\"name\":\"front\",\"code\":\"4711-secret\"}"));
        bells.update(ADMIN, US, bell.id(), fields("{\"code\":\"0815-secret\"}"));
        var kept = bells.get(US, bell.id());
        assertFalse(kept.document().has("code"));
        assertEquals("0815-secret", bells.secret(kept, "code").orElseThrow());
        assertFalse(audited().toString().contains("secret"), audited().toString());
        assertTrue(audited().getLast().contains("\"code\":\"changed\""), audited().toString());
        try (var files = java.nio.file.Files.list(folder)) {
            for (var file : files.toList()) {
                assertFalse(new String(java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains("-secret"), file.toString());
            }
        }
    }

    @Test
    void there_is_a_most_of_each_kind() {
        for (var name : List.of("a", "b", "c")) {
            bells.create(ADMIN, US, fields("{\"name\":\"" + name + "\"}"));
        }
        assertThrows(ProblemException.class, () -> bells.create(ADMIN, US, fields("{\"name\":\"d\"}")));
    }

    @Test
    void every_change_is_in_the_audit_log_with_before_and_after() {
        var id = bells.create(ADMIN, US, fields("{\"name\":\"front\"}")).id();
        bells.update(ADMIN, US, id, fields("{\"name\":\"back\"}"));
        bells.delete(ADMIN, US, id);
        assertEquals(List.of("CREATE front - {\"name\":\"front\"}", "UPDATE back {\"name\":\"front\"} {\"name\":\"back\"}", "DELETE back {\"name\":\"back\"} -"),
                audited());
    }

    @Test
    void of_what_is_private_the_audit_log_tells_only_that_it_changed() {
        var own = keeping.of(Kind.of("bells", "BELL", "bell", "name").keptPrivate());
        var id = own.create(ADMIN, US, fields("{\"name\":\"front\"}")).id();
        own.update(ADMIN, US, id, fields("{\"name\":\"back\"}"));
        own.delete(ADMIN, US, id);
        assertEquals(List.of("CREATE " + id + " - -", "UPDATE " + id + " - -", "DELETE " + id + " - -"), audited());
    }
}
