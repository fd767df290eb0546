package gatehouse.contacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberStore;
import gatehouse.resources.Keeping;
import gatehouse.resources.Resources;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.ManualTimers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerNamesTest {
    private static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");
    private static final String US = Resources.COMPANY;

    @TempDir
    Path folder;
    private Store store;
    private Events events;
    private Contacts contacts;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("box.db"));
        store.write(tx -> tx.run("""
                INSERT INTO users (id, name, name_key, role, display_name, email, password_hash, created_at)
                VALUES ('ann', 'ann', 'ann', 'StandardUser', 'Ann', '', '', 0)"""));
        events = new Events();
        var random = new SecureRandom();
        var ids = new Ids(random);
        var clock = Clock.systemUTC();
        var keeping = new Keeping(store, new ExtensionNumbers(new NumberStore(store)), new Sealer(folder.resolve("box.key"), random),
                new Audit(new AuditStore(store), clock, ids), events, clock, ids);
        contacts = new Contacts(keeping, new ContactStore(store), new Changes(new ChangeStore(store), new ManualTimers(), clock), null);
    }

    @AfterEach
    void close() {
        events.close();
        store.close();
    }

    private static ObjectNode fields(String json) {
        return (ObjectNode) Json.parse(json);
    }

    @Test
    void a_caller_is_known_however_the_number_is_written() {
        contacts.company().create(ADMIN, US, fields("{\"name\":\"Ada\",\"mobile_phone2\":\"+49 (0)30 1234567\",\"other\":\"sip:ada@example.org\"}"));
        assertEquals(Optional.of("Ada"), contacts.nameOf("0301234567"));
        assertEquals(Optional.of("Ada"), contacts.nameOf("0049301234567"));
        assertEquals(Optional.empty(), contacts.nameOf("0401234567"));
        assertEquals(Optional.empty(), contacts.nameOf("anonymous"));
    }

    @Test
    void the_index_follows_the_contact() {
        var id = contacts.company().create(ADMIN, US, fields("{\"name\":\"Ada\",\"business\":\"030 1234567\"}")).id();
        contacts.company().update(ADMIN, US, id, fields("{\"name\":\"Ada L.\"}"));
        assertEquals(Optional.of("Ada L."), contacts.nameOf("0301234567"));
        contacts.company().update(ADMIN, US, id, fields("{\"business\":\"030 7654321\"}"));
        assertEquals(Optional.empty(), contacts.nameOf("0301234567"));
        assertEquals(Optional.of("Ada L."), contacts.nameOf("0307654321"));
        contacts.company().delete(ADMIN, US, id);
        assertEquals(Optional.empty(), contacts.nameOf("0307654321"));
    }

    @Test
    void who_has_no_name_has_a_company_and_who_has_neither_is_not_named() {
        contacts.company().create(ADMIN, US, fields("{\"company\":\"Engines\",\"business\":\"030 1234567\"}"));
        contacts.company().create(ADMIN, US, fields("{\"business\":\"030 7654321\"}"));
        assertEquals(Optional.of("Engines"), contacts.nameOf("0301234567"));
        assertEquals(Optional.empty(), contacts.nameOf("0307654321"));
    }

    @Test
    void ones_own_name_for_somebody_comes_first_and_is_nobody_elses() {
        contacts.company().create(ADMIN, US, fields("{\"name\":\"Ms Lovelace\",\"business\":\"030 1234567\"}"));
        contacts.personal().create(ADMIN, "ann", fields("{\"name\":\"Ada\",\"home_phone\":\"030 1234567\"}"));
        assertEquals(Optional.of("Ada"), contacts.nameOf("0301234567", "ann"));
        assertEquals(Optional.of("Ms Lovelace"), contacts.nameOf("0301234567", "bob"));
        assertEquals(Optional.of("Ms Lovelace"), contacts.nameOf("0301234567"));
    }

    @Test
    void of_several_the_closest_is_told() {
        contacts.company().create(ADMIN, US, fields("{\"name\":\"Local\",\"business\":\"1234567\"}"));
        contacts.company().create(ADMIN, US, fields("{\"name\":\"National\",\"business\":\"030 1234567\"}"));
        assertEquals(Optional.of("National"), contacts.nameOf("+49301234567"));
        assertEquals(Optional.of("Local"), contacts.nameOf("0401234567"));
    }

    @Test
    void looking_for_a_name_is_an_index_lookup() {
        var plan = store.read(tx -> tx.list("EXPLAIN QUERY PLAN SELECT owner, digits, name FROM contact_numbers WHERE tail = '1' AND owner IN ('', 'a') "
                + "ORDER BY id LIMIT 100", row -> row.getString("detail")));
        assertTrue(plan.stream().anyMatch(step -> step.contains("contact_numbers_by_tail")), plan.toString());
    }
}
