package gatehouse.signin;

import gatehouse.core.Events;
import gatehouse.core.Lockouts;
import gatehouse.signin.SignIns.Verified;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts wrong passwords three ways: for an account from one address, for an address whatever the account (one password tried on
 * everybody), and for an account whatever the address (many machines on one). The last locks shortest, since a stranger could use it
 * to shut somebody out. Thread-safe.
 */
final class Guesses {
    private static final System.Logger LOG = System.getLogger(Guesses.class.getName());
    private static final int STRIPES = 64;

    private final Events events;
    private final Lockouts pairs;
    private final Lockouts addresses;
    private final Lockouts accounts;
    private final List<ReentrantLock> stripes = Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    /** @param pair the rule for an account from one address */
    Guesses(Events events, Clock clock, Supplier<Lockouts.Policy> pair) {
        this.events = events;
        pairs = new Lockouts(clock, pair);
        addresses = new Lockouts(clock, 30, Duration.ofSeconds(30), Duration.ofMinutes(15));
        accounts = new Lockouts(clock, 50, Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    /** Runs {@code check} unless there is a lock; tries from one address wait for each other, so that a hundred at once are not one. */
    Verified oneByOne(String name, String address, Supplier<Verified> check) {
        var stripe = stripes.get(Math.floorMod(address.hashCode(), STRIPES));
        stripe.lock();
        try {
            var account = name.toLowerCase(Locale.ROOT);
            var locked = lockedUntil(account, address);
            return locked.<Verified>map(Verified.LockedOut::new).orElseGet(() -> counted(check.get(), account, address));
        } finally {
            stripe.unlock();
        }
    }

    private Optional<Instant> lockedUntil(String account, String address) {
        return latest(pairs.lockedUntil(pair(account, address)), addresses.lockedUntil(address), accounts.lockedUntil(account));
    }

    private Verified counted(Verified verified, String account, String address) {
        if (verified instanceof Verified.Ok) {
            pairs.succeeded(pair(account, address)); // the others go on counting: whoever knows one password may guess at the rest
            return verified;
        }
        var locked = latest(pairs.failed(pair(account, address)), addresses.failed(address), accounts.failed(account));
        locked.ifPresent(until -> {
            LOG.log(Level.WARNING, "Too many wrong passwords from " + address + ": locked until " + until);
            events.publish(new SignInEvent.LockedOut(account, address, until));
        });
        return locked.<Verified>map(Verified.LockedOut::new).orElse(verified);
    }

    @SafeVarargs
    private static Optional<Instant> latest(Optional<Instant>... locks) {
        return Stream.of(locks).flatMap(Optional::stream).max(Instant::compareTo);
    }

    private static String pair(String account, String address) {
        return account + "@" + address;
    }
}
