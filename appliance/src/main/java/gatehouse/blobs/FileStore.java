package gatehouse.blobs;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sole reader and writer of the tables {@code blobs}, {@code files} and {@code file_uses}. */
final class FileStore {
    /** Who made a file: a person, or the box itself (a recording), whose files are nobody's to list or to use again. */
    enum Origin { UPLOAD, BOX }

    private static final String FROM = "files JOIN blobs ON blobs.digest = files.digest";
    private static final String COLUMNS = "files.id, files.name, files.digest, blobs.size, blobs.media_type, blobs.duration_ms, blobs.sound_fault, files.created_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM " + FROM + " ";
    private static final String NO_USE = "NOT EXISTS (SELECT 1 FROM file_uses WHERE file_uses.file_id = files.id)"; // file_uses_by_file

    /** Newest first. */
    static final Listing LISTING = Listing.of(FROM, "files.created_at DESC, files.id DESC", Field.text("id", "files.id"),
            Field.searchedText("name", "files.name"), Field.number("size", "blobs.size"), Field.searchedText("media_type", "blobs.media_type"),
            Field.time("created_at", "files.created_at"));

    private final Store store;

    FileStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    /** Leans on files_by_time. */
    Page<StoredFile> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, FileStore::row, "files.origin = ?", Origin.UPLOAD));
    }

    Optional<StoredFile> byId(Tx tx, String id) {
        return tx.one(SELECT + "WHERE files.id = ?", FileStore::row, id);
    }

    Optional<StoredFile> uploaded(Tx tx, String id) {
        return tx.one(SELECT + "WHERE files.id = ? AND files.origin = ?", FileStore::row, id, Origin.UPLOAD);
    }

    List<StoredFile> uploaded(Tx tx, Collection<String> ids) {
        return tx.list(SELECT + "WHERE files.id IN (SELECT value FROM json_each(?)) AND files.origin = ?", FileStore::row, array(ids), Origin.UPLOAD);
    }

    List<StoredFile> byIds(Tx tx, Collection<String> ids) {
        return tx.list(SELECT + "WHERE files.id IN (SELECT value FROM json_each(?))", FileStore::row, array(ids));
    }

    private static StoredFile row(ResultSet row) throws SQLException {
        var millis = row.getLong("duration_ms");
        var duration = row.wasNull() ? Optional.<Duration>empty() : Optional.of(Duration.ofMillis(millis));
        return new StoredFile(row.getString("id"), row.getString("name"), new Digest(row.getString("digest")), row.getLong("size"),
                row.getString("media_type"), duration, Optional.ofNullable(row.getString("sound_fault")), Instant.ofEpochMilli(row.getLong("created_at")));
    }

    Optional<String> mediaType(Digest digest) {
        return store.read(tx -> tx.one("SELECT media_type FROM blobs WHERE digest = ?", row -> row.getString("media_type"), digest.hex()));
    }

    boolean hasBlob(Tx tx, Digest digest) {
        return tx.one("SELECT 1 FROM blobs WHERE digest = ?", row -> true, digest.hex()).isPresent();
    }

    /** Of the given ones, those without a row. */
    List<Digest> unknown(Tx tx, List<Digest> digests) {
        return tx.list("SELECT value FROM json_each(?) WHERE value NOT IN (SELECT digest FROM blobs)", row -> new Digest(row.getString("value")),
                array(digests.stream().map(Digest::hex).toList()));
    }

    /** @param owner whose upload it was; null for none */
    void insert(Tx tx, StoredFile file, Origin origin, boolean temporary, String owner) {
        tx.run("""
                INSERT INTO blobs (digest, size, media_type, duration_ms, sound_fault, created_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (digest) DO NOTHING""", file.digest().hex(), file.size(), file.mediaType(), file.duration().map(Duration::toMillis).orElse(null),
                file.soundFault().orElse(null), file.createdAt());
        tx.run("INSERT INTO files (id, digest, name, origin, temporary, owner, created_at, unused_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", file.id(),
                file.digest().hex(), file.name(), origin, temporary, owner, file.createdAt(), file.createdAt());
    }

    void use(Tx tx, String kind, String user, String fileId) {
        tx.run("INSERT INTO file_uses (user_kind, user_id, file_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", kind, user, fileId);
        tx.run("UPDATE files SET unused_since = NULL WHERE id = ?", fileId);
    }

    List<String> usedBy(Tx tx, String kind, String user) {
        return tx.list("SELECT file_id FROM file_uses WHERE user_kind = ? AND user_id = ?", row -> row.getString("file_id"), kind, user);
    }

    /** The kinds of users a file has, at most three. */
    List<String> usersOf(Tx tx, String fileId) {
        return tx.list("SELECT DISTINCT user_kind FROM file_uses WHERE file_id = ? LIMIT 3", row -> row.getString("user_kind"), fileId);
    }

    void endUse(Tx tx, String kind, String user, String fileId, Instant now) {
        tx.run("DELETE FROM file_uses WHERE user_kind = ? AND user_id = ? AND file_id = ?", kind, user, fileId);
        tx.run("UPDATE files SET unused_since = ? WHERE id = ? AND " + NO_USE, now, fileId);
    }

    /** Removes those that nobody uses. @return the digests they had */
    List<Digest> deleteUnused(Tx tx, Collection<String> ids) {
        return ids.isEmpty() ? List.of() : tx.list("DELETE FROM files WHERE id IN (SELECT value FROM json_each(?)) AND " + NO_USE + " RETURNING digest",
                FileStore::digest, array(ids));
    }

    /** What went with its user (a cascade) tells nobody: marked here. Reads every file. */
    void markUnused(Tx tx, Instant now) {
        tx.run("UPDATE files SET unused_since = ? WHERE unused_since IS NULL AND " + NO_USE, now);
    }

    /** Removes what nothing needs: the box's own files, uploads of people who are gone, and others after a while; leans on files_unused. */
    void deleteStale(Tx tx, Instant temporaryBefore, Instant otherBefore) {
        tx.run("""
                DELETE FROM files WHERE unused_since IS NOT NULL AND (origin = 'BOX' OR owner IS NULL OR unused_since < CASE temporary WHEN 1 THEN ? ELSE ? END)
                AND\s""" + NO_USE, temporaryBefore, otherBefore);
    }

    /** Removes the rows of those blobs that no file has. @return these */
    List<Digest> deleteBlobs(Tx tx, List<Digest> maybe) {
        return tx.list("""
                DELETE FROM blobs WHERE digest IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM files WHERE files.digest = blobs.digest)
                RETURNING digest""", FileStore::digest, array(maybe.stream().map(Digest::hex).toList()));
    }

    /** Reads every blob. */
    List<Digest> blobsWithoutFile(Tx tx) {
        return tx.list("SELECT digest FROM blobs WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.digest = blobs.digest)", FileStore::digest);
    }

    record Unused(long count, long bytes) { }

    /** What somebody uploaded and nothing uses; leans on files_by_owner. */
    Unused unusedOf(Tx tx, String owner) {
        return tx.one("SELECT count(*) AS n, coalesce(sum(blobs.size), 0) AS bytes FROM " + FROM + " WHERE files.owner = ? AND files.unused_since IS NOT NULL",
                row -> new Unused(row.getLong("n"), row.getLong("bytes")), owner).orElseThrow();
    }

    private static Digest digest(ResultSet row) throws SQLException {
        return new Digest(row.getString("digest"));
    }

    /** Ids and digests have no character that JSON would escape. */
    private static String array(Collection<String> values) {
        return values.stream().map(value -> "\"" + value.replaceAll("[^0-9A-Za-z_-]", "") + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
