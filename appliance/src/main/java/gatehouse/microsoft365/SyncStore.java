package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sole reader and writer of the tables {@code ms365_sources}, {@code ms365_directory} and {@code ms365_sync}. */
public final class SyncStore {
    /** What a source brings, and for whom. */
    enum Kind { USERS, COMPANY, PERSONAL }

    /**
     * One thing that is read page by page.
     *
     * @param mailbox  whose contacts; empty for the directory
     * @param userId   whose address book they go into; null for the company's
     * @param link     null: everything is read anew
     * @param whole    such a reading is under way
     * @param sweeping it is over, and what it did not bring goes
     */
    record Source(String name, Kind kind, String mailbox, String userId, String link, long round, boolean whole, boolean sweeping, String fault) {
        static Source users() {
            return fresh("users", Kind.USERS, "", null);
        }

        static Source company(String mailbox) {
            return fresh("company " + mailbox, Kind.COMPANY, mailbox, null);
        }

        static Source personal(String mailbox, String userId) {
            return fresh("personal " + userId + " " + mailbox, Kind.PERSONAL, mailbox, userId);
        }

        private static Source fresh(String name, Kind kind, String mailbox, String userId) {
            return new Source(name, kind, mailbox, userId, null, 0, false, false, "");
        }

        /** From its beginning again. */
        Source anew() {
            return new Source(name, kind, mailbox, userId, null, round, false, false, fault);
        }

        /** Before its first page is kept. */
        Source begun() {
            return link == null ? new Source(name, kind, mailbox, userId, null, round + 1, true, false, "") : this;
        }

        Source at(String next, boolean last) {
            return new Source(name, kind, mailbox, userId, next, round, whole && !last, whole && last, "");
        }

        Source swept() {
            return new Source(name, kind, mailbox, userId, link, round, whole, false, fault);
        }

        Source failed(String why) {
            return new Source(name, kind, mailbox, userId, link, round, whole, sweeping, why);
        }
    }

    /**
     * One account of the directory.
     *
     * @param document Graph's fields, as they were last told
     * @param userId   whom it became here, though that user may be gone; null for nobody yet
     * @param made     that user was made for it
     * @param shutOut  that user was shut out because the account ended
     * @param written  what was last written to that user
     */
    record Account(String id, ObjectNode document, boolean gone, String fault, String userId, boolean made, boolean shutOut, ObjectNode written) {
        Account failed(String why) {
            return new Account(id, document, gone, why, userId, made, shutOut, written);
        }

        Account became(String user, boolean isMade, ObjectNode fields) {
            return new Account(id, document, gone, "", user, isMade, false, fields);
        }

        Account with(boolean isShutOut, ObjectNode fields) {
            return new Account(id, document, gone, "", userId, made, isShutOut, fields);
        }
    }

    private static final String SOURCES = "SELECT source, kind, mailbox, user_id, link, round, whole, sweeping, fault FROM ms365_sources";
    private static final String ACCOUNTS = "SELECT ms365_id, document, gone, fault, user_id, made, shut_out, written FROM ms365_directory";

    private final Store store;

    public SyncStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    List<Source> sources(Tx tx) {
        return tx.list(SOURCES + " ORDER BY source", SyncStore::source);
    }

    Optional<Source> source(Tx tx, String name) {
        return tx.one(SOURCES + " WHERE source = ?", SyncStore::source, name);
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(row.getString("source"), Kind.valueOf(row.getString("kind")), row.getString("mailbox"), row.getString("user_id"),
                row.getString("link"), row.getLong("round"), row.getBoolean("whole"), row.getBoolean("sweeping"), row.getString("fault"));
    }

    void save(Tx tx, Source source) {
        tx.run("""
                INSERT INTO ms365_sources (source, kind, mailbox, user_id, link, round, whole, sweeping, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (source) DO UPDATE SET link = excluded.link, round = excluded.round, whole = excluded.whole, sweeping = excluded.sweeping,
                    fault = excluded.fault""", source.name(), source.kind(), source.mailbox(), source.userId(), source.link(), source.round(),
                source.whole(), source.sweeping(), source.fault());
    }

    void drop(Tx tx, Source source) {
        tx.run("DELETE FROM ms365_sources WHERE source = ?", source.name());
    }

    /** Another directory: what was read of the one before says nothing about it. */
    void forgetDirectory(Tx tx) {
        tx.run("DELETE FROM ms365_directory");
        tx.run("UPDATE ms365_sources SET link = NULL, whole = 0, sweeping = 0, fault = ''");
    }

    /** Follows one page. A change names no more than what changed, so it goes into what is known. */
    void told(Tx tx, List<JsonNode> items, long round) {
        var before = documents(tx, items.stream().map(item -> item.path("id").asText("")).toList());
        for (var item : items) {
            var id = item.path("id").asText("");
            var document = before.computeIfAbsent(id, _ -> Json.object());
            if (item.has("@removed")) {
                tx.run("UPDATE ms365_directory SET gone = 1, stale = 1, round = ? WHERE ms365_id = ?", round, id);
                continue;
            }
            item.properties().stream().filter(field -> !field.getKey().startsWith("@")).forEach(field -> document.set(field.getKey(), field.getValue()));
            tx.run("""
                    INSERT INTO ms365_directory (ms365_id, document, round) VALUES (?, ?, ?)
                    ON CONFLICT (ms365_id) DO UPDATE SET document = excluded.document, round = excluded.round, gone = 0, stale = 1""", id,
                    document.toString(), round);
        }
    }

