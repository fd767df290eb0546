package gatehouse.identity;

import gatehouse.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sole reader and writer of the table {@code adoptions}. */
public final class IdentityStore {
    private final Store store;

    public IdentityStore(Store store) {
        this.store = store;
    }

    /** By MAC. */
    Map<String, Holder> all() {
        var all = new HashMap<String, Holder>();
        store.read(tx -> tx.list("SELECT mac, phone_id, address, maker, evidence, fetched FROM adoptions", row -> all.put(row.getString("mac"),
                new Holder(row.getString("phone_id"), row.getString("address"), row.getString("maker"), Evidence.valueOf(row.getString("evidence")),
                        row.getInt("fetched") != 0))));
        return all;
    }

    void put(String mac, Holder holder, Instant at) {
        store.write(tx -> tx.run("INSERT OR REPLACE INTO adoptions (mac, address, at, phone_id, maker, evidence, fetched) VALUES (?, ?, ?, ?, ?, ?, ?)", mac,
                holder.address(), at, holder.phoneId(), holder.maker(), holder.evidence().name(), holder.fetched() ? 1 : 0));
    }

    void delete(String mac) {
        store.write(tx -> tx.run("DELETE FROM adoptions WHERE mac = ?", mac));
    }
}
