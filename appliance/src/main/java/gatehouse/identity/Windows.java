package gatehouse.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The adoption windows that stand open. Not kept over a restart: a door that nobody watches is shut. Thread-safe. */
final class Windows {
    /**
     * @param address who came first, and has it to itself; empty while nobody did
     * @param used    whether the phone got files by it
     */
    record Window(Instant until, String address, boolean used) { }

    private final Clock clock;
    private final Map<String, Window> open = new ConcurrentHashMap<>();

    Windows(Clock clock) {
        this.clock = clock;
    }

    /** Opens it afresh. @param address who alone may enter; empty for who comes first. @return until when */
    Instant open(String mac, Duration length, String address) {
        var now = clock.instant();
        open.values().removeIf(window -> !window.until.isAfter(now));
        var until = now.plus(length);
        open.put(mac, new Window(until, address, false));
        return until;
    }

    void close(String mac) {
        open.remove(mac);
    }

    Optional<Window> of(String mac) {
        return Optional.ofNullable(open.get(mac)).filter(window -> window.until.isAfter(clock.instant()));
    }

    /** The first address takes it. @return the window as it is then */
    Optional<Window> enter(String mac, String address) {
        return Optional.ofNullable(open.computeIfPresent(mac, (_, window) -> window.address.isEmpty() ? new Window(window.until, address, false) : window))
                .filter(window -> window.until.isAfter(clock.instant()));
    }

    /** Whether this is the first time that who holds it gets a file. */
    boolean use(String mac, String address) {
        var window = of(mac);
        return window.isPresent() && window.get().address.equals(address) && !window.get().used
                && open.replace(mac, window.get(), new Window(window.get().until, address, true));
    }
}
