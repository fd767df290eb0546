package gatehouse.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.discovery.Step.Rung;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaddersTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private final MovedClock clock = new MovedClock(START);
    private final ManualTimers timers = new ManualTimers();
    private final Set<String> known = new HashSet<>(Set.of("mine"));
    @TempDir
    Path folder;

    private Ladders ladders(SqliteStore store) {
        return new Ladders(new LadderStore(store), known::contains, timers, clock);
    }

    @Test
    void what_a_phone_repeats_is_one_step_and_only_the_last_steps_are_kept() {
        try (var store = new SqliteStore(folder.resolve("a.db")); var ladders = ladders(store)) {
            ladders.add("mine", Rung.HEARD, "192.0.2.7", "snom");
            clock.move(Duration.ofMinutes(5));
            ladders.add("mine", Rung.HEARD, "192.0.2.7", "snom");
            assertEquals(List.of(new Step(START.plus(Duration.ofMinutes(5)), Rung.HEARD, "192.0.2.7", "snom", 2)), ladders.of("mine"));
            for (int i = 0; i < 3 * Ladders.MOST_STEPS; i++) {
                ladders.add("mine", Rung.ASKED, "192.0.2.7", "file " + i);
            }
            assertEquals(Ladders.MOST_STEPS, ladders.of("mine").size());
            assertEquals("file " + (3 * Ladders.MOST_STEPS - 1), ladders.of("mine").getLast().detail());
        }
    }

    @Test
    void who_makes_up_macs_pushes_out_strangers_alone() {
        try (var store = new SqliteStore(folder.resolve("a.db")); var ladders = ladders(store)) {
            ladders.add("mine", Rung.HEARD, "192.0.2.7", "");
            for (int i = 0; i < 3_000; i++) {
                ladders.add("made up " + i, Rung.HEARD, "192.0.2.66", "");
            }
            assertEquals(1, ladders.of("mine").size());
            assertEquals(Ladders.MOST_STRANGERS, ladders.strangers().size());
            assertEquals("made up 2999", ladders.strangers().getFirst());
            timers.push(Duration.ofMinutes(1));
            assertEquals(Ladders.MOST_STRANGERS + 1, new LadderStore(store).all().size());
        }
    }

    @Test
    void a_stranger_who_is_given_to_somebody_keeps_its_steps() {
        try (var store = new SqliteStore(folder.resolve("a.db")); var ladders = ladders(store)) {
            ladders.add("new", Rung.HEARD, "192.0.2.8", "");
            known.add("new");
            ladders.add("new", Rung.FETCHED, "192.0.2.8", "new.cfg");
            assertEquals(2, ladders.of("new").size());
            assertEquals(List.of(), ladders.strangers());
        }
    }

    @Test
    void all_is_written_at_once_after_half_a_minute_and_at_the_end() {
        try (var store = new SqliteStore(folder.resolve("a.db"))) {
            try (var ladders = ladders(store)) {
                ladders.add("mine", Rung.HEARD, "192.0.2.7", "first \u001b[31mline");
                assertTrue(new LadderStore(store).all().isEmpty());
                timers.push(Duration.ofSeconds(30));
                assertEquals("first  [31mline", new LadderStore(store).all().get("mine").getFirst().detail());
                ladders.add("mine", Rung.FETCHED, "192.0.2.7", "a.cfg");
            }
            assertEquals(2, ladders(store).of("mine").size());
        }
    }
}
