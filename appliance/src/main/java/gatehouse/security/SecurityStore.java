package gatehouse.security;

import com.fasterxml.jackson.databind.node.ArrayNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.Optional;

/** Sole reader and writer of the table {@code allowed_countries}. */
public final class SecurityStore {
    private final Store store;

    public SecurityStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    /** Empty while nobody has chosen. */
    Optional<ArrayNode> allowed(Tx tx) {
        return tx.one("SELECT items FROM allowed_countries WHERE one = 1", row -> (ArrayNode) Json.parse(row.getString("items")));
    }

    void allow(Tx tx, ArrayNode items) {
        tx.run("INSERT INTO allowed_countries (one, items) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET items = excluded.items", items.toString());
    }

    void forgetAllowed(Tx tx) {
        tx.run("DELETE FROM allowed_countries");
    }
}