    private Map<String, ObjectNode> documents(Tx tx, Collection<String> ids) {
        record Known(String id, ObjectNode document) { }
        return tx.list("SELECT ms365_id, document FROM ms365_directory WHERE ms365_id IN (SELECT value FROM json_each(?))",
                row -> new Known(row.getString("ms365_id"), (ObjectNode) Json.parse(row.getString("document"))), array(ids)).stream()
                .collect(Collectors.toMap(Known::id, Known::document));
    }

    private static String array(Collection<String> values) {
        ArrayNode array = Json.object().putArray("values");
        values.forEach(array::add);
        return array.toString();
    }

    /** What no reading since {@code round} has brought is gone; leans on ms365_directory_by_round. */
    void sweepDirectory(Tx tx, long round) {
        tx.run("UPDATE ms365_directory SET gone = 1, stale = 1 WHERE round < ? AND gone = 0", round);
    }

    /** The settings changed: all is to be looked at again. */
    void allStale(Tx tx) {
        tx.run("UPDATE ms365_directory SET stale = 1");
    }

    /** Another try; leans on ms365_directory_faults. */
    void faultyStale(Tx tx) {
        tx.run("UPDATE ms365_directory SET stale = 1 WHERE fault <> ''");
    }

    /** Leans on ms365_directory_stale. */
    List<Account> stale(Tx tx, int most) {
        return tx.list(ACCOUNTS + " WHERE stale = 1 ORDER BY ms365_id LIMIT " + most, SyncStore::account);
    }

    /** Accounts with something wrong; leans on ms365_directory_faults. */
    List<Account> faulty(Tx tx, int most) {
        return tx.list(ACCOUNTS + " WHERE fault <> '' ORDER BY ms365_id LIMIT " + most, SyncStore::account);
    }

    /** Accounts that nobody signs in with but that have mail: so Exchange makes shared mailboxes. Reads the whole table. */
    List<String> mailboxesOfNobody(Tx tx, int most) {
        return tx.list("SELECT ms365_id FROM ms365_directory WHERE gone = 0 AND json_extract(document, '$.accountEnabled') = 0 "
                + "AND json_extract(document, '$.mail') IS NOT NULL AND coalesce(json_extract(document, '$.userType'), '') <> 'Guest' ORDER BY ms365_id LIMIT "
                + most, row -> row.getString("ms365_id"));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(row.getString("ms365_id"), (ObjectNode) Json.parse(row.getString("document")), row.getBoolean("gone"), row.getString("fault"),
                row.getString("user_id"), row.getBoolean("made"), row.getBoolean("shut_out"), (ObjectNode) Json.parse(row.getString("written")));
    }

    /** It was carried over, or could not be. */
    void carried(Tx tx, Account account) {
        tx.run("UPDATE ms365_directory SET stale = 0, fault = ?, user_id = ?, made = ?, shut_out = ?, written = ? WHERE ms365_id = ?", account.fault(),
                account.userId(), account.made(), account.shutOut(), account.written().toString(), account.id());
    }

    /**
     * The picture of one account.
     *
     * @param userId whose avatar it becomes; empty for nobody's
     * @param tag    of the one that was carried over last; empty for none
     * @param avatar the file it became; empty for none
     */
    record Photo(String ms365Id, String userId, String tag, String avatar) {
        Photo ofNobody() {
            return new Photo(ms365Id, "", tag, avatar);
        }

        Photo with(String newTag, String file) {
            return new Photo(ms365Id, userId, newTag, file);
        }
    }

    /** Of accounts that became somebody, in the order of their ids. */
    List<Photo> photos(Tx tx, String after, int most) {
        return tx.list("SELECT ms365_id, user_id, photo, coalesce(json_extract(written, '$.avatar_file_id'), '') AS avatar FROM ms365_directory "
                + "WHERE ms365_id > ? AND gone = 0 AND user_id IS NOT NULL ORDER BY ms365_id LIMIT " + most,
                row -> new Photo(row.getString("ms365_id"), row.getString("user_id"), row.getString("photo"), row.getString("avatar")), after);
    }

    void save(Tx tx, Photo photo) {
        tx.run("UPDATE ms365_directory SET photo = ?, written = json_set(written, '$.avatar_file_id', ?) WHERE ms365_id = ?", photo.tag(), photo.avatar(),
                photo.ms365Id());
    }

    void forget(Tx tx, Account account) {
        tx.run("DELETE FROM ms365_directory WHERE ms365_id = ?", account.id());
    }

    /** How it goes; empty before the first time. */
    ObjectNode state(Tx tx) {
        return tx.one("SELECT document FROM ms365_sync", row -> (ObjectNode) Json.parse(row.getString("document"))).orElseGet(Json::object);
    }

    void saveState(Tx tx, ObjectNode state) {
        tx.run("INSERT INTO ms365_sync (only_row, document) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET document = excluded.document",
                state.toString());
    }
}
