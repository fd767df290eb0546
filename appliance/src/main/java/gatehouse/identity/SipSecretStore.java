package gatehouse.identity;

import gatehouse.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sole reader and writer of the table {@code phone_sip_secrets}. */
public final class SipSecretStore {
    /** Sealed. @param before what it had until then; empty for none; @param beforeUntil from when that opens nothing any more */
    record Row(byte[] secret, Optional<byte[]> before, Instant beforeUntil) { }

    private final Store store;

    public SipSecretStore(Store store) {
        this.store = store;
    }

    /** By the phone's id. */
    Map<String, Row> all() {
        var all = new HashMap<String, Row>();
        store.read(tx -> tx.list("SELECT phone_id, secret, before, before_until FROM phone_sip_secrets", row -> all.put(row.getString("phone_id"),
                new Row(row.getBytes("secret"), Optional.ofNullable(row.getBytes("before")), Instant.ofEpochMilli(row.getLong("before_until"))))));
        return all;
    }

    /** @return whether the phone was still there */
    boolean put(String phoneId, Row row) {
        return store.write(tx -> tx.run("""
                INSERT OR REPLACE INTO phone_sip_secrets (phone_id, secret, before, before_until) SELECT id, ?, ?, ? FROM phones WHERE id = ?""",
                row.secret(), row.before().orElse(null), row.beforeUntil(), phoneId)) > 0;
    }
}
