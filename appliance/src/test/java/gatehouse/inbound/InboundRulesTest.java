package gatehouse.inbound;

import static gatehouse.testkit.Week5x8.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Dialled;
import gatehouse.numbering.Home;
import gatehouse.resources.Resource;
import gatehouse.testkit.Week5x8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a call goes that comes in: rules in, destination out. */
class InboundRulesTest {
    private static final String MORNING = "2026-05-04T10:00";
    private static final String NIGHT = "2026-05-04T22:00";
    private static final String MAY_DAY = "2026-05-01T10:00";
    private static final Countries COUNTRIES = Countries.shipped();
    private static final Home GERMANY = Home.of(COUNTRIES.named("DE").orElseThrow());

    private final List<InboundRule> rules = new ArrayList<>();

    private InboundRulesTest rule(String name, String dids, String more) {
        var document = (ObjectNode) Json.parse("{\"name\": \"%s\", \"provider_id\": \"carrier\", \"did_numbers\": \"%s\"%s}".formatted(name, dids,
                more.isEmpty() ? "" : ", " + more));
        rules.add(InboundRule.of(new Resource(name, "", document, null, Instant.EPOCH, Instant.EPOCH)));
        return this;
    }

    private static String to(String number) {
        return "\"office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"%s\"}".formatted(number);
    }

    private static Set<String> forms(String number) {
        return number.isEmpty() ? Set.of() : Dialled.of(number, GERMANY, COUNTRIES).forms(GERMANY);
    }

    /** {@code rule: ACTION number}, or nothing. */
    private String route(String trunk, String did, String caller, String local, boolean nightMode) {
        return InboundRules.route(InboundRules.inOrder(rules), trunk, forms(did), forms(caller), at(local), new Week5x8(nightMode))
                .map(route -> route.rule() + ": " + (route.destination().action() + " " + route.destination().number()).strip()).orElse("nothing");
    }

    private String route(String did, String caller) {
        return route("carrier", did, caller, MORNING, false);
    }

    @Test
    void a_number_leads_where_its_rule_says_however_the_provider_writes_it() {
        rule("Front", "49301234567", to("101")).rule("Others", "49301230000-49301239999", to("200"));
        for (var did : List.of("+49301234567", "49301234567", "0049301234567", "0301234567", "030 123-4567")) {
            assertEquals("Front: FORWARD_TO_NUMBER 101", route(did, "+33123456789"), did);
        }
        assertEquals("Others: FORWARD_TO_NUMBER 200", route("+49301234568", ""));
        assertEquals("nothing", route("+49301240000", ""));
        assertEquals("nothing", route("elsewhere", "+49301234567", "", MORNING, false));
    }

    @Test
    void the_most_exact_number_wins_whichever_rule_is_older() {
        rule("All", "4930*******", to("1")).rule("Ten", "493012345**", to("2")).rule("One", "49301234567", to("3"));
        assertEquals("One: FORWARD_TO_NUMBER 3", route("+49301234567", ""));
        assertEquals("Ten: FORWARD_TO_NUMBER 2", route("+49301234599", ""));
        assertEquals("All: FORWARD_TO_NUMBER 1", route("+49309999999", ""));
    }

    @Test
    void a_rule_for_certain_callers_comes_first_and_anonymous_ones_are_nobody() {
        rule("Everybody", "49301234567", to("1"))
                .rule("London", "4930*******", "\"cid_number_mask\": \"004420********\", " + to("2"))
                .rule("One Londoner", "4930*******", "\"cid_number_mask\": \"442012345678;1000-2000\", " + to("3"));
        assertEquals("One Londoner: FORWARD_TO_NUMBER 3", route("+49301234567", "+442012345678"));
        assertEquals("London: FORWARD_TO_NUMBER 2", route("+49301234567", "+442099999999"));
        assertEquals("One Londoner: FORWARD_TO_NUMBER 3", route("+49301234567", "1500"));
        assertEquals("Everybody: FORWARD_TO_NUMBER 1", route("+49301234567", "+441619999999"));
        assertEquals("Everybody: FORWARD_TO_NUMBER 1", route("+49301234567", ""));
    }

    @Test
    void hours_and_holidays_choose_among_a_rules_destinations() {
        rule("Shop", "4930", """
                "holidays": ["may-day"], "office_hours": {"mode": "GLOBAL"},
                "office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "101"},
                "non_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "101"},
                "holiday_forward_rule": {"action": "HANGUP"}""");
        assertEquals("Shop: FORWARD_TO_NUMBER 101", route("carrier", "4930", "", MORNING, false));
        assertEquals("Shop: FORWARD_TO_VOICEMAIL 101", route("carrier", "4930", "", NIGHT, false));
        assertEquals("Shop: FORWARD_TO_VOICEMAIL 101", route("carrier", "4930", "", MORNING, true), "night mode closes");
        assertEquals("Shop: HANGUP", route("carrier", "4930", "", MAY_DAY, false));
        assertEquals("Shop: HANGUP", route("carrier", "4930", "", MAY_DAY, true));
    }

    @Test
    void what_nobody_said_is_hanging_up_but_a_holiday_is_at_least_a_closed_day() {
        rule("Bare", "1", "").rule("Closed", "2", """
                "holidays": ["may-day"], "non_office_hours_forward_rule": {"action": "FORWARD_TO_VOICEMAIL", "number": "101"}""");
        assertEquals("Bare: HANGUP", route("1", ""));
        assertEquals("Closed: HANGUP", route("2", ""));
        assertEquals("Closed: FORWARD_TO_VOICEMAIL 101", route("carrier", "2", "", MAY_DAY, false));
    }

    @Test
    void a_disabled_rule_is_none() {
        rule("Off", "4930", "\"enabled\": false, " + to("1")).rule("On", "493*", to("2"));
        assertEquals("On: FORWARD_TO_NUMBER 2", route("4930", ""));
    }
}
