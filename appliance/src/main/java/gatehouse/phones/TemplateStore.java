package gatehouse.phones;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sole reader and writer of the table {@code phone_templates}. */
public final class TemplateStore {
    private final Store store;

    public TemplateStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    /** Their XML, by file name. */
    Map<String, String> all() {
        var all = new HashMap<String, String>();
        store.read(tx -> tx.list("SELECT filename, content FROM phone_templates", row -> all.put(row.getString("filename"), row.getString("content"))));
        return all;
    }

    void save(Tx tx, String filename, String content, Instant now) {
        tx.run("""
                INSERT INTO phone_templates (filename, content, updated_at) VALUES (?, ?, ?)
                ON CONFLICT (filename) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at""", filename, content, now);
    }

    void delete(Tx tx, String filename) {
        tx.run("DELETE FROM phone_templates WHERE filename = ?", filename);
    }
}
