package gatehouse.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts wrong tries by key and locks a key for longer each time: the same rule on every door (HTTP, SIP, serial, door codes).
 * Keys name one account from one address, so that one phone with an old password never locks its neighbours out. A key that was quiet
 * for twice the longest lock starts anew. Thread-safe.
 */
public final class Lockouts {
    private static final int MOST_KEYS = 10_000; // about 1 MB; the key that was quiet longest is forgotten first

    private record Tries(int failures, Instant last, Instant lockedUntil) { }

    private final Clock clock;
    private final Supplier<Policy> policy;
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /**
     * @param allowed wrong tries before the first lock
     * @param first   how long the first lock lasts; each further wrong try doubles it
     * @param longest the longest lock
     */
    public record Policy(int allowed, Duration first, Duration longest) {
        private Duration memory() {
            return longest.multipliedBy(2);
        }

        private Duration lock(int over) {
            var doubled = over >= 20 ? longest : first.multipliedBy(1L << over);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /** By a {@link Policy} that never changes. */
    public Lockouts(Clock clock, int allowed, Duration first, Duration longest) {
        this(clock, fixed(new Policy(allowed, first, longest)));
    }

    private static Supplier<Policy> fixed(Policy policy) {
        return () -> policy;
    }

    /** @param policy asked at each wrong try; a lock that was set stays as long as it was set for */
    public Lockouts(Clock clock, Supplier<Policy> policy) {
        this.clock = clock;
        this.policy = policy;
    }

    /** Until when {@code key} may not try; empty when it may. */
    public synchronized Optional<Instant> lockedUntil(String key) {
        var known = tries.get(key);
        return known == null || !known.lockedUntil.isAfter(clock.instant()) ? Optional.empty() : Optional.of(known.lockedUntil);
    }

    /** Counts a wrong try; says until when the key is locked now, if it is. */
    public synchronized Optional<Instant> failed(String key) {
        var now = clock.instant();
        var rules = policy.get();
        var failures = 1 + Optional.ofNullable(tries.get(key)).filter(known -> known.last.plus(rules.memory()).isAfter(now)).map(Tries::failures).orElse(0);
        var over = failures - rules.allowed();
        var until = over < 0 ? Instant.MIN : now.plus(rules.lock(over));
        tries.put(key, new Tries(failures, now, until));
        return over < 0 ? Optional.empty() : Optional.of(until);
    }

    public synchronized void succeeded(String key) {
        tries.remove(key);
    }
}
