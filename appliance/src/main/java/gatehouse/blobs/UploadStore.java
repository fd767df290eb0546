package gatehouse.blobs;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the table {@code uploads}. */
final class UploadStore {
    /**
     * @param owner    the id of the user who began it
     * @param received bytes that are safe on the disk
     * @param fileId   the file it became; empty until it is complete
     */
    record Upload(String id, byte[] tokenHash, String owner, String name, boolean temporary, long received, Optional<String> fileId) { }

    private static final String SELECT = "SELECT id, token_hash, owner, name, temporary, received, file_id FROM uploads ";
    private final Store store;

    UploadStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    Optional<Upload> byId(String owner, String id) {
        return store.read(tx -> tx.one(SELECT + "WHERE id = ? AND owner = ?", UploadStore::row, id, owner));
    }

    private static Upload row(ResultSet row) throws SQLException {
        return new Upload(row.getString("id"), row.getBytes("token_hash"), row.getString("owner"), row.getString("name"), row.getInt("temporary") == 1,
                row.getLong("received"), Optional.ofNullable(row.getString("file_id")));
    }

    record Open(long count, long bytes) { }

    /** What somebody has begun and not completed; leans on uploads_by_owner. */
    Open openOf(Tx tx, String owner) {
        return tx.one("SELECT count(*) AS n, coalesce(sum(received), 0) AS bytes FROM uploads WHERE owner = ? AND file_id IS NULL",
                row -> new Open(row.getLong("n"), row.getLong("bytes")), owner).orElseThrow();
    }

    void insert(Tx tx, Upload upload, Instant now) {
        tx.run("INSERT INTO uploads (id, token_hash, owner, name, temporary, touched_at) VALUES (?, ?, ?, ?, ?, ?)", upload.id(), upload.tokenHash(),
                upload.owner(), upload.name(), upload.temporary(), now);
    }

    /** @return whether it is still there */
    boolean received(String id, long received, Instant now) {
        return store.write(tx -> tx.run("UPDATE uploads SET received = ?, touched_at = ? WHERE id = ?", received, now, id)) == 1;
    }

    /** @return whether it is still there */
    boolean completed(Tx tx, String id, String fileId) {
        return tx.run("UPDATE uploads SET file_id = ? WHERE id = ?", fileId, id) == 1;
    }

    void delete(String id) {
        store.write(tx -> tx.run("DELETE FROM uploads WHERE id = ?", id));
    }

    /** Leans on uploads_by_time. */
    void deleteUntouchedSince(Tx tx, Instant before) {
        tx.run("DELETE FROM uploads WHERE touched_at < ?", before);
    }

    List<String> ids(Tx tx) {
        return tx.list("SELECT id FROM uploads", row -> row.getString("id"));
    }
}
