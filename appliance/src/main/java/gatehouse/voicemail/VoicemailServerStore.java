package gatehouse.voicemail;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import gatehouse.voicemail.VoicemailServer.Settings;
import java.util.Optional;

/** Sole reader and writer of the table {@code voicemail_server}, which has one row. */
public final class VoicemailServerStore {
    private final Store store;

    public VoicemailServerStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    Settings read() {
        return store.read(this::read);
    }

    Settings read(Tx tx) {
        return tx.one("SELECT extension_number, retain_days, min_seconds FROM voicemail_server", row -> new Settings(
                Optional.ofNullable(row.getString("extension_number")), row.getInt("retain_days"), row.getInt("min_seconds"))).orElseThrow();
    }

    void save(Tx tx, Settings settings) {
        tx.run("UPDATE voicemail_server SET extension_number = ?, retain_days = ?, min_seconds = ?", settings.number().orElse(null), settings.retainDays(),
                settings.minSeconds());
    }
}
