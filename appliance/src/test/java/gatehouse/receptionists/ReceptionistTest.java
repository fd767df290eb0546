package gatehouse.receptionists;

import static gatehouse.testkit.Week5x8.BY_DAY;
import static gatehouse.testkit.Week5x8.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.ForwardRule.Action;
import gatehouse.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a key leads, and what an address that a receptionist asks is like. */
class ReceptionistTest {
    private static final String MORNING = "2026-05-04T10:00";

    private static Receptionist receptionist(String fields) {
        return Receptionist.of(new Resource("id", "", (ObjectNode) Json.parse(fields), null, Instant.EPOCH, Instant.EPOCH));
    }

    private static final Receptionist MENU = receptionist("""
            {"name": "Menu", "extension_number": "600", "custom_forward_rules": [
              {"user_input": "1", "office_hours": {"mode": "GLOBAL"}, "holidays": ["may-day"],
               "office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "101"},
               "non_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "101"}},
              {"user_input": "12", "office_hours_forward_rule": {"action": "REPEAT"}, "holidays": ["may-day"],
               "holiday_forward_rule": {"action": "HANGUP"}},
              {"user_input": "*", "office_hours_forward_rule": {"action": "DISA"}}]}""");

    private static String pressed(String input, String local) {
        return MENU.pressed(input, at(local), BY_DAY).map(rule -> (rule.action() + " " + rule.number()).strip()).orElse("nowhere");
    }

    @Test
    void a_key_leads_where_its_hours_say() {
        assertEquals("FORWARD_TO_NUMBER 101", pressed("1", MORNING));
        assertEquals("FORWARD_TO_VOICEMAIL 101", pressed("1", "2026-05-04T20:00"));
        assertEquals("FORWARD_TO_VOICEMAIL 101", pressed("1", "2026-05-01T10:00"), "a holiday is at least a closed day");
        assertEquals("REPEAT", pressed("12", MORNING));
        assertEquals("HANGUP", pressed("12", "2026-05-01T10:00"));
        assertEquals("DISA", pressed("*", MORNING));
        assertEquals("nowhere", pressed("*", "2026-05-04T20:00"));
        assertEquals("nowhere", pressed("101", MORNING), "an extension is none of the menu's keys");
    }

    @Test
    void another_key_is_waited_for_only_where_one_may_follow() {
        assertTrue(MENU.mayGoOn("1"));
        assertFalse(MENU.mayGoOn("12") || MENU.mayGoOn("*") || MENU.mayGoOn("2"));
    }

    @Test
    void what_nobody_said_is_the_usual() {
        assertEquals(Duration.ofSeconds(30), MENU.patience());
        assertEquals(3, MENU.repeats());
        assertEquals(Action.HANGUP, MENU.silence().action());
        assertEquals(Action.REPEAT, MENU.failure().action());
        assertEquals(Optional.empty(), MENU.night());
        var told = receptionist("""
                {"extension_number": "600", "timeout_forward_rule": {"timeout": 5, "repeat_times": 1, "action": "FORWARD_TO_NUMBER", "number": "101"},
                 "night_mode_forward_rule": {"action": "HANGUP"}, "dtmf_interval": 4}""");
        assertEquals(new ForwardRule(Action.FORWARD_TO_NUMBER, "101"), told.silence());
        assertEquals(Duration.ofSeconds(5), told.patience());
        assertEquals(Duration.ofSeconds(4), told.keyGap());
        assertEquals(Action.HANGUP, told.night().orElseThrow().action());
    }

    @Test
    void headers_stand_on_lines_or_between_semicolons() {
        assertEquals(Map.of("X-One", "1", "X-Two", "a; b=2"), ActionUrl.headers("X-One: 1\r\n X-Two:a; b=2").orElseThrow());
        assertEquals(Map.of("X-One", "1", "X-Two", "2"), ActionUrl.headers("X-One: 1; X-Two: 2").orElseThrow());
        assertEquals(Map.of(), ActionUrl.headers("").orElseThrow());
        for (var wrong : List.of("no colon", "X One: 1", ": 1", "X: a\tb\u0000", "X-One: 1\nrest")) {
            assertEquals(Optional.empty(), ActionUrl.headers(wrong), wrong);
        }
    }
}
