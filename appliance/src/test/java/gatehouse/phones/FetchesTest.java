package gatehouse.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.ManualTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Fetch FETCH = new Fetch(NOON, "192.0.2.7", "Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc");

    @TempDir
    Path folder;
    private final ManualTimers timers = new ManualTimers();
    private Store database;
    private PhoneStore store;

    @BeforeEach
    void a_user_with_a_phone() {
        database = new SqliteStore(folder.resolve("box.db"));
        store = new PhoneStore(database);
        database.write(tx -> tx.run("""
                INSERT INTO users (id, name, name_key, role, display_name, email, password_hash, created_at)
                VALUES ('u', 'u', 'u', 'StandardUser', 'U', 'u@box.test', '-', 0)"""));
        database.write(tx -> {
            store.insert(tx, new PhoneStore.Row(phone("p"), new byte[1]));
            return null;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Phone phone(String id) {
        return new Phone(id, "u", "001565aabbcc", "yealink.ph.xml", "Yealink", "T46S", "folder", Json.object(), NOON);
    }

    @Test
    void a_fetch_is_known_at_once_and_written_later_together_with_others() {
        try (var fetches = new Fetches(store, timers)) {
            fetches.record(phone("p"), new Fetch(NOON.minusSeconds(1), "192.0.2.8", ""));
            fetches.record(phone("p"), FETCH);
            assertEquals(FETCH, fetches.latest(phone("p")).orElseThrow());
            assertTrue(store.fetches().isEmpty());
            assertEquals(1, timers.waiting());
            timers.push(Duration.ofSeconds(30));
            assertEquals(FETCH, store.fetches().get("p"));
        }
    }

    @Test
    void closing_writes_what_is_left_and_a_restart_knows_it() {
        try (var fetches = new Fetches(store, timers)) {
            fetches.record(phone("p"), FETCH);
        }
        assertEquals(FETCH, new Fetches(store, timers).latest(phone("p")).orElseThrow());
    }

    @Test
    void a_phone_that_is_gone_costs_the_others_nothing() {
        try (var fetches = new Fetches(store, timers)) {
            fetches.record(phone("gone"), FETCH);
            fetches.record(phone("p"), FETCH);
        }
        assertEquals(1, store.fetches().size());
    }

    @Test
    void the_firmware_is_read_from_what_phones_say() {
        assertEquals("66.86.0.15", Fetch.firmware("Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc"));
        assertEquals("10.1.64.14", Fetch.firmware("Mozilla/4.0 (compatible; snomD785-SIP 10.1.64.14 0004130DD7C9)"));
        assertEquals("1.0.11.84", Fetch.firmware("Grandstream GXP2170 1.0.11.84 c074ad000000"));
        assertEquals("", Fetch.firmware("curl/8"));
    }
}
