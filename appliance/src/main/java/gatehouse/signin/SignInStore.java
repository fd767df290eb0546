package gatehouse.signin;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Sole reader and writer of the table {@code sign_ins}. */
public final class SignInStore {
    /** @param profileVersion there when it was made with a profile; @param vouched whether another provider said who it is, so that no password of ours was asked */
    record Row(String id, String family, String userId, Instant accessExpiresAt, Instant refreshExpiresAt, boolean refreshed, int passwordVersion,
               Optional<Integer> profileVersion, boolean vouched) { }

    private static final String COLUMNS = "SELECT id, family, user_id, access_expires_at, refresh_expires_at, refreshed_at, password_version, profile_version, vouched FROM sign_ins";
    private final Store store;

    public SignInStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    Optional<Row> byAccess(byte[] hash) {
        return store.read(tx -> tx.one(COLUMNS + " WHERE access_hash = ?", SignInStore::row, hash));
    }

    Optional<Row> byRefresh(Tx tx, byte[] hash) {
        return tx.one(COLUMNS + " WHERE refresh_hash = ?", SignInStore::row, hash);
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(row.getString("id"), row.getString("family"), row.getString("user_id"), Instant.ofEpochMilli(row.getLong("access_expires_at")),
                Instant.ofEpochMilli(row.getLong("refresh_expires_at")), row.getObject("refreshed_at") != null, row.getInt("password_version"),
                Optional.ofNullable((Integer) row.getObject("profile_version")), row.getInt("vouched") == 1);
    }

    void insert(Tx tx, Row row, byte[] accessHash, byte[] refreshHash) {
        tx.run("""
                INSERT INTO sign_ins (id, family, user_id, access_hash, refresh_hash, access_expires_at, refresh_expires_at,
                                      password_version, profile_version, vouched)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", row.id(), row.family(), row.userId(), accessHash, refreshHash, row.accessExpiresAt(),
                row.refreshExpiresAt(), row.passwordVersion(), row.profileVersion().orElse(null), row.vouched());
    }

    void markRefreshed(Tx tx, String id, Instant now) {
        tx.run("UPDATE sign_ins SET refreshed_at = ?, access_expires_at = min(access_expires_at, ?) WHERE id = ?", now, now, id);
    }

    void endFamily(Tx tx, String family) {
        tx.run("DELETE FROM sign_ins WHERE family = ?", family);
    }

    void endAllOf(String userId) {
        store.write(tx -> tx.run("DELETE FROM sign_ins WHERE user_id = ?", userId));
    }

    void endFamilyOf(byte[] accessHash) {
        store.write(tx -> tx.run("DELETE FROM sign_ins WHERE family = (SELECT family FROM sign_ins WHERE access_hash = ?)", accessHash));
    }

    /** Keeps the newest {@code most} of a user; leans on sign_ins_by_user. */
    void keepNewest(Tx tx, String userId, int most) {
        tx.run("""
                DELETE FROM sign_ins WHERE user_id = ? AND id NOT IN
                    (SELECT id FROM sign_ins WHERE user_id = ? ORDER BY refresh_expires_at DESC, rowid DESC LIMIT ?)""", userId, userId, most);
    }

    /** Leans on sign_ins_by_end. */
    void dropExpired(Tx tx, Instant now) {
        tx.run("DELETE FROM sign_ins WHERE refresh_expires_at < ?", now);
    }
}
