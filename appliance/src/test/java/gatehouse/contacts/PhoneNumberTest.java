package gatehouse.contacts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhoneNumberTest {
    private static void check(String pairs) {
        pairs.lines().filter(line -> !line.isBlank()).forEach(line -> {
            var parts = line.strip().split(" (is not|is) ");
            var one = PhoneNumber.of(parts[0]).orElseThrow();
            var other = PhoneNumber.of(parts[1]).orElseThrow();
            assertEquals(line.contains(" is not ") ? "differ" : "same", one.isSame(other) ? "same" : "differ", line);
            assertEquals(one.isSame(other), other.isSame(one), line);
            if (one.isSame(other)) {
                assertEquals(one.tail(), other.tail(), "the index finds it: " + line);
            }
        });
    }

    @Test
    void the_same_number_can_be_written_in_many_ways() {
        check("""
                +49 30 1234567 is 0049301234567
                +49 (0)30 123-4567 is +49301234567
                030/1234567 is +49 30 1234567
                030.123.4567 is 49301234567
                tel:+49301234567 is +49301234567
                sip:+49301234567@trunk.example;user=phone is 0301234567
                +49 30 1234567 ext. 22 is +49301234567
                1234567 is +49301234567
                112 is 112
                101 is 101
                """);
    }

    @Test
    void numbers_that_only_look_alike_are_not_the_same() {
        check("""
                +49 30 1234567 is not +44 30 1234567
                030 1234567 is not 040 1234567
                101 is not 0101
                101 is not 1101
                1234567 is not 234567
                112 is not +49301234112
                """);
    }

    @Test
    void a_name_is_no_number() {
        for (var text : new String[] {"", "  ", "sip:alice@example.org", "+", "n/a", "()"}) {
            assertEquals(Optional.empty(), PhoneNumber.of(text), text);
        }
    }
}
