package gatehouse.ipfilters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.AddressFilter;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules, and what they say of an address now. Thread-safe. */
public final class IpRules implements Kind.Rules, AddressFilter {
    public static final String TABLE = "ip_filters";
    static final InetAddress LOOPBACK_4 = InetAddress.ofLiteral("127.0.0.1");
    static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");
    private static final int MOST = 1_000;
    private static final int ADDRESSES_REMEMBERED = 1_000;
    private static final Duration TOLD_EACH = Duration.ofMinutes(10); // a scanner comes many times a second

    private final Keeping keeping;
    private final Resources rules;
    private final Map<InetAddress, Instant> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Instant> eldest) {
            return size() > ADDRESSES_REMEMBERED;
        }
    };
    private volatile IpMatcher matcher;

    public IpRules(Keeping keeping) {
        this.keeping = keeping;
        rules = keeping.of(Kind.of(TABLE, "IP_BLACKLIST", "IP rule", "cidr").required("cidr", "target").unique("cidr").most(MOST).rules(this));
        reload();
    }

    Resources resources() {
        return rules;
    }

    private synchronized void reload() {
        matcher = rules.read(this::of);
    }

    private IpMatcher of(Tx tx) {
        return new IpMatcher(rules.all(tx, Resources.COMPANY).stream().map(IpRules::rule).toList());
    }

    private static IpMatcher.Rule rule(Resource resource) {
        return new IpMatcher.Rule(network(resource).orElseThrow(), resource.text("target").equals("ACCEPT"),
                Optional.ofNullable(resource.document().path("expire_at").textValue()).map(Instant::parse));
    }

    private static Optional<Network> network(Resource resource) {
        return Network.parse(resource.text("cidr"));
    }

    @Override
    public boolean admits(InetAddress address) {
        var admitted = matcher.admits(address, keeping.clock().instant());
        if (!admitted) {
            tell(address);
        }
        return admitted;
    }

    private void tell(InetAddress address) {
        var now = keeping.clock().instant();
        synchronized (told) {
            var last = told.get(address);
            if (last != null && last.plus(TOLD_EACH).isAfter(now)) {
                return;
            }
            told.put(address, now);
        }
        keeping.events().publish(new IpRuleEvent.Blocked(address.getHostAddress()));
    }

    String create(Actor actor, ObjectNode fields) {
        return rules.write(tx -> {
            var id = rules.create(tx, actor, Resources.COMPANY, fields).id();
            keepIn(tx, actor);
            return id;
        });
    }

    void update(Actor actor, String id, ObjectNode changes) {
        rules.write(tx -> {
            rules.update(tx, actor, Resources.COMPANY, id, changes);
            keepIn(tx, actor);
            return null;
        });
    }

    void delete(Actor actor, String id) {
        rules.write(tx -> {
            rules.delete(tx, actor, rules.get(tx, Resources.COMPANY, id));
            keepIn(tx, actor);
            return null;
        });
    }

    /** Rolls back what would shut out who asks for it. */
    private void keepIn(Tx tx, Actor actor) {
        if (!of(tx).admits(InetAddress.ofLiteral(actor.ip()), keeping.clock().instant())) {
            throw Problem.conflict("cidr", "This would block your own address " + actor.ip() + ". Add a rule that accepts it first, or do this from elsewhere.")
                    .raise();
        }
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var network = network(draft);
        if (network.isEmpty()) {
            problems.addIf(!draft.text("cidr").isBlank(), "cidr", "format", "cidr is an address or a network, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.");
            return;
        }
        others(tx, draft).stream().filter(other -> network(other).equals(network)).findFirst().ifPresent(other -> problems.add(
                Problem.conflict("cidr", "The rule for " + other.text("cidr") + " is about the same addresses; change that one.")));
    }

    private List<Resource> others(Tx tx, Resource draft) {
        return rules.all(tx, Resources.COMPANY).stream().filter(other -> !other.id().equals(draft.id())).toList();
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(this::reload);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(this::reload);
    }
}
