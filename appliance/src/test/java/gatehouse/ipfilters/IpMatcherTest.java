package gatehouse.ipfilters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IpMatcherTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** {@code -} before a network denies it. */
    private static IpMatcher rules(String... all) {
        return new IpMatcher(Stream.of(all).map(text -> new IpMatcher.Rule(Network.parse(text.replace("-", "")).orElseThrow(), !text.startsWith("-"),
                Optional.empty())).toList());
    }

    private static void check(IpMatcher rules, String admitted, String refused) {
        for (var address : admitted.split(" ")) {
            assertTrue(rules.admits(InetAddress.ofLiteral(address), NOW), address);
        }
        for (var address : refused.split(" ")) {
            assertFalse(rules.admits(InetAddress.ofLiteral(address), NOW), address);
        }
    }

    @Test
    void the_smallest_network_that_an_address_is_in_decides() {
        check(rules("-10.0.0.0/8", "10.1.0.0/16", "-10.1.2.0/24", "10.1.2.3"), "192.0.2.1 10.1.0.0 10.1.255.255 10.1.2.3", "10.0.0.0 10.255.0.1 10.1.2.2 10.1.2.255");
    }

    @Test
    void a_network_ends_at_its_last_bit() {
        check(rules("-192.0.2.128/25"), "192.0.2.127 192.0.3.128", "192.0.2.128 192.0.2.255");
        check(rules("-192.0.2.77/27"), "192.0.2.63 192.0.2.96", "192.0.2.64 192.0.2.95");
        check(rules("-2001:db8::/33"), "2001:db8:8000::1 2001:db9::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff 2001:db8::");
    }

    @Test
    void everybody_may_be_shut_out_but_the_box_itself() {
        check(rules("-0.0.0.0/0", "-::/0", "-127.0.0.1", "-::1"), "127.0.0.1 ::1", "192.0.2.1 2001:db8::1 127.0.0.2");
    }

    @Test
    void the_two_kinds_of_addresses_do_not_mix() {
        check(rules("-0.0.0.0/0"), "2001:db8::1", "192.0.2.1");
        check(rules("-::/0"), "192.0.2.1", "2001:db8::1");
    }

    @Test
    void an_address_of_the_old_kind_in_the_clothes_of_the_new_one_is_the_old_one() {
        assertEquals(Network.parse("192.0.2.1"), Network.parse("::ffff:192.0.2.1"));
    }

    @Test
    void a_rule_that_has_ended_leaves_the_next_larger_one() {
        var rules = new IpMatcher(List.of(new IpMatcher.Rule(Network.parse("10.0.0.0/8").orElseThrow(), false, Optional.empty()),
                new IpMatcher.Rule(Network.parse("10.0.0.1").orElseThrow(), true, Optional.of(NOW))));
        assertTrue(rules.admits(InetAddress.ofLiteral("10.0.0.1"), NOW.minusMillis(1)));
        assertFalse(rules.admits(InetAddress.ofLiteral("10.0.0.1"), NOW));
    }
}
