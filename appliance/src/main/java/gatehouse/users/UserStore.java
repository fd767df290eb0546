package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.changes.ChangeType;
import gatehouse.changes.Changes;
import gatehouse.changes.Feed;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sole reader and writer of the table {@code users}. */
public final class UserStore {
    /** Where changes of users with an extension are noted: written here, so that no change can be made without its note. */
    public static final Feed EXTENSIONS = Feed.ofAll("extensions");

    private static final String COLUMNS = """
            SELECT id, name, role, enabled, display_name, email, extension_number, password_hash, sip_secret, voicemail_pin, settings, created_at,
                   password_version
            FROM users""";

    /** A user with what is never shown; sealed secrets. */
    record Row(User user, String passwordHash, byte[] sipSecret, byte[] voicemailPin, int passwordVersion) {
        Row with(User changed, byte[] pin) {
            return new Row(changed, passwordHash, sipSecret, pin, passwordVersion);
        }

        Row withPassword(String hash) {
            return new Row(user, hash, sipSecret, voicemailPin, passwordVersion + 1);
        }

        Row withSipSecret(byte[] sealed) {
            return new Row(user, passwordHash, sealed, voicemailPin, passwordVersion);
        }
    }

    private final Store store;
    private final Changes changes;

    public UserStore(Store store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    List<Row> all() {
        return store.read(tx -> tx.list(COLUMNS, UserStore::row));
    }

    Optional<Row> byId(Tx tx, String id) {
        return tx.one(COLUMNS + " WHERE id = ?", UserStore::row, id);
    }

    /** Those of {@code ids} that there are. */
    List<User> byIds(Tx tx, Collection<String> ids) {
        var wanted = Json.object().putArray("ids");
        ids.forEach(wanted::add);
        return tx.list(COLUMNS + " WHERE id IN (SELECT value FROM json_each(?))", row -> row(row).user(), wanted.toString());
    }

    record Page(long count, List<User> users) { }

    Page page(int skip, int top) {
        return store.read(tx -> new Page(tx.one("SELECT count(*) AS n FROM users", row -> row.getLong("n")).orElseThrow(),
                tx.list(COLUMNS + " ORDER BY name_key LIMIT ? OFFSET ?", row -> row(row).user(), top, skip)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(new User(row.getString("id"), row.getString("name"), row.getString("role"), row.getInt("enabled") == 1,
                row.getString("display_name"), row.getString("email"), Optional.ofNullable(row.getString("extension_number")),
                (ObjectNode) Json.parse(row.getString("settings")), Instant.ofEpochMilli(row.getLong("created_at"))),
                row.getString("password_hash"), row.getBytes("sip_secret"), row.getBytes("voicemail_pin"), row.getInt("password_version"));
    }

    Optional<String> nameOwner(Tx tx, String name) {
        return tx.one("SELECT display_name FROM users WHERE name_key = ?", row -> row.getString("display_name"), key(name));
    }

    void insert(Tx tx, Row row) {
        var user = row.user();
        tx.run("""
                INSERT INTO users (id, name, name_key, role, enabled, display_name, email, extension_number, password_hash, sip_secret,
                                   voicemail_pin, settings, created_at, password_version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", user.id(), user.name(), key(user.name()), user.role(), user.enabled(),
                user.displayName(), user.email(), user.extensionNumber().orElse(null), row.passwordHash(), row.sipSecret(), row.voicemailPin(),
                user.settings().toString(), user.createdAt(), row.passwordVersion());
        note(tx, user, ChangeType.CREATED);
    }

    private void note(Tx tx, User user, ChangeType change) {
        changes.record(tx, EXTENSIONS, user.id(), user.extensionNumber().isPresent() ? change : ChangeType.DELETED);
    }

    void update(Tx tx, Row row) {
        var user = row.user();
        tx.run("""
                UPDATE users SET role = ?, enabled = ?, display_name = ?, email = ?, password_hash = ?, sip_secret = ?, voicemail_pin = ?, settings = ?,
                                 password_version = ?
                WHERE id = ?""", user.role(), user.enabled(), user.displayName(), user.email(), row.passwordHash(), row.sipSecret(),
                row.voicemailPin(), user.settings().toString(), row.passwordVersion(), user.id());
        note(tx, user, ChangeType.UPDATED);
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM users WHERE id = ?", id);
        changes.record(tx, EXTENSIONS, id, ChangeType.DELETED);
        changes.forget(tx, id);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
