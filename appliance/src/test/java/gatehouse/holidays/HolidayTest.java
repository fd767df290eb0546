package gatehouse.holidays;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problems;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidayTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Short for a document: {@code 2026-05-01 08:00 > 2026-05-03 12:00}; without a year for every year; without an end for one day. */
    private static ObjectNode holiday(String text) {
        var parts = text.split(" > ");
        var holiday = Json.object().put("name", text).put("region", "DEU").put("consecutive", parts.length > 1 && parts[1].contains("-"));
        place(holiday, "start", parts[0]);
        if (parts.length > 1) {
            place(holiday, "end", parts[1]);
        }
        return holiday.put("every_year", !holiday.has("year_start"));
    }

    private static void place(ObjectNode holiday, String which, String text) {
        for (var part : text.split(" ")) {
            var numbers = part.split("[-:]");
            if (part.contains(":")) {
                holiday.put("hour_" + which, Integer.parseInt(numbers[0])).put("minute_" + which, Integer.parseInt(numbers[1]));
            } else {
                var last = numbers.length - 1;
                holiday.put("day_" + which, Integer.parseInt(numbers[last])).put("month_" + which, Integer.parseInt(numbers[last - 1]));
                if (numbers.length == 3) {
                    holiday.put("year_" + which, Integer.parseInt(numbers[0]));
                }
            }
        }
    }

    /** Each line: yes or no, and a local time. */
    private static void check(String holiday, String times) {
        var document = holiday(holiday);
        var problems = new Problems();
        HolidayRules.check(document, problems);
        assertEquals(List.of(), problems.list(), holiday);
        var parsed = Holiday.of("h", document);
        times.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var words = line.split("\\s+");
            assertEquals(words[0], parsed.covers(LocalDateTime.parse(words[1])) ? "yes" : "no", holiday + " at " + words[1]);
        });
    }

    @Test
    void one_day_once_is_that_day_from_midnight_to_midnight() {
        check("2026-05-01", """
                no  2026-04-30T23:59:59
                yes 2026-05-01T00:00:00
                yes 2026-05-01T23:59:59
                no  2026-05-02T00:00:00
                no  2027-05-01T12:00:00
                no  2025-05-01T12:00:00
                """);
    }

    @Test
    void bounds_are_minutes_and_the_last_one_is_whole() {
        check("2026-12-24 12:30 > 18:00", """
                no  2026-12-24T12:29:59
                yes 2026-12-24T12:30:00
                yes 2026-12-24T18:00:59
                no  2026-12-24T18:01:00
                """);
        check("2026-12-24 00:00 > 23:59", """
                yes 2026-12-24T00:00:00
                yes 2026-12-24T23:59:59
                no  2026-12-25T00:00:00
                """);
        check("2026-12-24 12:00 > 24:00", """
                no  2026-12-24T11:59:59
                yes 2026-12-24T23:59:59
                no  2026-12-25T00:00:00
                """);
    }

    @Test
    void a_run_is_one_stretch_from_its_first_minute_to_its_last() {
        check("2026-08-03 17:00 > 2026-08-07 09:30", """
                no  2026-08-03T16:59:59
                yes 2026-08-03T17:00:00
                yes 2026-08-05T03:00:00
                yes 2026-08-07T09:30:59
                no  2026-08-07T09:31:00
                no  2027-08-05T12:00:00
                """);
        check("2026-12-30 > 2028-01-02", """
                yes 2026-12-30T00:00:00
                yes 2027-07-01T12:00:00
                yes 2028-01-02T23:59:59
                no  2028-01-03T00:00:00
                """);
    }

    @Test
    void every_year_comes_back() {
        check("10-03", """
                yes 1999-10-03T00:00:00
                yes 2026-10-03T23:59:59
                no  2026-10-04T00:00:00
                yes 9999-10-03T12:00:00
                """);
        check("07-20 12:00 > 08-10 12:00", """
                no  2026-07-20T11:59:59
                yes 2026-07-31T00:00:00
                yes 2031-08-10T12:00:30
                no  2031-08-10T12:01:00
                """);
    }

    @Test
    void every_year_may_go_past_new_year() {
        check("12-24 14:00 > 01-02 08:00", """
                no  2026-12-24T13:59:59
                yes 2026-12-24T14:00:00
                yes 2026-12-31T23:59:59
                yes 2027-01-01T00:00:00
                yes 2027-01-02T08:00:59
                no  2027-01-02T08:01:00
                no  2027-06-15T12:00:00
                yes 2027-12-25T00:00:00
                """);
        check("12-31 > 01-01", """
                no  2026-12-30T23:59:59
                yes 2026-12-31T00:00:00
                yes 2027-01-01T23:59:59
                no  2027-01-02T00:00:00
                """);
    }

    @Test
    void the_leap_day_is_in_leap_years() {
        check("02-29", """
                yes 2028-02-29T12:00:00
                no  2027-02-28T12:00:00
                no  2027-03-01T12:00:00
                """);
        check("02-27 > 02-29", """
                yes 2027-02-28T23:59:59
                no  2027-03-01T00:00:00
                yes 2028-02-29T23:59:59
                no  2028-03-01T00:00:00
                """);
        check("02-29 > 03-02", """
                no  2027-02-28T23:59:59
                yes 2027-03-01T00:00:00
                yes 2028-02-29T00:00:00
                """);
        check("2028-02-29", """
                yes 2028-02-29T12:00:00
                """);
    }

    private static void at(String holiday, String instant, ZoneId zone, boolean expected) {
        assertEquals(expected, Holiday.of("h", holiday(holiday)).covers(Instant.parse(instant), zone), holiday + " at " + instant + " in " + zone);
    }

    @Test
    void it_is_a_holiday_by_the_clock_on_the_wall() {
        at("2026-05-01", "2026-04-30T22:00:00Z", BERLIN, true);
        at("2026-05-01", "2026-04-30T21:59:59Z", BERLIN, false);
        at("2026-05-01", "2026-04-30T22:00:00Z", ZoneId.of("UTC"), false);
        at("2026-05-01", "2026-05-02T06:59:59Z", ZoneId.of("America/Los_Angeles"), true);
        at("2026-05-01", "2026-04-30T10:00:00Z", ZoneId.of("Pacific/Kiritimati"), true);
    }

    @Test
    void a_night_with_an_hour_twice_has_it_twice_and_one_without_has_it_not() {
        var autumn = "2026-10-25 02:00 > 02:29";
        at(autumn, "2026-10-24T23:59:59Z", BERLIN, false);
        at(autumn, "2026-10-25T00:00:00Z", BERLIN, true);
        at(autumn, "2026-10-25T00:30:00Z", BERLIN, false);
        at(autumn, "2026-10-25T01:00:00Z", BERLIN, true);
        at(autumn, "2026-10-25T01:30:00Z", BERLIN, false);
        var spring = "2026-03-29 02:00 > 02:59";
        at(spring, "2026-03-29T00:59:59Z", BERLIN, false);
        at(spring, "2026-03-29T01:00:00Z", BERLIN, false);
        at("2026-03-29", "2026-03-29T21:59:59Z", BERLIN, true);
        at("2026-03-29", "2026-03-29T22:00:00Z", BERLIN, false);
    }

    private static List<String> broken(String holiday) {
        return broken(holiday(holiday));
    }

    private static List<String> broken(ObjectNode holiday) {
        var problems = new Problems();
        HolidayRules.check(holiday, problems);
        return problems.list().stream().map(problem -> problem.detail().get("field") + " " + problem.detail().get("rule")).toList();
    }

    @Test
    void days_that_are_not_there_and_ends_before_beginnings_are_refused() {
        assertEquals(List.of("day_start calendar"), broken("2026-02-29"));
        assertEquals(List.of("day_start calendar"), broken("04-31"));
        assertEquals(List.of("month_start range", "day_start range"), broken("13-32"));
        assertEquals(List.of("year_start range"), broken("0-05-01"));
        assertEquals(List.of("hour_start range", "minute_end range"), broken("05-01 24:00 > 12:60"));
        assertEquals(List.of("minute_end range"), broken("05-01 12:00 > 24:01"));
        assertEquals(List.of("hour_end order"), broken("05-01 12:00 > 11:59"));
        assertEquals(List.of("hour_end order"), broken("2026-05-01 12:00 > 11:59"));
        assertEquals(List.of("day_end order"), broken("2026-05-02 > 2026-05-01"));
        assertEquals(List.of("day_end order"), broken("05-01 12:00 > 05-01 11:00"));
        assertEquals(List.of(), broken("05-01 12:00 > 12:00"));
        assertEquals(List.of("year_end required"), broken("2026-12-24 > 01-02"));
    }

    @Test
    void what_a_form_needs_must_be_there_and_what_it_does_not_is_not_looked_at() {
        var bare = Json.object().put("name", "x").put("region", "DEU").put("consecutive", true).put("every_year", false);
        assertEquals(List.of("year_start required", "month_start required", "day_start required", "year_end required", "month_end required",
                "day_end required"), broken(bare));
        assertEquals(List.of("hour_start required"), broken(holiday("05-01").put("minute_start", 30)));
        assertEquals(List.of(), broken(holiday("05-01").put("day_end", 0).put("month_end", 99).put("year_start", -1)));
        assertEquals(List.of("region unknown"), broken(holiday("05-01").put("region", "deu")));
        assertEquals(List.of("region unknown"), broken(holiday("05-01").put("region", "XQZ")));
    }
}
