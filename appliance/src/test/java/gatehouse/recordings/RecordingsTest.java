package gatehouse.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.blobs.FileKeeping;
import gatehouse.core.ProblemException;
import gatehouse.recordings.Recordings.Sound;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens by itself, and what others hear. */
class RecordingsTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final ManualTimers timers = new ManualTimers();

    @TempDir
    Path folder;
    private Workbench bench;
    private FileKeeping fileKeeping;
    private Recordings recordings;
    private Duration retention = Duration.ofDays(180);

    @BeforeEach
    void open() {
        bench = new Workbench(folder, clock, "101", "102");
        fileKeeping = new FileKeeping(folder, bench.store, bench.keeping.audit(), clock, System::nanoTime, timers, bench.keeping.ids());
        recordings = new Recordings(new RecordingStore(bench.store), bench.keeping, fileKeeping.files(), bench.users, () -> retention, timers);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Sound sound(int hertz) throws IOException {
        return new Sound("101", "102", clock.instant(), clock.instant().plusSeconds(1), Sounds.tone(folder, 1, hertz));
    }

    private Recording keep(int hertz) throws IOException {
        return recordings.keep("call", "101", "102", List.of(), List.of(sound(hertz)));
    }

    private long soundsOnDisk() throws IOException {
        try (var all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void recordings_go_after_as_long_as_the_company_says() throws IOException {
        var old = keep(300);
        clock.move(Duration.ofDays(100));
        var newer = keep(400);
        clock.move(Duration.ofDays(81));
        timers.push(Duration.ofHours(1));
        assertEquals(List.of(newer), recordings.page(RecordingStore.LISTING.all()).items());
        timers.push(Duration.ZERO);
        assertEquals(1, soundsOnDisk());
        retention = Duration.ofDays(1);
        timers.push(Duration.ofHours(1));
        assertEquals(0, recordings.page(RecordingStore.LISTING.all()).count(), "a setting that changes counts at once");
        assertEquals(List.of(new RecordingEvent.Kept(old), new RecordingEvent.Kept(newer), new RecordingEvent.Deleted(old), new RecordingEvent.Deleted(newer)),
                bench.told(RecordingEvent.class));
    }

    @Test
    void all_its_sound_is_kept_or_none() throws IOException {
        var there = sound(300);
        var missing = new Sound("", "102", clock.instant(), clock.instant(), folder.resolve("gone.wav"));
        assertThrows(ProblemException.class, () -> recordings.keep("call", "101", "102", List.of(), List.of(there, missing)));
        assertEquals(0, recordings.page(RecordingStore.LISTING.all()).count());
        assertEquals(0, soundsOnDisk());
        assertTrue(Files.exists(there.wav()), "what was not kept is still where it was");
        recordings.keep("call", "101", "102", List.of(), List.of(there));
        assertEquals(1, soundsOnDisk());
    }

    @Test
    void a_recording_outlives_the_user_whose_call_it_was() throws IOException {
        var kept = keep(300);
        bench.store.write(tx -> tx.run("DELETE FROM users WHERE id = 'id101'"));
        assertEquals(0, recordings.pageOf("id101", RecordingStore.OWN.all()).count());
        assertEquals(List.of(kept), recordings.pageOf("id102", RecordingStore.OWN.all()).items());
        assertEquals(1, recordings.show(kept.id()).tracks().size());
    }

    @Test
    void a_draft_may_be_written_where_the_box_keeps_its_files() throws IOException {
        var draft = recordings.draft();
        Files.copy(Sounds.wav(folder, 1), draft);
        recordings.keep("call", "101", "102", List.of(), List.of(new Sound("101", "102", clock.instant(), clock.instant().plusSeconds(1), draft)));
        assertEquals(1, soundsOnDisk());
        assertTrue(Files.notExists(draft));
    }
}
