package gatehouse.holidays;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL on which of the company's holidays each user keeps, and on many at once; one at a time, {@code Resources} keeps them. */
public final class HolidayStore {
    static final String COMPANY = "holidays";
    static final String OF_USERS = "user_holidays";
    private static final String ORDER = " ORDER BY json_extract(document, '$.name') COLLATE NOCASE, id";

    private final Store store;

    public HolidayStore(Store store) {
        this.store = store;
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    private static ObjectNode row(java.sql.ResultSet row) throws java.sql.SQLException {
        return ((ObjectNode) Json.parse(row.getString("document"))).put("id", row.getString("id"));
    }

    /** The company's of these ids, by name. */
    List<ObjectNode> company(Tx tx, Collection<String> ids) {
        var wanted = Json.object().putArray("ids");
        ids.forEach(wanted::add);
        return tx.list("SELECT id, document FROM holidays WHERE id IN (SELECT value FROM json_each(?))" + ORDER, HolidayStore::row, wanted.toString());
    }

    List<ObjectNode> company(Tx tx) {
        return tx.list("SELECT id, document FROM holidays WHERE owner = ''" + ORDER, HolidayStore::row);
    }

    List<ObjectNode> own(Tx tx, String userId) {
        return tx.list("SELECT id, document FROM user_holidays WHERE owner = ?" + ORDER, HolidayStore::row, userId);
    }

    /** The company's that a user keeps: those that were chosen, or all when nobody has chosen yet. */
    List<ObjectNode> kept(Tx tx, String userId) {
        return hasChosen(tx, userId) ? tx.list("SELECT id, document FROM holidays JOIN user_global_holidays ON holiday_id = id WHERE user_id = ?" + ORDER,
                HolidayStore::row, userId) : company(tx);
    }

    private static boolean hasChosen(Tx tx, String userId) {
        return tx.one("SELECT 1 AS one FROM user_global_choices WHERE user_id = ?", row -> row.getInt("one"), userId).isPresent();
    }

    /** @param ids empty for no longer a choice of one's own */
    void choose(Tx tx, String userId, Optional<? extends Collection<String>> ids) {
        tx.run("DELETE FROM user_global_holidays WHERE user_id = ?", userId);
        tx.run("DELETE FROM user_global_choices WHERE user_id = ?", userId);
        ids.ifPresent(chosen -> {
            tx.run("INSERT INTO user_global_choices (user_id) VALUES (?)", userId);
            chosen.forEach(id -> tx.run("INSERT INTO user_global_holidays (user_id, holiday_id) VALUES (?, ?)", userId, id));
        });
    }
}
