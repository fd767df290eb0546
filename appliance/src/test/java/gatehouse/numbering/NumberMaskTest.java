package gatehouse.numbering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NumberMaskTest {
    private static NumberMask mask(String text) {
        return NumberMask.of(text).orElseThrow(() -> new AssertionError(text + " is no mask"));
    }

    private static void check(String mask, String fits, String others) {
        for (var number : fits.split(" ")) {
            assertTrue(mask(mask).fits(number), mask + " is for " + number);
        }
        for (var number : others.split(" ")) {
            assertFalse(mask(mask).fits(number), mask + " is not for " + number);
        }
    }

    @Test
    void a_number_is_for_itself_with_a_plus_or_without() {
        check("6000", "6000 +6000", "600 60000 6001");
        check("+4930123", "4930123 +4930123", "004930123 30123");
    }

    @Test
    void a_range_is_for_numbers_of_its_own_length() {
        check("1000-2000", "1000 1500 2000", "999 0999 2001 10000 15000");
        check("00442012345670-00442012345680", "00442012345670 00442012345675 00442012345680", "00442012345669 00442012345681 442012345675");
        check("0998-1001", "0998 0999 1000 1001", "998 1002");
    }

    @Test
    void a_wildcard_stands_for_one_digit() {
        check("004420****", "0044201234", "004420123 00442012345 0044211234 004420123x");
        check("49?01", "49001 49901", "49011 4901 490011");
    }

    @Test
    void alternatives_stand_between_semicolons_and_spaces_do_not_matter() {
        check("0036***; 1000-2000;6000;", "0036123 1999 6000", "003612 2001 6001");
    }

    @Test
    void what_is_no_mask_is_refused() {
        for (var text : List.of("", ";", " ", "abc", "12-", "-12", "2000-1000", "1000-20000", "1-2-3", "1*-2*", "12+3", "1".repeat(33),
                String.join(";", Collections.nCopies(201, "1")))) {
            assertTrue(NumberMask.of(text).isEmpty(), text);
        }
        assertEquals(200, mask(String.join(";", Collections.nCopies(200, "1"))).parts().size());
    }

    @Test
    void a_pool_covers_numbers_ranges_and_masks_that_lie_within_it() {
        var pool = mask("33802000-33803000;33809122");
        for (var within : List.of("33802000", "33802500-33803000", "3380212*", "33809122;33802001")) {
            assertTrue(pool.covers(mask(within)), within);
        }
        for (var outside : List.of("33803001", "33802900-33803100", "3380****", "33802000;1", "338020000")) {
            assertFalse(pool.covers(mask(outside)), outside);
        }
        assertFalse(mask("3380****").covers(mask("33801234")), "only numbers and ranges are a pool");
        assertTrue(pool.isPool());
        assertFalse(mask("33802000;3380****").isPool());
    }

    @Test
    void fewer_open_digits_are_more_exact() {
        assertEquals(List.of(0, 1, 4, 4, 2), Stream.of("4930", "4930*", "1000-2000", "****", "12;4930**").map(text -> mask(text).openness())
                .toList());
        assertEquals(3, mask("4*30;12").openness(), "from the first open digit on");
    }
}
