package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.resources.Resource;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SQL on favourites, the index of numbers and which contacts are copies, and contacts many at once; one at a time, {@code Resources} keeps them. */
public final class ContactStore {
    static final String COMPANY = "contacts";
    static final String PERSONAL = "personal_contacts";

    private final Store store;

    public ContactStore(Store store) {
        this.store = store;
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    /** Replaces the numbers of one contact. */
    void index(Tx tx, Resource contact, String name, List<PhoneNumber> numbers) {
        var column = contact.owner().isEmpty() ? "company_id" : "personal_id";
        tx.run("DELETE FROM contact_numbers WHERE " + column + " = ?", contact.id());
        numbers.forEach(number -> tx.run("INSERT INTO contact_numbers (owner, tail, digits, name, " + column + ") VALUES (?, ?, ?, ?, ?)",
                contact.owner(), number.tail(), number.digits(), name, contact.id()));
    }

    /** A number that may be the one that is looked for. */
    record Candidate(String owner, PhoneNumber number, String name) { }

    /** Of the company and of one user, oldest first; leans on contact_numbers_by_tail. */
    List<Candidate> candidates(Tx tx, String tail, String userId) {
        return tx.list("SELECT owner, digits, name FROM contact_numbers WHERE tail = ? AND owner IN ('', ?) ORDER BY id LIMIT 100",
                row -> new Candidate(row.getString("owner"), new PhoneNumber(row.getString("digits")), row.getString("name")), tail, userId);
    }

    /** The company's of these ids, with whether they are a user's favourites. */
    List<ObjectNode> company(Tx tx, String userId, Collection<String> ids) {
        return tx.list("""
                SELECT id, document, EXISTS (SELECT 1 FROM business_favorites WHERE user_id = ? AND contact_id = contacts.id) AS favorite
                FROM contacts WHERE id IN (SELECT value FROM json_each(?))""",
                row -> ((ObjectNode) Json.parse(row.getString("document"))).put("id", row.getString("id")).put("favorite", row.getBoolean("favorite")),
                userId, array(ids));
    }

    /** A user's own of these ids. */
    List<ObjectNode> personal(Tx tx, String userId, Collection<String> ids) {
        return tx.list("SELECT id, document FROM personal_contacts WHERE owner = ? AND id IN (SELECT value FROM json_each(?))",
                row -> ((ObjectNode) Json.parse(row.getString("document"))).put("id", row.getString("id")), userId, array(ids));
    }

    /** Of the company, when asked, and of one user; empty for none. @param search what is looked for in names, or in numbers when it is digits alone */
    record Wanted(boolean company, String userId, String search) {
        /** SQLite's LIKE, which knows the case of ASCII alone: any letter stands for another one. */
        private String pattern() {
            return "%" + search.replaceAll("[\\\\%_]", "\\\\$0").replaceAll("[^\\x00-\\x7f]", "_") + "%";
        }

        private Object[] arguments(Object... more) {
            var arguments = new ArrayList<Object>();
            for (var owner : List.of(company ? "" : "nobody", userId.isEmpty() ? "nobody" : userId)) {
                arguments.add(owner);
                if (!search.isEmpty()) {
                    arguments.addAll(List.of(pattern(), pattern(), owner, pattern()));
                }
            }
            arguments.addAll(List.of(more));
            return arguments.toArray();
        }

        /** Each half leans on the index by name of its table, and the two are merged as they come. */
        private String sql() {
            return half(COMPANY, "company_id") + " UNION ALL " + half(PERSONAL, "personal_id");
        }

        private String half(String table, String column) {
            return "SELECT json_extract(document, '$.name') COLLATE NOCASE AS name, id, document FROM " + table + " WHERE owner = ?" + (search.isEmpty() ? "" : """
                     AND (json_extract(document, '$.name') LIKE ? ESCAPE '\\' OR json_extract(document, '$.company') LIKE ? ESCAPE '\\'
                      OR id IN (SELECT %s FROM contact_numbers WHERE owner = ? AND digits LIKE ? ESCAPE '\\'))""".formatted(column));
        }
    }

    /** By name. */
    List<Listed> listed(Tx tx, Wanted wanted, int skip, int top) {
        return tx.list(wanted.sql() + " ORDER BY name, id LIMIT ? OFFSET ?", row -> Listed.of((ObjectNode) Json.parse(row.getString("document"))),
                wanted.arguments(top, skip));
    }

    int count(Tx tx, Wanted wanted) {
        return tx.one("SELECT count(*) AS count FROM (" + wanted.sql() + ")", row -> row.getInt("count"), wanted.arguments()).orElse(0);
    }

    /** @return whether that is new */
    boolean setBusinessFavorite(Tx tx, String userId, String contactId, boolean favorite) {
        return (favorite ? tx.run("INSERT OR IGNORE INTO business_favorites (user_id, contact_id) VALUES (?, ?)", userId, contactId)
                : tx.run("DELETE FROM business_favorites WHERE user_id = ? AND contact_id = ?", userId, contactId)) > 0;
    }

    /** @return whether that is new */
    boolean setExtensionFavorite(Tx tx, String userId, String otherId, boolean favorite) {
        return (favorite ? tx.run("INSERT OR IGNORE INTO extension_favorites (user_id, favorite_id) VALUES (?, ?)", userId, otherId)
                : tx.run("DELETE FROM extension_favorites WHERE user_id = ? AND favorite_id = ?", userId, otherId)) > 0;
    }

    Set<String> extensionFavorites(Tx tx, String userId) {
        return new HashSet<>(tx.list("SELECT favorite_id FROM extension_favorites WHERE user_id = ?", row -> row.getString("favorite_id"), userId));
    }

    /** A contact that is copied. @param round of the reading that last brought it */
    record CopyRow(String remoteId, String contactId, long round) { }

    private static final String COPIES = "SELECT remote_id, coalesce(company_id, personal_id) AS contact_id, round FROM contact_copies WHERE source = ? AND ";

    /** Those of {@code remoteIds} that are known. */
    List<CopyRow> copies(Tx tx, String source, Collection<String> remoteIds) {
        return tx.list(COPIES + "remote_id IN (SELECT value FROM json_each(?))", ContactStore::copy, source, array(remoteIds));
    }

    /** Those that no reading since {@code round} has brought; leans on contact_copies_by_round. */
    List<CopyRow> copiesBefore(Tx tx, String source, long round, int most) {
        return tx.list(COPIES + "round < ? ORDER BY round LIMIT " + most, ContactStore::copy, source, round);
    }

    private static CopyRow copy(ResultSet row) throws SQLException {
        return new CopyRow(row.getString("remote_id"), row.getString("contact_id"), row.getLong("round"));
    }

    void saveCopy(Tx tx, String source, CopyRow copy, boolean company) {
        tx.run("INSERT INTO contact_copies (source, remote_id, round, " + (company ? "company_id" : "personal_id") + ") VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (source, remote_id) DO UPDATE SET round = excluded.round", source, copy.remoteId(), copy.round(), copy.contactId());
    }

    /** What goes with the contact, goes; this is for what has no contact any more. */
    void dropCopies(Tx tx, String source, Collection<String> remoteIds) {
        tx.run("DELETE FROM contact_copies WHERE source = ? AND remote_id IN (SELECT value FROM json_each(?))", source, array(remoteIds));
    }

    private static String array(Collection<String> ids) {
        var array = Json.object().putArray("ids");
        ids.forEach(array::add);
        return array.toString();
    }
}
