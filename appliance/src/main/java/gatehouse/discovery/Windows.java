package gatehouse.discovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The adoption windows that stand open. Not kept over a restart: a door that nobody watches is shut. Thread-safe. */
final class Windows {
    /** @param address who came first, and has it to itself; empty while nobody did */
    record Window(Instant until, String address) { }

    private final Clock clock;
    private final Map<String, Window> open = new ConcurrentHashMap<>();

    Windows(Clock clock) {
        this.clock = clock;
    }

    /** Opens it afresh. @return until when */
    Instant open(String mac, Duration length) {
        var now = clock.instant();
        open.values().removeIf(window -> !window.until.isAfter(now));
        var until = now.plus(length);
        open.put(mac, new Window(until, ""));
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
        return Optional.ofNullable(open.computeIfPresent(mac, (_, window) -> window.address.isEmpty() ? new Window(window.until, address) : window))
                .filter(window -> window.until.isAfter(clock.instant()));
    }
}
