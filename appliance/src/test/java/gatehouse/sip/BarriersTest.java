package gatehouse.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.MovedClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three requests in ten seconds cost thirty seconds, six an hour. */
class BarriersTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final InetAddress EVE = InetAddress.ofLiteral("192.0.2.7");
    private static final InetAddress ANN = InetAddress.ofLiteral("192.0.2.8");

    private final MovedClock clock = new MovedClock(NOON);
    private final List<String> told = new ArrayList<>();
    private List<SipOptions.Barrier> barriers = List.of(new SipOptions.Barrier(6, Duration.ofHours(1)), new SipOptions.Barrier(3, Duration.ofSeconds(30)));
    private final Barriers counting = new Barriers(() -> new SipOptions("", List.of(), SipOptions.USUAL.wrongTries(), false, Duration.ofSeconds(10), barriers), clock,
            (address, until) -> told.add(address.getHostAddress() + " until " + until));

    private int heard(InetAddress from, int requests) {
        var heard = 0;
        for (int i = 0; i < requests; i++) {
            heard += counting.admits(from) ? 1 : 0;
        }
        return heard;
    }

    @Test
    void who_sends_too_much_is_not_heard_for_a_while_and_others_are() {
        assertEquals(3, heard(EVE, 5));
        assertEquals(3, heard(ANN, 3));
        assertEquals(List.of("192.0.2.7 until 2026-03-04T12:00:30Z"), told);
        clock.move(Duration.ofSeconds(30));
        assertEquals(3, heard(EVE, 3));
    }

    @Test
    void who_goes_on_while_not_heard_reaches_the_next_barrier() {
        assertEquals(3, heard(EVE, 20));
        assertEquals(List.of("192.0.2.7 until 2026-03-04T12:00:30Z", "192.0.2.7 until 2026-03-04T13:00:00Z"), told);
        clock.move(Duration.ofMinutes(59));
        assertEquals(0, heard(EVE, 1));
        clock.move(Duration.ofMinutes(1));
        assertEquals(1, heard(EVE, 1));
    }

    @Test
    void what_comes_slowly_is_heard() {
        for (int i = 0; i < 100; i++) {
            assertTrue(counting.admits(EVE), "request " + i);
            clock.move(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_lock_shorter_than_the_period_is_set_again() {
        barriers = List.of(new SipOptions.Barrier(3, Duration.ofSeconds(1)));
        assertEquals(3, heard(EVE, 4));
        clock.move(Duration.ofSeconds(2));
        assertFalse(counting.admits(EVE));
        assertEquals(2, told.size());
    }

    @Test
    void without_barriers_nobody_is_counted() {
        barriers = List.of();
        assertEquals(1_000, heard(EVE, 1_000));
    }
}
