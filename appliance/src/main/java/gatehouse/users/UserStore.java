package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.changes.ChangeType;
import gatehouse.changes.Changes;
import gatehouse.changes.Feed;
import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
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

    private static final String FIELDS = """
            id, name, role, enabled, display_name, email, extension_number, password_hash, password_version, own_password, sip_secret, voicemail_pin,
            profile, profile_version, settings, created_at""";
    private static final String COLUMNS = "SELECT " + FIELDS + " FROM users";
    static final Listing LISTING = Listing.of("users", "name_key", Field.searchedText("name", "name").sortedBy("name_key"), Field.text("id", "id"),
            Field.searchedText("display_name", "display_name"), Field.searchedText("email", "email"), Field.text("role", "role"),
            Field.bool("enabled", "enabled"), Field.searchedText("extension_number", "extension_number"), Field.time("created_at", "created_at"),
            setting("mobile_phone"), setting("work_phone"), setting("home_phone"), setting("address"), setting("department"));

    private static Field setting(String name) {
        return Field.searchedText(name, "json_extract(settings, '$." + name + "')");
    }

    /**
     * A user with what is never shown.
     *
     * @param password   its hash, and who chose it
     * @param sipSecret  sealed; null for none, as the two below
     */
    record Row(User user, Password password, byte[] sipSecret, byte[] voicemailPin, Profile profile) {
        /** @param version counts the passwords there were: a sign-in holds for the one it was made with */
        record Password(String hash, int version, boolean own) {
            Password next(String other, boolean chosenByOwner) {
                return new Password(other, version + 1, chosenByOwner);
            }
        }

        /** What an app signs in with. @param version counts as that of a password */
        record Profile(byte[] sealed, int version) {
            Profile next(byte[] other) {
                return new Profile(other, version + 1);
            }
        }

        Row with(User changed) {
            return new Row(changed, password, sipSecret, voicemailPin, profile);
        }

        Row withPin(byte[] pin) {
            return new Row(user, password, sipSecret, pin, profile);
        }

        Row withPassword(Password other) {
            return new Row(user, other, sipSecret, voicemailPin, profile);
        }

        Row withSipSecret(byte[] sealed) {
            return new Row(user, password, sealed, voicemailPin, profile);
        }

        Row withProfile(Profile other) {
            return new Row(user, password, sipSecret, voicemailPin, other);
        }
    }

    private final Store store;
    private final Changes changes;

    public UserStore(Store store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    Store store() {
        return store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    /** Who was here before everybody else: the first administrator, whom nobody can remove. */
    Optional<String> first() {
        return store.read(tx -> tx.one("SELECT id FROM users ORDER BY rowid LIMIT 1", row -> row.getString("id")));
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

    Page<User> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, FIELDS, row -> row(row).user(), ""));
    }

    /** Those that match, in order; leans on nothing but the table: exports are rare. */
    List<User> matching(ListQuery query, int most) {
        return store.read(tx -> LISTING.everything(tx, query, most, FIELDS, row -> row(row).user(), ""));
    }

    /** Leans on users_by_role. */
    List<Row> withRole(Tx tx, String role) {
        return tx.list(COLUMNS + " WHERE role = ?", UserStore::row, role);
    }

    /** Those with a caller id of this trunk. */
    List<Row> withCallerIdsOf(Tx tx, String trunkId) {
        return tx.list(COLUMNS + " WHERE EXISTS (SELECT 1 FROM json_each(settings, '$.outbound_caller_ids') AS entry"
                + " WHERE json_extract(entry.value, '$.provider_id') = ?)", UserStore::row, trunkId);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(new User(row.getString("id"), row.getString("name"), row.getString("role"), row.getInt("enabled") == 1,
                row.getString("display_name"), row.getString("email"), Optional.ofNullable(row.getString("extension_number")),
                (ObjectNode) Json.parse(row.getString("settings")), Instant.ofEpochMilli(row.getLong("created_at"))),
                new Row.Password(row.getString("password_hash"), row.getInt("password_version"), row.getInt("own_password") == 1),
                row.getBytes("sip_secret"), row.getBytes("voicemail_pin"), new Row.Profile(row.getBytes("profile"), row.getInt("profile_version")));
    }

    Optional<String> nameOwner(Tx tx, String name) {
        return tx.one("SELECT display_name FROM users WHERE name_key = ?", row -> row.getString("display_name"), key(name));
    }

    long count(Tx tx) {
        return tx.one("SELECT count(*) AS n FROM users", row -> row.getLong("n")).orElseThrow();
    }

    void insert(Tx tx, Row row) {
        var user = row.user();
        tx.run("INSERT INTO users (" + FIELDS + ", name_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", user.id(), user.name(),
                user.role(), user.enabled(), user.displayName(), user.email(), user.extensionNumber().orElse(null), row.password().hash(),
                row.password().version(), row.password().own(), row.sipSecret(), row.voicemailPin(), row.profile().sealed(), row.profile().version(),
                user.settings().toString(), user.createdAt(), key(user.name()));
        note(tx, user, ChangeType.CREATED);
    }

    private void note(Tx tx, User user, ChangeType change) {
        changes.record(tx, EXTENSIONS, user.id(), user.extensionNumber().isPresent() ? change : ChangeType.DELETED);
    }

    void update(Tx tx, Row row) {
        var user = row.user();
        tx.run("""
                UPDATE users SET name = ?, name_key = ?, role = ?, enabled = ?, display_name = ?, email = ?, password_hash = ?, password_version = ?,
                                 own_password = ?, sip_secret = ?, voicemail_pin = ?, profile = ?, profile_version = ?, settings = ?
                WHERE id = ?""", user.name(), key(user.name()), user.role(), user.enabled(), user.displayName(), user.email(),
                row.password().hash(), row.password().version(), row.password().own(), row.sipSecret(), row.voicemailPin(), row.profile().sealed(), row.profile().version(),
                user.settings().toString(), user.id());
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
