package gatehouse.discovery;

import gatehouse.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sole reader and writer of the table {@code adoptions}. */
public final class AdoptionStore {
    private final Store store;

    public AdoptionStore(Store store) {
        this.store = store;
    }

    /** Addresses by MAC. */
    Map<String, String> all() {
        var all = new HashMap<String, String>();
        store.read(tx -> tx.list("SELECT mac, address FROM adoptions", row -> all.put(row.getString("mac"), row.getString("address"))));
        return all;
    }

    void put(String mac, String address, Instant at) {
        store.write(tx -> tx.run("INSERT OR REPLACE INTO adoptions (mac, address, at) VALUES (?, ?, ?)", mac, address, at));
    }

    void delete(String mac) {
        store.write(tx -> tx.run("DELETE FROM adoptions WHERE mac = ?", mac));
    }
}
