package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.MovedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MissLimitTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final MissLimit limit = new MissLimit(clock);

    private void miss(int times) {
        for (int i = 0; i < times; i++) {
            limit.missed("192.0.2.7");
        }
    }

    @Test
    void an_address_waits_after_as_many_misses_as_are_allowed() {
        miss(MissLimit.MISSES - 1);
        assertTrue(limit.waitOf("192.0.2.7").isEmpty());
        assertTrue(limit.missed("192.0.2.7"));
        assertEquals(MissLimit.ONE_MORE_EVERY, limit.waitOf("192.0.2.7").orElseThrow());
        assertTrue(limit.waitOf("192.0.2.8").isEmpty());
    }

    @Test
    void the_allowance_grows_back_with_time() {
        miss(MissLimit.MISSES);
        clock.move(MissLimit.ONE_MORE_EVERY.minusMillis(1));
        assertTrue(limit.waitOf("192.0.2.7").isPresent());
        clock.move(Duration.ofMillis(1));
        assertTrue(limit.waitOf("192.0.2.7").isEmpty());
        assertFalse(limit.missed("192.0.2.7"), "that was told already");
        assertTrue(limit.waitOf("192.0.2.7").isPresent());
        clock.move(MissLimit.ONE_MORE_EVERY.multipliedBy(MissLimit.MISSES));
        miss(MissLimit.MISSES - 1);
        assertTrue(limit.waitOf("192.0.2.7").isEmpty());
    }

    @Test
    void what_goes_on_for_hours_is_told_once_in_each() {
        miss(MissLimit.MISSES);
        var told = 0;
        for (int i = 0; i < 2 * 360; i++) {
            clock.move(MissLimit.ONE_MORE_EVERY);
            told += limit.missed("192.0.2.7") ? 1 : 0;
        }
        assertEquals(2, told);
    }

    @Test
    void a_host_that_makes_itself_addresses_in_its_network_is_one() {
        for (int i = 0; i < MissLimit.MISSES; i++) {
            limit.missed("[2001:db8:0:1::%x]".formatted(i));
        }
        assertTrue(limit.waitOf("[2001:db8:0:1:1234::1]").isPresent());
        assertTrue(limit.waitOf("[2001:db8:0:2::1]").isEmpty());
    }

    @Test
    void a_phone_that_misses_now_and_then_is_never_stopped() {
        for (int hour = 0; hour < 1_000; hour++) {
            miss(6);
            assertTrue(limit.waitOf("192.0.2.7").isEmpty());
            clock.move(Duration.ofMinutes(2));
        }
    }

    @Test
    void many_addresses_push_out_the_one_that_was_quiet_longest_and_memory_stays_bounded() {
        miss(MissLimit.MISSES);
        for (int i = 0; i < 9_999; i++) {
            limit.missed("10.0." + i / 250 + "." + i % 250);
        }
        assertTrue(limit.waitOf("192.0.2.7").isPresent());
        for (int i = 0; i < 10_000; i++) {
            limit.missed("10.1." + i / 250 + "." + i % 250);
        }
        assertTrue(limit.waitOf("192.0.2.7").isEmpty());
    }
}
