package gatehouse.music;

import gatehouse.music.MusicOnHold.Piece;
import gatehouse.music.MusicOnHold.PlayType;
import gatehouse.music.MusicOnHold.Settings;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the tables {@code moh_server}, which has one row, and {@code moh_musics}. */
public final class MusicStore {
    private final Store store;

    public MusicStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Settings settings() {
        return store.read(this::settings);
    }

    Settings settings(Tx tx) {
        return tx.one("SELECT enabled, play_type FROM moh_server", row -> new Settings(row.getInt("enabled") == 1,
                PlayType.valueOf(row.getString("play_type")))).orElseThrow();
    }

    void save(Tx tx, Settings settings) {
        tx.run("UPDATE moh_server SET enabled = ?, play_type = ?", settings.enabled(), settings.playType());
    }

    /** Oldest first; leans on moh_musics_by_time. */
    List<Piece> pieces(Tx tx) {
        return tx.list("SELECT id, file_id FROM moh_musics ORDER BY created_at, id", MusicStore::row);
    }

    Optional<Piece> byId(Tx tx, String id) {
        return tx.one("SELECT id, file_id FROM moh_musics WHERE id = ?", MusicStore::row, id);
    }

    private static Piece row(ResultSet row) throws SQLException {
        return new Piece(row.getString("id"), row.getString("file_id"));
    }

    void insert(Tx tx, Piece piece, Instant now) {
        tx.run("INSERT INTO moh_musics (id, file_id, created_at) VALUES (?, ?, ?)", piece.id(), piece.fileId(), now);
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM moh_musics WHERE id = ?", id);
    }
}
