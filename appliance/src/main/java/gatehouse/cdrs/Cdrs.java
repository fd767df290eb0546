package gatehouse.cdrs;

import gatehouse.calls.CallEvent;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Hears calls end and keeps their records. */
public final class Cdrs {
    private Cdrs() {
    }

    /** From now on, each call that ends is written. @param ours whether a number is an extension of this box */
    public static void record(Events events, CdrStore store, Predicate<String> ours, Ids ids) {
        events.on(CallEvent.Ended.class, ended -> store.insert(new Cdr(ids.next(), Optional.of(ended.id()), ended.record()),
                Stream.of(ended.record().caller(), ended.record().callee()).distinct().filter(ours).toList()));
    }
}
