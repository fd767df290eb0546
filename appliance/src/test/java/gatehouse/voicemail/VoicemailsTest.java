package gatehouse.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.blobs.FileKeeping;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Workbench;
import gatehouse.voicemail.Voicemail.Status;
import gatehouse.voicemail.Voicemails.Deposited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens by itself, and what others hear. */
class VoicemailsTest {
    private static final Mailbox ALICE = new Mailbox.Own("id101");
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final ManualTimers timers = new ManualTimers();

    @TempDir
    Path folder;
    private Workbench bench;
    private VoicemailServer server;
    private SharedVoicemails shared;
    private Voicemails voicemails;

    @BeforeEach
    void open() {
        bench = new Workbench(folder, clock, "101", "102");
        var keeping = bench.keeping;
        var fileKeeping = new FileKeeping(folder, bench.store, keeping.audit(), clock, new AtomicLong()::get, timers, keeping.ids());
        fileKeeping.sweepNowAndThen(() -> Duration.ofDays(30));
        var files = fileKeeping.files();
        var mails = new VoicemailStore(bench.store);
        server = new VoicemailServer(new VoicemailServerStore(bench.store), keeping.numbers(), keeping.audit());
        shared = new SharedVoicemails(keeping, mails, new GreetingStore(bench.store), files);
        voicemails = new Voicemails(mails, files, bench.users, shared, server, keeping.audit(), bench.events, clock, timers, keeping.ids());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Voicemail leave(Mailbox mailbox) throws IOException {
        return ((Deposited.Kept) voicemails.deposit(mailbox, "301", "Caller", clock.instant(), Sounds.wav(folder, 1))).voicemail();
    }

    private long soundsOnDisk() throws IOException {
        try (var all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void others_hear_of_each_message_and_what_becomes_of_it() throws IOException {
        var mail = leave(ALICE);
        voicemails.mark(ALICE, mail.id(), Status.READ);
        voicemails.mark(ALICE, mail.id(), Status.READ);
        voicemails.delete(Workbench.ADMIN, ALICE, mail.id());
        var read = mail.with(Status.READ);
        assertEquals(List.of(new VoicemailEvent.Arrived(mail), new VoicemailEvent.Marked(read), new VoicemailEvent.Deleted(read)), bench.told(VoicemailEvent.class));
    }

    @Test
    void messages_go_after_as_many_days_as_the_settings_say() throws IOException {
        var old = leave(ALICE);
        clock.move(Duration.ofDays(29));
        var newer = leave(ALICE);
        clock.move(Duration.ofDays(1).plusSeconds(1));
        timers.push(Duration.ofHours(1));
        assertEquals(List.of(newer), voicemails.newest(ALICE));
        assertEquals(List.of(new VoicemailEvent.Arrived(old), new VoicemailEvent.Arrived(newer), new VoicemailEvent.Deleted(old)), bench.told(VoicemailEvent.class));
    }

    @Test
    void messages_are_kept_for_ever_where_the_settings_say_so() throws IOException {
        server.update(Workbench.ADMIN, Json.object().put("retain_days", 0));
        var old = leave(ALICE);
        clock.move(Duration.ofDays(9_000));
        timers.push(Duration.ofHours(1));
        assertEquals(List.of(old), voicemails.newest(ALICE));
    }

    @Test
    void the_same_words_twice_lie_there_once_and_go_with_the_last() throws IOException {
        var one = leave(ALICE);
        var two = leave(new Mailbox.Own("id102"));
        assertEquals(1, soundsOnDisk());
        voicemails.delete(Workbench.ADMIN, ALICE, one.id());
        timers.push(Duration.ZERO);
        assertTrue(Files.exists(voicemails.sound(two)));
        voicemails.delete(Workbench.ADMIN, two.mailbox(), two.id());
        timers.push(Duration.ZERO);
        assertEquals(0, soundsOnDisk());
    }

    @Test
    void a_user_who_goes_takes_messages_and_their_sound_along() throws IOException {
        leave(ALICE);
        bench.store.write(tx -> tx.run("DELETE FROM users WHERE id = 'id101'"));
        assertEquals(new Voicemails.Count(0, 0), voicemails.count(ALICE));
        timers.push(Duration.ofHours(2));
        assertEquals(0, soundsOnDisk());
    }

    @Test
    void a_mailbox_has_an_end() throws IOException {
        var first = leave(ALICE);
        bench.store.write(tx -> {
            for (int i = 1; i < 1_000; i++) {
                tx.run("""
                        INSERT INTO voicemails (id, user_id, sender, sender_name, created_at, duration, status, file_id, file_name, file_size)
                        VALUES (?, 'id101', '', '', 0, 1, 'READ', ?, '', 1)""", "m" + i, first.fileId());
            }
            return null;
        });
        var wav = Sounds.wav(folder, 1);
        assertEquals(new Deposited.Full(), voicemails.deposit(ALICE, "301", "", clock.instant(), wav));
        assertFalse(Files.exists(wav));
        assertEquals(new Voicemails.Count(1, 999), voicemails.count(ALICE));
        leave(new Mailbox.Own("id102"));
    }

    @Test
    void a_shared_voicemail_is_found_by_its_number_and_opened_by_its_pin() {
        var id = shared.create(Workbench.ADMIN, Json.object().put("name", "Sales").put("extension_number", "700").put("pin", "246813").put("prompt", "de-DE")
                .put("recipients", "a@box.test, b@box.test").put("play_datetime", "12_HOUR_CLOCK"));
        var found = shared.byNumber("700").orElseThrow();
        assertEquals(new SharedVoicemail(id, "Sales", "700", Optional.of(java.util.Locale.GERMANY), true, false, List.of("a@box.test", "b@box.test"),
                Optional.of(SharedVoicemail.Clock.TWELVE_HOURS)), found);
        assertTrue(shared.pinIs(id, "246813"));
        assertFalse(shared.pinIs(id, "246814") || shared.pinIs(id, "") || shared.pinIs("nobody", "246813"));
        assertEquals(Optional.empty(), shared.byNumber("101"));
    }
}
