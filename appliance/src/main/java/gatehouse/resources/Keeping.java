package gatehouse.resources;

import gatehouse.audit.Audit;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import java.time.Clock;

/** What every kind of resource is kept with; made once by {@code Gatehouse}. */
public record Keeping(Store store, ExtensionNumbers numbers, Sealer sealer, Audit audit, Events events, Clock clock, Ids ids) {
    public Resources of(Kind kind) {
        return new Resources(kind, this);
    }
}
