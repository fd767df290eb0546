package gatehouse.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.blobs.FileKeeping;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.ProblemException;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberStore;
import gatehouse.resources.Keeping;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ManualTimers;
import gatehouse.users.UserStore;
import gatehouse.users.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine leaves of a conference, and what becomes of it. */
class RoomRecordingsTest {
    private static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");
    private static final Instant BEGAN = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    Path folder;
    private SqliteStore store;
    private Events events;
    private FileKeeping keptFiles;
    private Meetings meetings;

    @BeforeEach
    void open() {
        var random = new SecureRandom();
        var ids = new Ids(random);
        var clock = Clock.systemUTC();
        var timers = new ManualTimers();
        store = new SqliteStore(folder.resolve("box.db"));
        events = new Events();
        var audit = new Audit(new AuditStore(store), clock, ids);
        var sealer = new Sealer(folder.resolve("box.key"), random);
        keptFiles = new FileKeeping(folder, store, audit, clock, System::nanoTime, timers, ids);
        var users = new Users(new UserStore(store, new Changes(new ChangeStore(store), timers, clock)), new Passwords(random, 1_000), sealer, clock, ids);
        meetings = new Meetings(new Keeping(store, new ExtensionNumbers(new NumberStore(store)), sealer, audit, events, clock, ids), users,
                (_, _) -> Set.of(), keptFiles.files(), MeetingEngine.NONE);
    }

    @AfterEach
    void close() {
        events.close();
        store.close();
    }

    private String room() {
        return meetings.createRoom(ADMIN, (ObjectNode) Json.parse("{\"subject\":\"Board\",\"extension_number\":\"800\",\"mode\":\"AUDIO\",\"capacity\":5,"
                + "\"admin_pin\":\"4711\"}"));
    }

    private RoomRecording recorded(String room) throws IOException {
        var wav = keptFiles.files().draft();
        Files.write(wav, new byte[] {1, 2, 3});
        return meetings.keep(room, BEGAN, BEGAN.plusSeconds(90), wav);
    }

    @Test
    void a_recording_is_kept_marked_and_gone_with_its_file_when_removed() throws IOException {
        var room = room();
        var recording = recorded(room);
        meetings.setRead(room, recording.id(), true);
        var listed = meetings.recordings(room);
        assertTrue(listed.getFirst().read());
        var file = keptFiles.files().path(meetings.filesOf(listed).get(recording.fileId()));
        assertEquals(3, Files.size(file));
        meetings.deleteRecording(ADMIN, room, recording.id());
        assertEquals(0, meetings.recordings(room).size());
        assertThrows(ProblemException.class, () -> meetings.setRead(room, recording.id(), false));
    }

    @Test
    void nothing_is_kept_for_a_room_that_is_not_there() {
        assertThrows(ProblemException.class, () -> recorded("nowhere"));
    }

    @Test
    void recordings_go_with_their_room() throws IOException {
        var room = room();
        var recording = recorded(room);
        meetings.rooms().delete(ADMIN, "", room);
        assertFalse(store.<Boolean>read(tx -> keptFiles.files().find(tx, recording.fileId()).isPresent()));
    }

    @Test
    void the_engine_finds_a_room_by_its_number_with_its_pins() {
        room();
        var found = meetings.byNumber("800").orElseThrow();
        assertEquals("4711", found.adminPin().orElseThrow());
        assertTrue(found.roomPin().isEmpty());
        assertTrue(meetings.byNumber("801").isEmpty());
    }
}
