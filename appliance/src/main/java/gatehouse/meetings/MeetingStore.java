package gatehouse.meetings;

import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of {@code meeting_invitees} and {@code room_recordings}; knows what of {@code meetings} a user may see. */
final class MeetingStore {
    /** Arguments: the user's id, the user's number. Leans on meetings_by_owner and meeting_invitees_by_number. */
    static final String VISIBLE = "(owner = ? OR id IN (SELECT meeting_id FROM meeting_invitees WHERE number = ?))";
    private static final int MOST_LISTED = 1_000; // the contract's list has no pages
    private static final String RECORDING = "SELECT id, room_id, file_id, answered_at, ended_at, read FROM room_recordings WHERE room_id = ?";

    private MeetingStore() {
    }

    static void invite(Tx tx, String meetingId, Collection<String> numbers) {
        tx.run("DELETE FROM meeting_invitees WHERE meeting_id = ?", meetingId);
        for (var number : numbers) {
            tx.run("INSERT INTO meeting_invitees (meeting_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING", meetingId, number);
        }
    }

    static boolean isInvited(Tx tx, String meetingId, String number) {
        return tx.one("SELECT 1 AS yes FROM meeting_invitees WHERE meeting_id = ? AND number = ?", _ -> true, meetingId, number).isPresent();
    }

    static Optional<String> ownerOf(Tx tx, String meetingId) {
        return tx.one("SELECT owner FROM meetings WHERE id = ?", row -> row.getString("owner"), meetingId);
    }

    static void insert(Tx tx, RoomRecording recording) {
        tx.run("INSERT INTO room_recordings (id, room_id, file_id, answered_at, ended_at, read) VALUES (?, ?, ?, ?, ?, ?)", recording.id(), recording.roomId(),
                recording.fileId(), recording.answeredAt(), recording.endedAt(), recording.read());
    }

    /** Newest first; leans on room_recordings_by_room. */
    static List<RoomRecording> recordings(Tx tx, String roomId) {
        return tx.list(RECORDING + " ORDER BY answered_at DESC, id LIMIT ?", MeetingStore::recording, roomId, MOST_LISTED);
    }

    static Optional<RoomRecording> recording(Tx tx, String roomId, String id) {
        return tx.one(RECORDING + " AND id = ?", MeetingStore::recording, roomId, id);
    }

    static void setRead(Tx tx, String id, boolean read) {
        tx.run("UPDATE room_recordings SET read = ? WHERE id = ?", read, id);
    }

    static void delete(Tx tx, String id) {
        tx.run("DELETE FROM room_recordings WHERE id = ?", id);
    }

    private static RoomRecording recording(java.sql.ResultSet row) throws java.sql.SQLException {
        return new RoomRecording(row.getString("id"), row.getString("room_id"), row.getString("file_id"), Instant.ofEpochMilli(row.getLong("answered_at")),
                Instant.ofEpochMilli(row.getLong("ended_at")), row.getInt("read") == 1);
    }
}
