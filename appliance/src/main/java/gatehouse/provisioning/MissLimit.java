package gatehouse.provisioning;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

    private static final Duration TELL_AGAIN = Duration.ofHours(1);

    /** @param free when all misses of this address are forgotten: each moves it on, time catches up with it; @param told when it was told last */
    private record Account(Instant free, Instant told) { }

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
        return waitOf(accounts.get(network(address)));
    }

    private Optional<Duration> waitOf(Account account) {
        var limit = ONE_MORE_EVERY.multipliedBy(MISSES - 1);
        if (account == null || !account.free.minus(limit).isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(clock.instant(), account.free.minus(limit)));
    }

    /** Counts a miss; says whether it was one too many that is to be told: once in an hour, however long it goes on. */
    synchronized boolean missed(String address) {
        var now = clock.instant();
        var account = accounts.get(network(address));
        var from = account == null || account.free.isBefore(now) ? now : account.free;
        var counted = new Account(from.plus(ONE_MORE_EVERY), account == null ? Instant.MIN : account.told);
        var tell = waitOf(counted).isPresent() && (counted.told.equals(Instant.MIN) || !counted.told.plus(TELL_AGAIN).isAfter(now));
        accounts.put(network(address), tell ? new Account(counted.free, now) : counted);
        return tell;
    }

    /** An IPv6 host makes itself as many addresses as it likes below its network's 64 bits. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var bytes = InetAddress.getByName(address.replaceAll("[\\[\\]]", "")).getAddress(); // a literal: nobody is asked
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
