package gatehouse.sip;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Counts requests by address and does not hear for a while who sends too many: {@link SipOptions#barriers}. Who is shut out goes on being
 * counted, so that the next barrier is reached too. Thread-safe.
 */
final class Barriers {
    private static final int MOST_ADDRESSES = 10_000; // about 1 MB; the one that was quiet longest is forgotten first

    private record Sender(Instant since, int requests, Instant shutUntil) { }

    private final Supplier<SipOptions> options;
    private final Clock clock;
    private final BiConsumer<InetAddress, Instant> shut;
    private final Map<InetAddress, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Sender> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param shut hears who is not heard any more, and until when */
    Barriers(Supplier<SipOptions> options, Clock clock, BiConsumer<InetAddress, Instant> shut) {
        this.options = options;
        this.clock = clock;
        this.shut = shut;
    }

    /** Counts one request. @return whether it is heard */
    boolean admits(InetAddress address) {
        var rules = options.get();
        if (rules.barriers().isEmpty()) {
            return true;
        }
        var now = clock.instant();
        synchronized (senders) {
            var before = senders.get(address);
            var fresh = before == null || !before.since().plus(rules.period()).isAfter(now);
            var requests = fresh ? 1 : before.requests() + 1;
            var already = before == null ? Instant.MIN : before.shutUntil();
            var longest = rules.barriers().stream().filter(barrier -> requests > barrier.requests()).map(SipOptions.Barrier::shut).max(Duration::compareTo);
            var reached = longest.isPresent() && (!already.isAfter(now)
                    || rules.barriers().stream().anyMatch(barrier -> requests == barrier.requests() + 1)); // the next one
            var until = reached ? now.plus(longest.get()) : already;
            senders.put(address, new Sender(fresh ? now : before.since(), requests, until.isAfter(already) ? until : already));
            if (reached && until.isAfter(already)) {
                shut.accept(address, until);
            }
            return !senders.get(address).shutUntil().isAfter(now);
        }
    }
}
