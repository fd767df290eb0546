package gatehouse.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an address may ask for what is not there. It fills again by itself, so that one forgotten phone with an old address never
 * shuts out the others behind the same router for long; and a hit does not fill it, so that owning one phone does not help to guess
 * another's folder. Thread-safe.
 */
final class MissLimit {
    static final int MISSES = 30; // a phone asks for a handful of files that do not exist at each boot; a guesser for millions
    static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);
    private static final int MOST_ADDRESSES = 10_000; // about 1 MB; the one that was quiet longest is forgotten first

    /** @param free when all misses of this address are forgotten: each moves it on, time catches up with it */
    private record Account(Instant free) { }

    private final Clock clock;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    MissLimit(Clock clock) {
        this.clock = clock;
    }

    /** How long {@code address} must wait; empty when it may ask. */
    synchronized Optional<Duration> waitOf(String address) {
        var account = accounts.get(address);
        var limit = ONE_MORE_EVERY.multipliedBy(MISSES - 1);
        if (account == null || !account.free.minus(limit).isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(clock.instant(), account.free.minus(limit)));
    }

    /** Counts a miss; says whether it was the one too many. */
    synchronized boolean missed(String address) {
        var now = clock.instant();
        var account = accounts.get(address);
        var from = account == null || account.free.isBefore(now) ? now : account.free;
        accounts.put(address, new Account(from.plus(ONE_MORE_EVERY)));
        return waitOf(address).isPresent();
    }
}
