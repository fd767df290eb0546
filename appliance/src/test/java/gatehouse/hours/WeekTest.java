package gatehouse.hours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.core.Problems;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeekTest {
    private static final String OFFICE = """
            {"monday": {"enabled": true, "ranges": [{"from": "8:30", "to": "12:00"}, {"from": "13:00", "to": "17:00:30"}]},
             "tuesday": {"enabled": true, "ranges": []}, "wednesday": {"enabled": false, "ranges": [{"from": "08:00", "to": "17:00"}]},
             "friday": {"enabled": true, "ranges": [{"from": "22:00", "to": "24:00"}]}, "saturday": {"enabled": true,
                     "ranges": [{"from": "00:00", "to": "00:00"}]},
             "sunday": null}""";

    /** Monday is 2026-01-05. */
    private static boolean open(String at) {
        return Week.of(Json.parse(OFFICE)).covers(LocalDateTime.parse(at));
    }

    @Test
    void a_range_has_its_first_second_and_not_its_last() {
        assertFalse(open("2026-01-05T08:29:59"));
        assertTrue(open("2026-01-05T08:30:00"));
        assertTrue(open("2026-01-05T11:59:59"));
        assertFalse(open("2026-01-05T12:00:00"));
        assertTrue(open("2026-01-05T17:00:29"));
        assertFalse(open("2026-01-05T17:00:30"));
    }

    @Test
    void a_day_without_ranges_is_whole_and_one_that_is_not_enabled_has_none() {
        assertTrue(open("2026-01-06T00:00:00"));
        assertTrue(open("2026-01-06T23:59:59"));
        assertFalse(open("2026-01-07T09:00:00"));
        assertFalse(open("2026-01-08T09:00:00"), "a day that is not named");
        assertFalse(open("2026-01-11T09:00:00"), "a day that is null");
    }

    @Test
    void midnight_at_the_end_is_the_days_end() {
        assertTrue(open("2026-01-09T23:59:59"));
        assertTrue(open("2026-01-10T00:00:00"), "from 00:00 to 00:00 is the whole day");
        assertTrue(open("2026-01-10T23:59:59"));
    }

    private static List<String> broken(String range) {
        var problems = new Problems();
        Week.check(Json.parse("{\"monday\": {\"enabled\": true, \"ranges\": [" + range + "]}}"), "hours", problems);
        return problems.list().stream().map(problem -> problem.detail().get("field") + " " + problem.detail().get("rule")).toList();
    }

    @Test
    void what_is_no_range_is_named() {
        assertEquals(List.of(), broken("{\"from\": \"0:00\", \"to\": \"24:00\"}"));
        assertEquals(List.of("hours.monday.ranges[0] order"), broken("{\"from\": \"17:00\", \"to\": \"08:00\"}"));
        assertEquals(List.of("hours.monday.ranges[0] order"), broken("{\"from\": \"08:00\", \"to\": \"08:00\"}"));
        for (var time : List.of("25:00", "24:01", "8", "8:5", "08:60", "08:00:60", "noon", "", "-1:00", "08:00 ")) {
            assertEquals(List.of("hours.monday.ranges[0].from format"), broken("{\"from\": \"" + time + "\", \"to\": \"24:00\"}"), time);
        }
        assertEquals(List.of("hours.monday.ranges[0].from format", "hours.monday.ranges[0].to format"), broken("{\"from\": null}"));
        assertEquals(List.of("hours.monday.ranges maxItems"), broken(String.join(",", java.util.Collections.nCopies(25,
                "{\"from\": \"1:00\", \"to\": \"2:00\"}"))));
    }
}
