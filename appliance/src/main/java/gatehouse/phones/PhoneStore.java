package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sole reader and writer of the tables {@code phones} and {@code phone_fetches}. */
public final class PhoneStore {
    private static final String COLUMNS = "SELECT id, user_id, mac, template, vendor, model, folder, secrets, settings, created_at FROM phones";

    record Row(Phone phone, byte[] secrets) { }

    private final Store store;

    public PhoneStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    List<Row> all() {
        return store.read(tx -> tx.list(COLUMNS + " ORDER BY mac", PhoneStore::row));
    }

    Optional<Row> byId(Tx tx, String id) {
        return tx.one(COLUMNS + " WHERE id = ?", PhoneStore::row, id);
    }

    boolean hasMac(Tx tx, String mac) {
        return tx.one("SELECT 1 AS found FROM phones WHERE mac = ?", row -> row.getInt("found"), mac).isPresent();
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(new Phone(row.getString("id"), row.getString("user_id"), row.getString("mac"), row.getString("template"), row.getString("vendor"),
                row.getString("model"), row.getString("folder"), (ObjectNode) Json.parse(row.getString("settings")),
                Instant.ofEpochMilli(row.getLong("created_at"))), row.getBytes("secrets"));
    }

    void insert(Tx tx, Row row) {
        var phone = row.phone();
        tx.run("""
                INSERT INTO phones (id, user_id, mac, template, vendor, model, folder, secrets, settings, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", phone.id(), phone.userId(), phone.mac(), phone.template(), phone.vendor(), phone.model(),
                phone.folder(), row.secrets(), phone.settings().toString(), phone.createdAt());
    }

    void update(Tx tx, Row row) {
        var phone = row.phone();
        tx.run("UPDATE phones SET mac = ?, template = ?, vendor = ?, model = ?, folder = ?, secrets = ?, settings = ? WHERE id = ?", phone.mac(),
                phone.template(), phone.vendor(), phone.model(), phone.folder(), row.secrets(), phone.settings().toString(), phone.id());
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM phones WHERE id = ?", id);
    }

    Map<String, Fetch> fetches() {
        var all = new HashMap<String, Fetch>();
        store.read(tx -> tx.list("SELECT phone_id, fetched_at, address, user_agent FROM phone_fetches", row ->
                all.put(row.getString("phone_id"), new Fetch(Instant.ofEpochMilli(row.getLong("fetched_at")), row.getString("address"),
                        row.getString("user_agent")))));
        return all;
    }

    /** By phone id; a phone that is gone since is left out. */
    void recordFetches(Map<String, Fetch> fetches) {
        store.write(tx -> {
            fetches.forEach((id, fetch) -> tx.run("""
                    INSERT OR REPLACE INTO phone_fetches (phone_id, fetched_at, address, user_agent)
                    SELECT id, ?, ?, ? FROM phones WHERE id = ?""", fetch.at(), fetch.address(), fetch.userAgent(), id));
            return null;
        });
    }
}
