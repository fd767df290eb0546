package gatehouse.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.company.CompanySettings;
import gatehouse.company.CompanySettingsFor;
import gatehouse.users.User;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Where calls go. The company in Berlin is open on Mondays from 8 to 17; {@link #MONDAY} is ten o'clock there, in winter. 100 to 129 are users
 * without rules until a test gives them some.
 */
class ForwardsTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-01-05T16:00:00Z");

    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Set<String> offline = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<String> onHoliday = new HashSet<>();
    private CompanySettings company = CompanySettingsFor.document("""
            {"timezone": "Europe/Berlin", "office_hours": {"monday": {"enabled": true, "ranges": [{"from": "08:00", "to": "17:00"}]}}}""");
    private final Forwards forwards = new Forwards(this::callee, () -> company, (user, _, _) -> onHoliday.contains(user));

    private Optional<Callee> callee(String number) {
        return number.matches("1[0-2]\\d") ? Optional.of(new Callee(new User(number, "user" + number, "StandardUser", true, "User " + number, "",
                Optional.of(number), settings.getOrDefault(number, Json.object()), Instant.EPOCH), !offline.contains(number), busy.contains(number)))
                : Optional.empty();
    }

    private void of(String number, String fields) {
        settings.put(number, (ObjectNode) Json.parse(fields));
    }

    private static String words(Route route) {
        var where = switch (route) {
            case Route.Ring(var number, var as, var atMost, _) -> "ring " + number + " as " + as + " for " + atMost.toSeconds();
            case Route.Elsewhere(var number, _) -> "to " + number;
            case Route.Voicemail(var number, var otherwise, _) -> "voicemail of " + number + (otherwise == 480 ? "" : " or " + otherwise);
            case Route.Refused(var number, var status, _) -> number + " refuses with " + status;
        };
        return where + (route.via().isEmpty() ? "" : " via " + String.join(" ", route.via()));
    }

    private void check(String wanted, String number, Instant at) {
        assertEquals(wanted, words(forwards.route(number, "555", at)));
    }

    private void check(String wanted, String number) {
        check(wanted, number, MONDAY);
    }

    private Route.Ring rang(String number) {
        return (Route.Ring) forwards.route(number, "555", MONDAY);
    }

    @Test
    void without_rules_phones_ring_and_voicemail_takes_what_nobody_takes() {
        check("ring 101 as AVAILABLE for 60", "101");
        check("ring 101 as AVAILABLE for 60", "101", EVENING);
        assertEquals("voicemail of 101", words(forwards.unanswered(rang("101"), "555", MONDAY)));
        assertEquals("voicemail of 101 or 486", words(forwards.refused(rang("101"), "555", MONDAY)));
        assertEquals("voicemail of 101", words(forwards.unreachable(rang("101"), "555", MONDAY)));
        busy.add("101");
        check("ring 101 as BUSY for 60", "101");
        offline.add("101");
        check("voicemail of 101", "101");
        check("to 600", "600");
    }

    @Test
    void hours_decide_which_rule_applies() {
        of("101", """
                {"available_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "+49 (30) 1"},
                 "available_non_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL"}}""");
        check("to +49301 via 101", "101");
        check("voicemail of 101", "101", EVENING);
        check("to +49301 via 101", "101", Instant.parse("2026-01-05T07:00:00Z")); // eight in Berlin
        check("voicemail of 101", "101", Instant.parse("2026-01-06T09:00:00Z")); // a Tuesday
        check("to +49301 via 101", "101", Instant.parse("2026-07-06T06:00:00Z")); // eight in summer too
        onHoliday.add("101");
        check("voicemail of 101", "101");
    }

    @Test
    void a_user_may_have_hours_of_their_own() {
        of("101", """
                {"office_hours": {"mode": "CUSTOM", "monday": {"enabled": true, "ranges": [{"from": "16:30", "to": "20:00"}]}},
                 "available_office_hours_forward_rule": {"action": "RING_ANYWAY"}, "available_non_office_hours_forward_rule": {"action": "HANGUP"}}""");
        check("101 refuses with 603", "101");
        check("ring 101 as AVAILABLE for 60", "101", EVENING);
        company = CompanySettingsFor.document("{\"enable_night_mode\": true}");
        check("ring 101 as AVAILABLE for 60", "101", EVENING.plusSeconds(3600));
        of("102", """
                {"office_hours": {"mode": "GLOBAL", "monday": {"enabled": true}}, "available_non_office_hours_forward_rule": {"action": "HANGUP"}}""");
        check("102 refuses with 603", "102");
        company = CompanySettingsFor.document("{}");
        check("ring 102 as AVAILABLE for 60", "102");
    }

    @Test
    void nobody_who_answers_leads_on_after_the_time_that_is_set() {
        of("101", "{\"available_no_answer_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"102\", \"timeout\": 20}}");
        of("102", "{\"available_no_answer_forward_rule\": {\"action\": \"HANGUP\"}}");
        check("ring 101 as AVAILABLE for 20", "101");
        var second = forwards.unanswered(rang("101"), "555", MONDAY);
        assertEquals("ring 102 as AVAILABLE for 60 via 101", words(second));
        assertEquals("102 refuses with 480 via 101", words(forwards.unanswered((Route.Ring) second, "555", MONDAY)));
        of("101", "{\"available_no_answer_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"103\", \"timeout\": 0}}");
        check("ring 103 as AVAILABLE for 60 via 101", "101");
    }

    @Test
    void a_busy_user_has_rules_of_their_own() {
        busy.add("101");
        of("101", """
                {"busy_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL"}, "busy_non_office_hours_forward_rule": {"action": "RING_ANYWAY"},
                 "busy_no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "103", "timeout": 7},
                 "available_no_answer_forward_rule": {"action": "HANGUP", "timeout": 9}}""");
        check("voicemail of 101 or 486", "101");
        check("ring 101 as BUSY for 7", "101", EVENING);
        var rang = (Route.Ring) forwards.route("101", "555", EVENING);
        assertEquals("ring 103 as AVAILABLE for 60 via 101", words(forwards.unanswered(rang, "555", EVENING)));
        assertEquals("voicemail of 101 or 486", words(forwards.refused(rang, "555", EVENING)), "the phone said no to a second call");
        assertEquals("voicemail of 101 or 486", words(forwards.refused(rang, "555", MONDAY)));
        of("101", "{\"busy_office_hours_forward_rule\": {\"action\": \"HANGUP\"}}");
        check("101 refuses with 486", "101");
    }

    @Test
    void do_not_disturb_goes_to_voicemail_unless_a_rule_says_otherwise() {
        of("101", "{\"enable_dnd\": true}");
        check("voicemail of 101 or 486", "101");
        of("101", "{\"enable_dnd\": true, \"presence\": \"AWAY\", \"away_office_hours_forward_rule\": {\"action\": \"HANGUP\"}}");
        check("voicemail of 101 or 486", "101");
        of("101", """
                {"enable_dnd": true, "dnd_office_hours_forward_rule": {"action": "HANGUP"},
                 "dnd_non_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "102"}}""");
        check("101 refuses with 486", "101");
        check("ring 102 as AVAILABLE for 60 via 101", "101", EVENING);
        offline.add("101");
        check("101 refuses with 486", "101");
    }

    @Test
    void what_people_say_of_themselves_counts_before_what_their_phones_show() {
        offline.add("101");
        for (var said : Map.of("AWAY", "away", "LUNCH", "lunch", "BUSINESS_TRIP", "trip").entrySet()) {
            of("101", "{\"presence\": \"" + said.getKey() + "\", \"" + said.getValue() + "_office_hours_forward_rule\": {\"action\": \"HANGUP\"}, "
                    + "\"offline_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"0170\"},"
                    + "\"offline_non_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_VOICEMAIL\", \"number\": \"109\"}}");
            check("101 refuses with 480", "101");
            check("voicemail of 109", "101", EVENING); // nothing said for the evening: as the phones stand
        }
        of("101", "{\"offline_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"0170\"}}");
        check("to 0170 via 101", "101");
        of("102", "{\"presence\": \"LUNCH\"}");
        check("ring 102 as AVAILABLE for 60", "102");
        of("103", "{\"offline_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"0170\"}}");
        assertEquals("to 0170 via 103", words(forwards.unreachable(rang("103"), "555", MONDAY)), "registered, and gone all the same");
    }

    @Test
    void custom_rules_come_first_and_in_order() {
        of("101", """
                {"enable_dnd": true, "custom_forward_rules": [
                   {"action": "HANGUP", "caller_id": "0900*"}, {"action": "FORWARD_TO_NUMBER", "number": "102", "caller_id": "+49 30 *"},
                   {"action": "RING_ANYWAY", "caller_id": "55?"}, {"action": "FORWARD_TO_VOICEMAIL", "caller_id": "55*"},
                   {"action": "FORWARD_TO_NUMBER", "number": "0171", "type": "SPECIFIC_HOURS", "hours": {"monday": {"enabled": true,
                     "ranges": [{"from": "10:00", "to": "11:00"}]}}},
                   {"action": "FORWARD_TO_NUMBER", "number": "0172", "type": "OUTSIDE_SPECIFIC_HOURS", "hours": {"monday": {"enabled": true,
                     "ranges": [{"from": "10:00", "to": "12:00"}]}}}]}""");
        check("ring 101 as AVAILABLE for 60", "101");
        assertEquals("101 refuses with 603", words(forwards.route("101", "0900123", MONDAY)));
        assertEquals("ring 102 as AVAILABLE for 60 via 101", words(forwards.route("101", "+4930777", MONDAY)));
        assertEquals("voicemail of 101", words(forwards.route("101", "5555", MONDAY)));
        assertEquals("to 0171 via 101", words(forwards.route("101", "7", MONDAY)));
        assertEquals("to 0171 via 101", words(forwards.route("101", "", MONDAY)), "a caller who withholds the number is one of everybody");
        assertEquals("voicemail of 101 or 486", words(forwards.route("101", "7", MONDAY.plusSeconds(4000))), "no custom rule: do not disturb");
        assertEquals("to 0172 via 101", words(forwards.route("101", "7", EVENING)));
        busy.add("101");
        check("ring 101 as BUSY for 60", "101");
        offline.add("101");
        check("voicemail of 101 or 486", "101"); // there is nothing to ring anyway
    }

    @Test
    void a_circle_ends_in_the_voicemail_of_who_was_called() {
        of("101", "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"102\"}}");
        of("102", "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"103\"}}");
        of("103", "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"101\"}}");
        check("voicemail of 101 via 101 102 103", "101");
        check("voicemail of 102 via 102 103 101", "102");
        of("104", "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"104\"}}");
        check("voicemail of 104 via 104", "104");
        of("105", "{\"available_no_answer_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"106\"}}");
        of("106", "{\"available_no_answer_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"105\"}}");
        var second = (Route.Ring) forwards.unanswered(rang("105"), "555", MONDAY);
        assertEquals("voicemail of 105 via 105 106", words(forwards.unanswered(second, "555", MONDAY)), "round by way of ringing");
    }

    @Test
    void a_forward_follows_the_rules_of_its_target() {
        of("101", "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"102\"}}");
        of("102", "{\"enable_dnd\": true, \"dnd_office_hours_forward_rule\": {\"action\": \"HANGUP\"}}");
        check("102 refuses with 486 via 101", "101");
        of("102", "{\"enable_dnd\": true}");
        check("voicemail of 102 or 486 via 101", "101");
    }

    @Test
    void a_chain_of_too_many_ends_in_voicemail() {
        for (int i = 101; i < 120; i++) {
            of("" + i, "{\"available_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"" + (i + 1) + "\"}}");
        }
        check("ring 120 as AVAILABLE for 60 via 110 111 112 113 114 115 116 117 118 119", "110");
        check("voicemail of 109 via 109 110 111 112 113 114 115 116 117 118 119", "109");
    }

    @Test
    void a_rule_that_says_nothing_is_none() {
        of("101", "{\"available_office_hours_forward_rule\": {}, \"available_no_answer_forward_rule\": {\"action\": null, \"timeout\": 5}}");
        check("ring 101 as AVAILABLE for 60", "101");
    }
}
