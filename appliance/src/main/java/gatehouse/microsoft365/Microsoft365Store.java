package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sole reader and writer of the tables {@code ms365_registrations} and {@code ms365_bindings}. */
public final class Microsoft365Store {
    /** @param certificate null before one was made; @param privateKey sealed, null likewise */
    record Row(ObjectNode document, byte[] certificate, byte[] privateKey) { }

    private final Store store;

    public Microsoft365Store(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Row row(Tx tx, Enum<?> section) {
        return tx.one("SELECT document, certificate, private_key FROM ms365_registrations WHERE section = ?", row -> new Row(
                (ObjectNode) Json.parse(row.getString("document")), row.getBytes("certificate"), row.getBytes("private_key")), section)
                .orElseGet(() -> new Row(Json.object(), null, null));
    }

    void save(Tx tx, Enum<?> section, Row row) {
        tx.run("""
                INSERT INTO ms365_registrations (section, document, certificate, private_key) VALUES (?, ?, ?, ?)
                ON CONFLICT (section) DO UPDATE SET document = excluded.document, certificate = excluded.certificate,
                    private_key = excluded.private_key""", section, row.document().toString(), row.certificate(), row.privateKey());
    }

    Optional<String> userOf(Tx tx, String ms365Id) {
        return tx.one("SELECT user_id FROM ms365_bindings WHERE ms365_id = ?", row -> row.getString("user_id"), ms365Id);
    }

    /** Whom each account is bound to. */
    Map<String, String> bindings(Tx tx) {
        record Binding(String userId, String ms365Id) { }
        return tx.list("SELECT user_id, ms365_id FROM ms365_bindings", row -> new Binding(row.getString("user_id"), row.getString("ms365_id"))).stream()
                .collect(Collectors.toMap(Binding::ms365Id, Binding::userId));
    }

    void bind(Tx tx, String userId, String ms365Id) {
        tx.run("INSERT INTO ms365_bindings (user_id, ms365_id) VALUES (?, ?) ON CONFLICT (user_id) DO UPDATE SET ms365_id = excluded.ms365_id", userId,
                ms365Id);
    }

    boolean unbind(Tx tx, String userId) {
        return tx.run("DELETE FROM ms365_bindings WHERE user_id = ?", userId) > 0;
    }
}
