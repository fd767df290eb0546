package gatehouse.calls;

import gatehouse.sip.Leg;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a leg tells until somebody listens. Told on threads of the SIP edge; thread-safe. */
final class Unheard implements Leg.Listener {
    private static final int MOST_DIGITS = 64; // nobody dials more while a call changes hands; other events come a few at a time

    private final List<Leg.Event> waiting = new ArrayList<>();
    private Leg.Listener owner;

    @Override
    public synchronized void on(Leg.Event event) {
        if (owner != null) {
            owner.on(event);
        } else if (!(event instanceof Leg.Event.Digit) || waiting.size() < MOST_DIGITS) {
            waiting.add(event);
        }
    }

    /** What was told before all that waits here. */
    synchronized void earlier(List<Leg.Event> events) {
        waiting.addAll(0, events);
    }

    /** From now on {@code listener} hears it, what waited first. */
    synchronized void listen(Leg.Listener listener) {
        owner = listener;
        waiting.forEach(owner::on);
        waiting.clear();
    }
}
