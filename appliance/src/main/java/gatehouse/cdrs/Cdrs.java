package gatehouse.cdrs;

import gatehouse.calls.CallEvent;
import gatehouse.core.Events;
import gatehouse.core.Ids;

/** Hears calls end and keeps their records. */
public final class Cdrs {
    private Cdrs() {
    }

    /** From now on, each call that ends is written. */
    public static void record(Events events, CdrStore store, Ids ids) {
        events.on(CallEvent.Ended.class, ended -> store.insert(new Cdr(ids.next(), ended.record())));
    }
}
