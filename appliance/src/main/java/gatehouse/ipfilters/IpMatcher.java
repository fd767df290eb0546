package gatehouse.ipfilters;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules at one time: of those that an address falls under, the one of the smallest network holds. Immutable, thread-safe. */
final class IpMatcher {
    /** @param until when it ends; empty for never */
    record Rule(Network network, boolean accept, Optional<Instant> until) {
        private boolean holds(Instant now) {
            return until.isEmpty() || until.get().isAfter(now);
        }
    }

    private final Map<Network, Rule> rules = new HashMap<>();
    /** The sizes there are, the smallest networks first: an address is looked up once for each. */
    private final List<Integer> prefixes;

    IpMatcher(List<Rule> all) {
        all.forEach(rule -> rules.put(rule.network, rule));
        prefixes = all.stream().map(rule -> rule.network.prefix()).distinct().sorted((one, other) -> other - one).toList();
    }

    boolean admits(InetAddress address, Instant now) {
        if (prefixes.isEmpty() || isOwn(address)) {
            return true;
        }
        var bits = address.getAddress().length * 8;
        return prefixes.stream().filter(prefix -> prefix <= bits).map(prefix -> rules.get(Network.of(address, prefix)))
                .filter(rule -> rule != null && rule.holds(now)).findFirst().map(Rule::accept).orElse(true);
    }

    /** What programs on the box itself come from. */
    private static boolean isOwn(InetAddress address) {
        return address.equals(IpRules.LOOPBACK_4) || address.equals(IpRules.LOOPBACK_6);
    }
}
