package gatehouse.recordings;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.recordings.Recording.Track;
import gatehouse.recordings.Recording.Whole;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the tables {@code recordings}, {@code recording_tracks} and {@code recording_users}. */
public final class RecordingStore {
    private static final String COLUMNS = "recordings.id, call_id, caller, callee, started_at, ended_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM recordings ";
    private static final String THEIRS = "JOIN recording_users ON recording_users.recording_id = recordings.id ";
    private static final int BATCH = 200;

    /** Newest first; leans on recordings_by_time. */
    static final Listing LISTING = listing("recordings");
    /** Leans on the key of recording_users. */
    static final Listing OWN = listing("recordings " + THEIRS);

    private final Store store;

    public RecordingStore(Store store) {
        this.store = store;
    }

    private static Listing listing(String from) {
        return Listing.of(from, "started_at DESC, recordings.id DESC", Field.text("id", "recordings.id"), Field.searchedText("caller", "caller"),
                Field.searchedText("callee", "callee"), Field.time("started_at", "started_at"), Field.time("ended_at", "ended_at"));
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Page<Recording> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, RecordingStore::row, ""));
    }

    Page<Recording> pageOf(String userId, ListQuery query) {
        return store.read(tx -> OWN.page(tx, query, COLUMNS, RecordingStore::row, "recording_users.user_id = ?", userId));
    }

    Optional<Recording> byId(Tx tx, String id) {
        return tx.one(SELECT + "WHERE recordings.id = ?", RecordingStore::row, id);
    }

    Optional<Recording> byId(Tx tx, String userId, String id) {
        return tx.one(SELECT + THEIRS + "WHERE recordings.id = ? AND recording_users.user_id = ?", RecordingStore::row, id, userId);
    }

    List<Track> tracks(Tx tx, String id) {
        return tx.list("SELECT caller, callee, started_at, ended_at, duration, file_id FROM recording_tracks WHERE recording_id = ? ORDER BY position",
                row -> new Track(row.getString("caller"), row.getString("callee"), time(row, "started_at"), time(row, "ended_at"),
                        Duration.ofSeconds(row.getLong("duration")), row.getString("file_id")), id);
    }

    private static Recording row(ResultSet row) throws SQLException {
        return new Recording(row.getString("id"), row.getString("call_id"), row.getString("caller"), row.getString("callee"), time(row, "started_at"),
                time(row, "ended_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    void insert(Tx tx, Whole whole, Collection<String> userIds) {
        var recording = whole.recording();
        tx.run("INSERT INTO recordings (id, call_id, caller, callee, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)", recording.id(), recording.callId(),
                recording.caller(), recording.callee(), recording.startedAt(), recording.endedAt());
        for (int i = 0; i < whole.tracks().size(); i++) {
            var track = whole.tracks().get(i);
            tx.run("""
                    INSERT INTO recording_tracks (recording_id, position, caller, callee, started_at, ended_at, duration, file_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", recording.id(), i, track.caller(), track.callee(), track.startedAt(), track.endedAt(),
                    track.duration().toSeconds(), track.fileId());
        }
        userIds.forEach(user -> tx.run("INSERT INTO recording_users (user_id, recording_id) VALUES (?, ?)", user, recording.id()));
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM recordings WHERE id = ?", id);
    }

    /** Some of those that ended before {@code cutoff} began; leans on recordings_by_time. */
    List<Recording> before(Tx tx, Instant cutoff) {
        return tx.list(SELECT + "WHERE started_at < ? ORDER BY started_at LIMIT ?", RecordingStore::row, cutoff, BATCH);
    }
}
