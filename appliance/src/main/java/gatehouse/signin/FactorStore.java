package gatehouse.signin;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Sole reader and writer of the tables {@code sign_in_challenges}, {@code authenticators} and {@code password_resets}. */
public final class FactorStore {
    /** @param codeHash null before a code was mailed; @param sentAt null likewise */
    record Challenge(byte[] hash, String userId, int passwordVersion, Instant expiresAt, byte[] codeHash, Instant sentAt, int sends, int tries) { }

    /** @param secret sealed */
    record Authenticator(String userId, byte[] secret, boolean confirmed, long lastStep) { }

    record Reset(byte[] hash, String userId, int passwordVersion, Instant expiresAt) { }

    private static final int MOST_A_USER = 5; // whoever knows a password and goes on starting sign-ins ends the oldest

    private final Store store;

    public FactorStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    void insert(Tx tx, Challenge challenge, Instant now) {
        tx.run("DELETE FROM sign_in_challenges WHERE expires_at < ?", now);
        tx.run("""
                DELETE FROM sign_in_challenges WHERE user_id = ? AND token_hash NOT IN
                    (SELECT token_hash FROM sign_in_challenges WHERE user_id = ? ORDER BY expires_at DESC LIMIT ?)""", challenge.userId(),
                challenge.userId(), MOST_A_USER - 1);
        tx.run("INSERT INTO sign_in_challenges (token_hash, user_id, password_version, expires_at) VALUES (?, ?, ?, ?)", challenge.hash(),
                challenge.userId(), challenge.passwordVersion(), challenge.expiresAt());
    }

    Optional<Challenge> challenge(Tx tx, byte[] hash) {
        return tx.one("""
                SELECT token_hash, user_id, password_version, expires_at, code_hash, sent_at, sends, tries FROM sign_in_challenges
                WHERE token_hash = ?""", row -> new Challenge(row.getBytes("token_hash"), row.getString("user_id"), row.getInt("password_version"),
                Instant.ofEpochMilli(row.getLong("expires_at")), row.getBytes("code_hash"),
                row.getObject("sent_at") == null ? null : Instant.ofEpochMilli(row.getLong("sent_at")), row.getInt("sends"), row.getInt("tries")), hash);
    }

    void sent(Tx tx, byte[] hash, byte[] codeHash, Instant now) {
        tx.run("UPDATE sign_in_challenges SET code_hash = ?, sent_at = ?, sends = sends + 1 WHERE token_hash = ?", codeHash, now, hash);
    }

    void tried(Tx tx, byte[] hash) {
        tx.run("UPDATE sign_in_challenges SET tries = tries + 1 WHERE token_hash = ?", hash);
    }

    void drop(Tx tx, byte[] hash) {
        tx.run("DELETE FROM sign_in_challenges WHERE token_hash = ?", hash);
    }

    Optional<Authenticator> authenticator(Tx tx, String userId) {
        return tx.one("SELECT user_id, secret, confirmed, last_step FROM authenticators WHERE user_id = ?", row -> new Authenticator(
                row.getString("user_id"), row.getBytes("secret"), row.getInt("confirmed") != 0, row.getLong("last_step")), userId);
    }

    void save(Tx tx, Authenticator authenticator) {
        tx.run("""
                INSERT INTO authenticators (user_id, secret, confirmed, last_step) VALUES (?, ?, ?, ?)
                ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, confirmed = excluded.confirmed, last_step = excluded.last_step""",
                authenticator.userId(), authenticator.secret(), authenticator.confirmed(), authenticator.lastStep());
    }

    boolean removeAuthenticator(Tx tx, String userId) {
        return tx.run("DELETE FROM authenticators WHERE user_id = ?", userId) > 0;
    }

    /** The newest link of a user is the one that holds. */
    void insert(Tx tx, Reset reset, Instant now) {
        tx.run("DELETE FROM password_resets WHERE expires_at < ? OR user_id = ?", now, reset.userId());
        tx.run("INSERT INTO password_resets (token_hash, user_id, password_version, expires_at) VALUES (?, ?, ?, ?)", reset.hash(), reset.userId(),
                reset.passwordVersion(), reset.expiresAt());
    }

    Optional<Reset> reset(Tx tx, byte[] hash) {
        return tx.one("SELECT token_hash, user_id, password_version, expires_at FROM password_resets WHERE token_hash = ?", row -> new Reset(
                row.getBytes("token_hash"), row.getString("user_id"), row.getInt("password_version"), Instant.ofEpochMilli(row.getLong("expires_at"))), hash);
    }

    /** @return false when somebody else used it first */
    boolean use(Tx tx, Reset reset) {
        return tx.run("DELETE FROM password_resets WHERE token_hash = ?", reset.hash()) > 0;
    }
}
