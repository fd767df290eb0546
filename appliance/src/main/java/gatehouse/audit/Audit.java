package gatehouse.audit;

import gatehouse.core.Ids;
import gatehouse.store.Store;
import java.time.Clock;

/** Writes entries. Thread-safe. */
public final class Audit {
    /** The contract's words. */
    public enum Action { CREATE, UPDATE, DELETE, LOGIN, LOGOUT, RECHARGE }

    private final AuditStore store;
    private final Clock clock;
    private final Ids ids;

    public Audit(AuditStore store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Writes an entry within {@code tx}, so that change and entry are there together or not at all.
     *
     * @param objectType the contract's word: USER, PHONE, …
     * @param oldState,newState JSON or words without secrets; null for none
     */
    public void record(Store.Tx tx, Actor actor, Action action, String objectType, String objectName, String oldState, String newState) {
        store.insert(tx, new AuditEntry(ids.next(), clock.instant(), actor, action.name(), objectType, objectName, oldState, newState));
    }

    /** Writes an entry alone. */
    public void record(Actor actor, Action action, String objectType, String objectName, String newState) {
        store.insert(new AuditEntry(ids.next(), clock.instant(), actor, action.name(), objectType, objectName, null, newState));
    }
}
