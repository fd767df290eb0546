package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.calls.Directory.Party;
import gatehouse.calls.Way;
import gatehouse.calls.Way.Untaken;
import gatehouse.company.CompanySettingsFor;
import gatehouse.forwarding.Callee;
import gatehouse.forwarding.Forwards;
import gatehouse.security.Verdict;
import gatehouse.users.User;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom calls ring: 100 to 129 are users, 150 a desk of nobody's. */
class CallRoutingTest {
    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
    private static final Party CALLER = new Party("101", "Anna");

    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Set<String> offline = new HashSet<>();
    private final CallRouting routing = new CallRouting(new CallRouting.Office(CallRoutingTest.this::user,
            number -> number.equals("150") ? Optional.of(new Party(number, "Lobby")) : Optional.empty(),
            (number, user) -> number.equals("101") && user.equals("id105") ? Optional.of("Grandma") : Optional.empty(),
            (_, number) -> number.startsWith("0900") ? new Verdict.CodeDisallowed("0900") : number.startsWith("00") ? new Verdict.CountryNotAllowed("Nauru")
                    : new Verdict.NotANumber(), (number, _) -> number.equals("03012")),
            new Forwards(number -> user(number).map(user -> new Callee(user, !offline.contains(number), false)),
                    () -> CompanySettingsFor.document("{\"timezone\": \"Europe/Berlin\"}"), (_, _, _) -> false), Clock.fixed(NOW, ZoneOffset.UTC), "box.test");

    private Optional<User> user(String number) {
        return number.matches("1[0-2]\\d") ? Optional.of(new User("id" + number, "user" + number, "StandardUser", true, "User " + number, "",
                Optional.of(number), settings.getOrDefault(number, Json.object()), Instant.EPOCH)) : Optional.empty();
    }

    private void of(String number, String fields) {
        settings.put(number, (ObjectNode) Json.parse(fields));
    }

    private static String words(Way way) {
        return switch (way) {
            case Way.Refused(var by, var status) -> by.number() + " refuses with " + status;
            case Way.Ring(var caller, var callee, var atMost, var headers, var _) -> "ring " + callee.number() + " for " + atMost.toSeconds() + " as from "
                    + caller.displayName() + headers.entrySet().stream().map(header -> "\n" + header.getKey() + ": " + header.getValue()).findFirst().orElse("");
        };
    }

    private void check(String wanted, String dialled) {
        assertEquals(wanted, words(routing.route(CALLER, dialled)));
    }

    private static String after(Way way, Untaken why) {
        return ((Way.Ring) way).onward().after(why).map(CallRoutingTest::words).orElse("nowhere");
    }

    @Test
    void a_number_rings_who_has_it_and_shows_what_they_call_the_caller() {
        check("ring 102 for 60 as from Anna", "102");
        check("ring 105 for 60 as from Grandma", "105");
        check("ring 150 for 60 as from Anna", "150");
        check("999 refuses with 404", "999");
        assertEquals("nowhere", after(routing.route(CALLER, "150"), Untaken.BUSY));
    }

    @Test
    void what_is_barred_is_forbidden_and_so_is_who_is_shut_out() {
        check("09001 refuses with 403", "09001");
        check("00674 refuses with 403", "00674");
        assertEquals("102 refuses with 403", words(routing.route(new Party("03012", ""), "102")));
        assertEquals("ring 102 for 60 as from ", words(routing.route(new Party("03013", ""), "102")));
    }

    @Test
    void a_call_goes_on_by_the_rule_for_what_became_of_it_and_says_by_whom() {
        of("102", """
                {"available_no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "105", "timeout": 7},
                 "busy_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "104"},
                 "busy_non_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "104"}}""");
        of("104", """
                {"available_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "105"},
                 "available_non_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "105"}}""");
        var way = routing.route(CALLER, "102");
        assertEquals("ring 102 for 7 as from Anna", words(way));
        assertEquals("ring 105 for 60 as from Grandma\nDiversion: <sip:102@box.test>;reason=no-answer;counter=1", after(way, Untaken.UNANSWERED));
        assertEquals("ring 105 for 60 as from Grandma\nDiversion: <sip:104@box.test>;reason=user-busy;counter=1, <sip:102@box.test>;reason=unknown;counter=1",
                after(way, Untaken.BUSY));
        assertEquals("nowhere", after(way, Untaken.UNREACHABLE));
        check("ring 105 for 60 as from Grandma\nDiversion: <sip:104@box.test>;reason=unconditional;counter=1", "104");
    }

    @Test
    void where_voicemail_would_take_the_call_the_caller_is_told_why_nobody_does() {
        of("102", "{\"enable_dnd\": true}");
        check("102 refuses with 486", "102");
        offline.add("103");
        check("103 refuses with 480", "103");
        for (var rule : new String[] {"104 105", "105 104"}) {
            of(rule.substring(0, 3), "{\"offline_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"" + rule.substring(4)
                    + "\"}, \"offline_non_office_hours_forward_rule\": {\"action\": \"FORWARD_TO_NUMBER\", \"number\": \"" + rule.substring(4) + "\"}}");
            offline.add(rule.substring(0, 3));
        }
        check("104 refuses with 480", "104");
    }
}
