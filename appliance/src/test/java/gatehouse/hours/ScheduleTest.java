package gatehouse.hours;

import static gatehouse.testkit.Week5x8.BY_DAY;
import static gatehouse.testkit.Week5x8.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problems;
import gatehouse.hours.Schedule.Mode;
import gatehouse.hours.Schedule.When;
import gatehouse.testkit.Week5x8;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final String MONDAY_MORNING = "2026-05-04T10:00";
    private static final String MONDAY_NIGHT = "2026-05-04T22:00";
    private static final String SATURDAY = "2026-05-02T10:00";
    private static final String MAY_DAY = "2026-05-01T10:00"; // a Friday

    private static Schedule schedule(String fields, Mode unless) {
        var given = Json.parse(fields);
        return Schedule.of(given.path("office_hours"), given.path("holidays"), unless);
    }

    private static When when(String fields, String local) {
        return schedule(fields, Mode.GLOBAL).at(at(local), BY_DAY);
    }

    @Test
    void the_companys_hours_hold_unless_there_are_others() {
        for (var fields : List.of("{}", "{\"office_hours\": null}", "{\"office_hours\": {\"mode\": \"GLOBAL\"}}")) {
            assertEquals(When.OPEN, when(fields, MONDAY_MORNING), fields);
            assertEquals(When.CLOSED, when(fields, MONDAY_NIGHT), fields);
            assertEquals(When.CLOSED, when(fields, SATURDAY), fields);
        }
        var weekend = "{\"office_hours\": {\"mode\": \"CUSTOM\", \"saturday\": {\"enabled\": true}}}";
        assertEquals(When.CLOSED, when(weekend, MONDAY_MORNING));
        assertEquals(When.OPEN, when(weekend, SATURDAY));
        assertEquals(When.OPEN, schedule("{}", Mode.ALWAYS).at(at(MONDAY_NIGHT), BY_DAY));
    }

    @Test
    void a_holiday_comes_before_hours_and_only_where_it_is_named() {
        assertEquals(When.HOLIDAY, when("{\"holidays\": [\"other\", \"may-day\"]}", MAY_DAY));
        assertEquals(When.OPEN, when("{\"holidays\": [\"other\"]}", MAY_DAY));
        assertEquals(When.OPEN, when("{\"holidays\": [\"may-day\"]}", MONDAY_MORNING));
    }

    @Test
    void night_mode_closes_for_who_calls_in_and_not_for_who_calls_out() {
        var schedule = schedule("{}", Mode.GLOBAL);
        assertEquals(When.CLOSED, schedule.at(at(MONDAY_MORNING), new Week5x8(true)));
        assertTrue(schedule.isOpen(at(MONDAY_MORNING), new Week5x8(true)));
        assertFalse(schedule.isOpen(at(MONDAY_NIGHT), BY_DAY));
        assertFalse(schedule("{\"holidays\": [\"may-day\"]}", Mode.ALWAYS).isOpen(at(MAY_DAY), BY_DAY));
    }

    @Test
    void holidays_that_are_none_and_hours_out_of_order_are_told() {
        var problems = new Problems();
        Schedule.check(null, Json.parse("""
                {"holidays": ["may-day", "gone"], "office_hours": {"monday": {"enabled": true, "ranges": [{"from": "17:00", "to": "09:00"}]}}}"""),
                "rules[0].", BY_DAY, problems);
        assertEquals(List.of("rules[0].office_hours.monday.ranges[0]", "rules[0].holidays[1]"),
                problems.list().stream().map(problem -> problem.detail().get("field")).toList());
    }

    @Test
    void holidays_are_shown_in_the_place_of_their_ids_and_what_is_gone_is_left_out() {
        var one = (ObjectNode) Json.parse("{\"holidays\": [\"gone\", \"may-day\"]}");
        var two = (ObjectNode) Json.parse("{\"holidays\": null}");
        Schedule.show(List.of(one, two), ids -> BY_DAY.holidays(null, ids));
        assertEquals("{\"holidays\":[{\"id\":\"may-day\",\"name\":\"May Day\"}]}", one.toString());
        assertEquals("{\"holidays\":null}", two.toString());
    }
}
