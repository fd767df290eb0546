package gatehouse.registrations;

import gatehouse.sip.Flow;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The bindings on disk. Sole reader and writer of the table {@code bindings}. */
public final class RegistrationStore {
    private final Store store;

    public RegistrationStore(Store store) {
        this.store = store;
    }

    List<Binding> all() {
        return store.read(tx -> tx.list("""
                SELECT extension_number, instance_id, contact, transport, host, port, user_agent, mac, call_id, cseq, expires_at FROM bindings""",
                row -> new Binding(row.getString("extension_number"), row.getString("instance_id"), row.getString("contact"),
                        new Flow(row.getString("transport"), row.getString("host"), row.getInt("port")), row.getString("user_agent"), row.getString("mac"),
                        row.getString("call_id"), row.getLong("cseq"), Instant.ofEpochMilli(row.getLong("expires_at")))));
    }

    /** Makes the stored bindings of each of {@code numbers} those given, in one transaction. */
    void replace(Collection<String> numbers, Collection<Binding> bindings) {
        store.write(tx -> {
            for (var number : numbers) {
                tx.run("DELETE FROM bindings WHERE extension_number = ?", number);
            }
            for (var binding : bindings) {
                tx.run("""
                        INSERT INTO bindings (extension_number, instance_id, contact, transport, host, port, user_agent, mac, call_id, cseq, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", binding.extensionNumber(), binding.instanceId(), binding.contact(),
                        binding.flow().transport(), binding.flow().host(), binding.flow().port(), binding.userAgent(), binding.mac(), binding.callId(),
                        binding.cseq(), binding.expiresAt());
            }
            return null;
        });
    }
}
