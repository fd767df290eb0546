package gatehouse.phonelogs;

import gatehouse.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the table {@code phone_logs}. */
public final class PhoneLogStore {
    private final Store store;

    public PhoneLogStore(Store store) {
        this.store = store;
    }

    /** Replaces the one of that name; of one phone and of all, the oldest go. */
    void put(String mac, PhoneLog log, byte[] content, int mostOfOne, int mostOfAll) {
        store.write(tx -> {
            tx.run("INSERT OR REPLACE INTO phone_logs (mac, name, at, address, content) VALUES (?, ?, ?, ?, ?)", mac, log.name(), log.at(), log.address(), content);
            tx.run("DELETE FROM phone_logs WHERE mac = ? AND name IN (SELECT name FROM phone_logs WHERE mac = ? ORDER BY at DESC, name LIMIT -1 OFFSET ?)", mac, mac,
                    mostOfOne);
            tx.run("DELETE FROM phone_logs WHERE (mac, name) IN (SELECT mac, name FROM phone_logs ORDER BY at DESC, name LIMIT -1 OFFSET ?)", mostOfAll);
            return null;
        });
    }

    /** The latest first. */
    List<PhoneLog> of(String mac) {
        return store.read(tx -> tx.list("SELECT name, at, address, length(content) AS size FROM phone_logs WHERE mac = ? ORDER BY at DESC, name",
                row -> new PhoneLog(row.getString("name"), Instant.ofEpochMilli(row.getLong("at")), row.getString("address"), row.getInt("size")), mac));
    }

    Optional<byte[]> content(String mac, String name) {
        return store.read(tx -> tx.one("SELECT content FROM phone_logs WHERE mac = ? AND name = ?", row -> row.getBytes("content"), mac, name));
    }

    void forget(String mac) {
        store.write(tx -> tx.run("DELETE FROM phone_logs WHERE mac = ?", mac));
    }
}
