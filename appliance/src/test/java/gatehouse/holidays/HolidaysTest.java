package gatehouse.holidays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberStore;
import gatehouse.resources.Keeping;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose holidays count for whom. */
class HolidaysTest {
    private static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MAY_DAY = Instant.parse("2026-05-01T10:00:00Z");
    private static final Instant UNITY = Instant.parse("2026-10-03T10:00:00Z");
    private static final Instant BIRTHDAY = Instant.parse("2026-07-07T10:00:00Z");

    @TempDir
    Path folder;
    private Store store;
    private Events events;
    private HolidayStore kept;
    private Holidays holidays;
    private String unity;

    @BeforeEach
    void two_of_the_company_and_one_of_ann() {
        store = new SqliteStore(folder.resolve("box.db"));
        for (var id : List.of("ann", "bob")) {
            store.write(tx -> tx.run("""
                    INSERT INTO users (id, name, name_key, role, display_name, email, password_hash, created_at)
                    VALUES (?1, ?1, ?1, 'StandardUser', ?1, '', '', 0)""", id));
        }
        events = new Events();
        var random = new SecureRandom();
        var ids = new Ids(random);
        var clock = Clock.systemUTC();
        kept = new HolidayStore(store);
        holidays = new Holidays(new Keeping(store, new ExtensionNumbers(new NumberStore(store)), new Sealer(folder.resolve("box.key"), random),
                new Audit(new AuditStore(store), clock, ids), events, clock, ids), kept);
        holidays.company().create(ADMIN, Holidays.COMPANY, day(5, 1));
        unity = holidays.company().create(ADMIN, Holidays.COMPANY, day(10, 3)).id();
        holidays.own().create(ADMIN, "ann", day(7, 7));
    }

    @AfterEach
    void close() {
        events.close();
        store.close();
    }

    private static ObjectNode day(int month, int day) {
        return Json.object().put("name", month + "-" + day).put("region", "DEU").put("consecutive", false).put("every_year", true)
                .put("month_start", month).put("day_start", day);
    }

    private List<Boolean> of(String owner) {
        return List.of(holidays.isHoliday(owner, MAY_DAY, BERLIN), holidays.isHoliday(owner, UNITY, BERLIN), holidays.isHoliday(owner, BIRTHDAY, BERLIN));
    }

    @Test
    void the_companys_are_all_of_the_company_and_a_users_are_their_own_too() {
        assertEquals(List.of(true, true, false), of(Holidays.COMPANY));
        assertEquals(List.of(true, true, true), of("ann"));
        assertEquals(List.of(true, true, false), of("bob"));
        assertFalse(holidays.isHoliday("ann", MAY_DAY.plusSeconds(86_400), BERLIN));
    }

    @Test
    void who_has_chosen_keeps_those_and_who_chose_none_has_only_their_own() {
        store.write(tx -> {
            kept.choose(tx, "ann", Optional.of(List.of(unity)));
            kept.choose(tx, "bob", Optional.of(List.of()));
            return null;
        });
        assertEquals(List.of(false, true, true), of("ann"));
        assertEquals(List.of(false, false, false), of("bob"));
        assertEquals(List.of(true, true, false), of(Holidays.COMPANY));
    }

    @Test
    void a_rule_can_name_some_of_the_companys() {
        assertTrue(holidays.isHoliday(List.of(unity, "gone"), UNITY, BERLIN));
        assertFalse(holidays.isHoliday(List.of(unity), MAY_DAY, BERLIN));
        assertFalse(holidays.isHoliday(List.of(), UNITY, BERLIN));
        assertEquals(List.of("10-3"), store.read(tx -> holidays.byIds(tx, List.of(unity, "gone"))).stream().map(one -> one.get("name").asText()).toList());
    }
}
