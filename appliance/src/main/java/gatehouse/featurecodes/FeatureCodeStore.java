package gatehouse.featurecodes;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.List;

/** Sole reader and writer of the table {@code feature_codes}. */
public final class FeatureCodeStore {
    private final Store store;

    public FeatureCodeStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    List<FeatureCode> changed() {
        return store.read(tx -> tx.list("SELECT feature, code, enabled FROM feature_codes", row -> new FeatureCode(Feature.valueOf(row.getString("feature")),
                row.getString("code"), row.getInt("enabled") == 1)));
    }

    void save(Tx tx, FeatureCode code) {
        tx.run("INSERT INTO feature_codes (feature, code, enabled) VALUES (?, ?, ?) ON CONFLICT (feature) DO UPDATE SET code = excluded.code, "
                + "enabled = excluded.enabled", code.feature(), code.code(), code.enabled());
    }
}
