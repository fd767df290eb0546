package gatehouse.music;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.blobs.StoredFile;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which piece who waits hears. */
class MusicOnHoldTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));

    @TempDir
    Path folder;
    private Workbench bench;
    private MusicOnHold music;

    @BeforeEach
    void open() {
        bench = new Workbench(folder, clock);
        music = new MusicOnHold(new MusicStore(bench.store), bench.files, bench.keeping, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** A piece whose bytes are of no interest here. */
    private void piece(String name) {
        bench.store.write(tx -> tx.run("INSERT INTO blobs (digest, size, media_type, duration_ms, created_at) VALUES (?, 1, 'audio/wav', 1000, 0)", name.repeat(64))
                + tx.run("INSERT INTO files (id, digest, name, origin, created_at) VALUES (?, ?, ?, 'UPLOAD', 0)", name, name.repeat(64), name));
        music.create(Workbench.ADMIN, name);
        clock.move(Duration.ofSeconds(1));
    }

    private void set(String playType) {
        music.update(Workbench.ADMIN, Json.object().put("play_type", playType));
    }

    private String heard(LocalDate day) {
        return music.piece(day).map(StoredFile::name).orElse("silence");
    }

    @Test
    void without_a_piece_or_when_it_is_off_there_is_silence() {
        assertEquals(Optional.empty(), music.piece(TODAY));
        piece("a");
        assertEquals("a", heard(TODAY));
        music.update(Workbench.ADMIN, Json.object().put("enabled", false));
        assertEquals("silence", heard(TODAY));
    }

    @Test
    void the_default_is_the_oldest_piece() {
        piece("b");
        piece("a");
        assertEquals("b", heard(TODAY));
        assertEquals("b", heard(TODAY.plusDays(1)));
    }

    @Test
    void each_call_may_hear_another_piece() {
        for (var name : new String[] {"a", "b", "c"}) {
            piece(name);
        }
        set("RANDOM_MUSIC_PER_CALL");
        var heard = new HashSet<String>();
        for (int i = 0; i < 60; i++) {
            heard.add(heard(TODAY));
        }
        assertEquals(3, heard.size());
    }

    @Test
    void a_day_has_its_piece_and_each_piece_its_days() {
        for (var name : new String[] {"a", "b", "c"}) {
            piece(name);
        }
        set("RANDOM_MUSIC_PER_DAY");
        var days = new java.util.HashMap<String, Integer>();
        for (int day = 0; day < 300; day++) {
            var first = heard(TODAY.plusDays(day));
            assertEquals(first, heard(TODAY.plusDays(day)));
            days.merge(first, 1, Integer::sum);
        }
        assertTrue(days.size() == 3 && days.values().stream().allMatch(count -> count > 60), days.toString());
    }
}
