package gatehouse.identity;

import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Lockouts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * PINs by which a person at a phone says whose it is: one a user, good once and for an hour. Five wrong ones close it, whoever typed them, and
 * an address that tries has to wait besides. Not kept over a restart. Thread-safe.
 */
public final class AdoptionPins {
    static final int LENGTH = 8; // a guess that hits any of fifty open ones: one in two millions
    static final Duration LIFE = Duration.ofHours(1);
    static final int WRONG = 5;
    private static final Duration FIRST_LOCK = Duration.ofMinutes(1);
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

    /** @param wrong how often a wrong one was typed for that user */
    public record Pin(String digits, Instant until, int wrong) {
        @Override
        public String toString() {
            return "a PIN until " + until;
        }
    }

    /** What came of typing one. */
    public enum Shown { RIGHT, WRONG, LOCKED, NONE_OPEN }

    private final Map<String, Pin> open = new ConcurrentHashMap<>();
    private final Lockouts addresses;
    private final Ids ids;
    private final Events events;
    private final Clock clock;

    public AdoptionPins(Ids ids, Events events, Clock clock) {
        this.addresses = new Lockouts(clock, WRONG, FIRST_LOCK, LONGEST_LOCK);
        this.ids = ids;
        this.events = events;
        this.clock = clock;
    }

    /** Instead of the one before. */
    public synchronized Pin open(String userId) {
        var now = clock.instant();
        open.values().removeIf(pin -> !pin.until.isAfter(now));
        var digits = ids.digits(LENGTH);
        while (whose(digits).isPresent()) {
            digits = ids.digits(LENGTH);
        }
        var pin = new Pin(digits, now.plus(LIFE), 0);
        open.put(userId, pin);
        return pin;
    }

    public void close(String userId) {
        open.remove(userId);
    }

    public Optional<Pin> of(String userId) {
        return Optional.ofNullable(open.get(userId)).filter(pin -> pin.until.isAfter(clock.instant()));
    }

    boolean anyOpen() {
        var now = clock.instant();
        return open.values().stream().anyMatch(pin -> pin.until.isAfter(now));
    }

    /** Somebody typed one for that user; the right one is used up. */
    public synchronized Shown show(String userId, String digits, String address) {
        var pin = of(userId);
        if (pin.isEmpty()) {
            return Shown.NONE_OPEN;
        }
        if (addresses.lockedUntil(address).isPresent()) {
            return Shown.LOCKED;
        }
        if (same(pin.get().digits, digits)) {
            addresses.succeeded(address);
            open.remove(userId);
            return Shown.RIGHT;
        }
        wrong(address);
        if (pin.get().wrong + 1 < WRONG) {
            open.put(userId, new Pin(pin.get().digits, pin.get().until, pin.get().wrong + 1));
        } else {
            open.remove(userId);
            events.publish(new IdentityEvent.PinClosed(userId, address));
        }
        return Shown.WRONG;
    }

    private void wrong(String address) {
        addresses.failed(address).ifPresent(until -> events.publish(new IdentityEvent.PinGuessed(address, until)));
    }

    /** Somebody dialled one without saying whose; the right one is used up. @return whose it was */
    public synchronized Optional<String> dialled(String digits, String address) {
        if (isLocked(address)) {
            return Optional.empty();
        }
        var user = whose(digits);
        user.ifPresentOrElse(id -> {
            addresses.succeeded(address);
            open.remove(id);
        }, () -> wrong(address));
        return user;
    }

    public boolean isLocked(String address) {
        return addresses.lockedUntil(address).isPresent();
    }

    private Optional<String> whose(String digits) {
        return open.entrySet().stream().filter(one -> one.getValue().until.isAfter(clock.instant()) && same(one.getValue().digits, digits))
                .map(Map.Entry::getKey).findFirst();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
