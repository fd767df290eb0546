package gatehouse.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.discovery.Step.Rung;
import gatehouse.identity.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the steps of a phone to a sentence and a cure. */
class WhyTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private static Step step(Rung rung, String detail) {
        return new Step(START, rung, "192.0.2.7", detail, 1);
    }

    private static Why why(Step... steps) {
        return Why.of(new Why.Facts(true, Optional.of("101"), Optional.empty(), false, List.of(steps)));
    }

    @Test
    void every_refusal_is_told_with_its_own_cure() {
        for (var refusal : Refusal.values()) {
            var why = why(step(Rung.HEARD, ""), step(Rung.REFUSED, refusal.words()));
            assertTrue(why.stands().contains(refusal.why()), why.toString());
            assertEquals(refusal.cure(), why.cure());
        }
    }

    @Test
    void every_rung_on_which_a_phone_may_stop_has_a_cure() {
        for (var rung : Rung.values()) {
            assertFalse(why(step(rung, "x")).cure().isEmpty(), rung.name());
        }
    }

    @Test
    void files_that_are_asked_for_in_vain_after_the_own_ones_stop_nothing() {
        var why = why(step(Rung.FETCHED, "a.cfg"), step(Rung.REFUSED, Refusal.NO_FILE.words() + ": b.cfg"));
        assertTrue(why.stands().contains("has its files (a.cfg)"), why.toString());
    }

    @Test
    void a_log_says_nothing_about_where_a_phone_stands() {
        assertEquals(why(step(Rung.FETCHED, "a.cfg")), why(step(Rung.FETCHED, "a.cfg"), step(Rung.LOGGED, "a.log")));
    }

    @Test
    void a_registered_phone_needs_nothing_whatever_was_before() {
        var steps = new ArrayList<Step>();
        for (var rung : Rung.values()) {
            steps.add(step(rung, "x"));
        }
        assertEquals(new Why("It is registered as 101 from 192.0.2.7.", ""),
                Why.of(new Why.Facts(true, Optional.of("101"), Optional.of("192.0.2.7"), true, steps)));
    }

    @Test
    void the_way_by_the_network_is_only_proposed_when_it_is_off() {
        assertTrue(why().cure().contains("(pnp)"), why().cure());
        assertFalse(Why.of(new Why.Facts(true, Optional.of("101"), Optional.empty(), true, List.of())).cure().contains("(pnp)"));
    }
}
