package gatehouse.security;

import static gatehouse.security.Barring.DOMESTIC;
import static gatehouse.security.Barring.INTERNATIONAL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.numbering.Countries;
import gatehouse.numbering.Home;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may call what outside. */
class BarringTest {
    private static final Countries COUNTRIES = Countries.shipped();
    private static final Home GERMANY = Home.of(COUNTRIES.named("DE").orElseThrow());
    private static final Set<String> STANDARD = Set.of(DOMESTIC);
    private static final Set<String> WORLDLY = Set.of(DOMESTIC, INTERNATIONAL);
    private static final Verdict OK = new Verdict.Allowed();

    private static Barring barring(Set<String> allowed, String... disallowed) {
        return new Barring(COUNTRIES, GERMANY, allowed, List.of(disallowed), List.of("112", "110"));
    }

    @Test
    void a_new_box_calls_within_the_country_only() {
        var fresh = barring(Set.of());
        assertEquals(OK, fresh.verdict(STANDARD, "030 1234567"));
        assertEquals(OK, fresh.verdict(STANDARD, "+49301234567"));
        assertEquals(new Verdict.CountryNotAllowed("United Kingdom"), fresh.verdict(WORLDLY, "+44201234567"));
        assertEquals(new Verdict.CountryNotAllowed("Jamaica"), fresh.verdict(WORLDLY, "0018765551234"));
    }

    @Test
    void abroad_needs_the_country_and_the_permission() {
        var open = barring(Set.of("44"));
        assertEquals(OK, open.verdict(WORLDLY, "+44201234567"));
        assertEquals(new Verdict.NeedsPermission(INTERNATIONAL), open.verdict(STANDARD, "+44201234567"));
        assertEquals(new Verdict.CountryNotAllowed("France"), open.verdict(WORLDLY, "0033123456789"));
    }

    @Test
    void one_code_of_north_america_does_not_open_its_islands() {
        var open = barring(Set.of("1"));
        assertEquals(OK, open.verdict(WORLDLY, "+12125551234"));
        assertEquals(new Verdict.CountryNotAllowed("Dominican Republic"), open.verdict(WORLDLY, "+18095551234"));
        assertEquals(OK, barring(Set.of("1809")).verdict(WORLDLY, "+18095551234"));
    }

    @Test
    void nobody_has_an_unknown_code() {
        assertEquals(new Verdict.CountryNotAllowed("+999123456"), barring(Set.of("44")).verdict(WORLDLY, "+999123456"));
    }

    @Test
    void who_may_not_call_outside_may_not_call_within_the_country_either() {
        assertEquals(new Verdict.NeedsPermission(DOMESTIC), barring(Set.of()).verdict(Set.of(), "0301234567"));
    }

    @Test
    void a_disallowed_code_holds_however_the_number_is_written() {
        for (var code : List.of("0900", "+49900", "0049900")) {
            var premium = barring(Set.of(), code);
            for (var number : List.of("0900123456", "+49900123456", "0049 900 123456")) {
                assertEquals(new Verdict.CodeDisallowed(code), premium.verdict(WORLDLY, number), code + " and " + number);
            }
            assertEquals(OK, premium.verdict(WORLDLY, "09011234567"));
        }
        assertEquals(new Verdict.CodeDisallowed("4420"), barring(Set.of("44"), "4420").verdict(WORLDLY, "+44201234567"));
        assertEquals(new Verdict.CodeDisallowed("#31#"), barring(Set.of(), "#31#").verdict(WORLDLY, "#31#0301234567"));
    }

    @Test
    void a_prefix_for_calls_abroad_alone_bars_all_of_them_and_nothing_else() {
        var inland = barring(Set.of("44"), "00");
        assertEquals(new Verdict.CodeDisallowed("00"), inland.verdict(WORLDLY, "+44201234567"));
        assertEquals(OK, inland.verdict(WORLDLY, "+49301234567"));
        assertEquals(OK, inland.verdict(WORLDLY, "0301234567"));
    }

    @Test
    void help_can_always_be_called() {
        var shut = barring(Set.of(), "1", "0", "+");
        for (var number : List.of("112", "110", "1 1 2", "1121")) {
            assertEquals(new Verdict.Emergency(), shut.verdict(Set.of(), number), number);
        }
        assertEquals(new Verdict.CodeDisallowed("1"), shut.verdict(WORLDLY, "1122334"), "somebody's own number is no emergency");
    }

    @Test
    void what_is_no_number_is_no_number() {
        assertEquals(new Verdict.NotANumber(), barring(Set.of()).verdict(WORLDLY, "bob"));
        assertEquals(new Verdict.NotANumber(), barring(Set.of()).verdict(WORLDLY, ""));
    }

    @Test
    void while_nobody_said_where_the_box_stands_nothing_abroad_is_open() {
        var nowhere = new Barring(COUNTRIES, Home.UNKNOWN, Set.of(), List.of(), List.of());
        assertEquals(new Verdict.CountryNotAllowed("Germany"), nowhere.verdict(WORLDLY, "+49301234567"));
        assertEquals(new Verdict.NeedsPermission(INTERNATIONAL), nowhere.verdict(STANDARD, "011442012345678"));
        assertEquals(OK, nowhere.verdict(STANDARD, "0301234567"));
    }
}
