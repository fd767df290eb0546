package gatehouse.discovery;

import gatehouse.core.Timers;
import gatehouse.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How far each MAC came. In memory, and written many at once: phones that boot together cost one transaction. Strangers have few places
 * of their own, so that somebody who makes up MACs pushes out strangers alone. Thread-safe.
 */
public final class Ladders implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ladders.class.getName());
    static final int MOST_STEPS = 20; // of one phone: the last boot, and what went wrong before
    private static final int MOST_KNOWN = 2_000; // about 6 MB when all are full
    static final int MOST_STRANGERS = 200;
    private static final Duration WRITE_AFTER = Duration.ofSeconds(30);

    private final LadderStore store;
    private final Predicate<String> known;
    private final Timers timers;
    private final Clock clock;
    private final Map<String, List<Step>> ofKnown = bounded(MOST_KNOWN);
    private final Map<String, List<Step>> ofStrangers = bounded(MOST_STRANGERS);
    private Set<String> unwritten = new HashSet<>();

    /** @param known whether a MAC is of a phone that is somebody's */
    public Ladders(LadderStore store, Predicate<String> known, Timers timers, Clock clock) {
        this.store = store;
        this.known = known;
        this.timers = timers;
        this.clock = clock;
        store.all().forEach((mac, steps) -> (known.test(mac) ? ofKnown : ofStrangers).put(mac, steps));
    }

    private static Map<String, List<Step>> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<Step>> eldest) {
                return size() > most;
            }
        };
    }

    void add(String mac, Step.Rung rung, String address, String detail) {
        var isKnown = known.test(mac);
        synchronized (this) {
            var mine = isKnown ? ofKnown : ofStrangers;
            var before = mine.containsKey(mac) ? mine.get(mac) : (isKnown ? ofStrangers : ofKnown).getOrDefault(mac, List.of());
            (isKnown ? ofStrangers : ofKnown).remove(mac);
            mine.put(mac, with(before, new Step(clock.instant(), rung, address, detail, 1)));
            if (unwritten.isEmpty()) {
                timers.after(WRITE_AFTER, this::flush);
            }
            unwritten.add(mac);
        }
    }

    /** A phone that does the same again and again is one step that counts. */
    private static List<Step> with(List<Step> before, Step step) {
        var steps = new ArrayList<>(before);
        if (!steps.isEmpty() && steps.getLast().same(step)) {
            steps.add(new Step(step.at(), step.rung(), step.address(), step.detail(), steps.removeLast().times() + 1));
        } else {
            steps.add(step);
        }
        return List.copyOf(steps.subList(Math.max(0, steps.size() - MOST_STEPS), steps.size()));
    }

    /** Oldest first. */
    synchronized List<Step> of(String mac) {
        var steps = ofKnown.get(mac);
        return steps == null ? ofStrangers.getOrDefault(mac, List.of()) : steps;
    }

    /** MACs that are nobody's, the latest first. */
    synchronized List<String> strangers() {
        return List.copyOf(ofStrangers.keySet()).reversed();
    }

    /** Forgets a phone that is nobody's; it is listed again when it comes again. @return whether it was there */
    public boolean dismiss(String mac) {
        synchronized (this) {
            if (ofStrangers.remove(mac) == null) {
                return false;
            }
            unwritten.remove(mac);
        }
        store.delete(mac);
        return true;
    }

    private void flush() {
        var batch = new HashMap<String, List<Step>>();
        synchronized (this) {
            for (var mac : unwritten) {
                var steps = of(mac);
                if (!steps.isEmpty()) {
                    batch.put(mac, steps);
                }
            }
            unwritten = new HashSet<>();
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.put(batch, MOST_KNOWN + MOST_STRANGERS);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "How far phones came could not be saved; it is known until the box restarts", e);
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        flush();
    }
}
