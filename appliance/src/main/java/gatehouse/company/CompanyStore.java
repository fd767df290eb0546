package gatehouse.company;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.Optional;

/** Sole reader and writer of the table {@code company}. */
public final class CompanyStore {
    /** @param secrets sealed; null for none */
    record Row(ObjectNode document, byte[] secrets) { }

    private final Store store;

    public CompanyStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Optional<Row> section(Tx tx, Enum<?> section) {
        return tx.one("SELECT document, secrets FROM company WHERE section = ?",
                row -> new Row((ObjectNode) Json.parse(row.getString("document")), row.getBytes("secrets")), section);
    }

    void save(Tx tx, Enum<?> section, Row row) {
        tx.run("""
                INSERT INTO company (section, document, secrets) VALUES (?, ?, ?)
                ON CONFLICT (section) DO UPDATE SET document = excluded.document, secrets = excluded.secrets""", section, row.document().toString(),
                row.secrets());
    }
}
