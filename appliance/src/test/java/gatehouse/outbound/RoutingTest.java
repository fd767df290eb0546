package gatehouse.outbound;

import static gatehouse.testkit.Week5x8.BY_DAY;
import static gatehouse.testkit.Week5x8.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Home;
import gatehouse.resources.Resource;
import gatehouse.security.Barring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By which way a call leaves: rules and a number in, trunks and numbers out. */
class RoutingTest {
    private static final String MORNING = "2026-05-04T10:00";
    private static final Countries COUNTRIES = Countries.shipped();
    private static final Home GERMANY = Home.of(COUNTRIES.named("DE").orElseThrow());
    private static final Set<String> STANDARD = Set.of(Barring.DOMESTIC);
    private static final Set<String> WORLDLY = Set.of(Barring.DOMESTIC, Barring.INTERNATIONAL);

    private final List<OutboundRule> rules = new ArrayList<>();
    private List<String> trunks = List.of("A", "B", "C");
    private Home home = GERMANY;
    private Set<String> permissions = STANDARD;
    private Set<String> groups = Set.of();
    private List<OutboundCallerId> callerIds = List.of();
    private String extension = "101";
    private Random random = new Random(1);

    private RoutingTest rule(String name, String fields, String... routes) {
        return rule(name, Set.of(), fields, routes);
    }

    /** @param routes {@code A}, or {@code A strip prepend callerId}; {@code -} for nothing, {@code !} before a disabled one */
    private RoutingTest rule(String name, Set<String> forGroups, String fields, String... routes) {
        var document = (ObjectNode) Json.parse("{\"name\": \"%s\", \"priority\": 1000%s}".formatted(name, fields.isEmpty() ? "" : ", " + fields));
        var array = document.putArray("routes");
        for (var text : routes) {
            var word = text.replace("!", "").split(" ");
            var route = array.addObject().put("provider_id", word[0]).put("enabled", !text.startsWith("!"));
            if (word.length > 1) {
                route.put("strip_digits", Integer.parseInt(word[1])).put("prepend", word[2].equals("-") ? null : word[2]);
            }
            if (word.length > 3) {
                route.put("outbound_caller_id", word[3]);
            }
        }
        rules.add(OutboundRule.of(new Resource(name, "", document, null, Instant.EPOCH, Instant.EPOCH), forGroups));
        return this;
    }

    private Decision decide(String dialled, String local) {
        var barring = new Barring(COUNTRIES, home, Set.of("44"), List.of("0900"), List.of("112"));
        return new Routing(rules, barring, trunks, BY_DAY, random).decide(new OutsideCaller(extension, groups, permissions, callerIds), dialled,
                at(local));
    }

    /** {@code rule: trunk number, trunk number}, or why not. */
    private String route(String dialled, String local) {
        return switch (decide(dialled, local)) {
            case Decision.Ways(var ways) -> String.join(", ", ways.stream().map(way -> way.rule() + ":" + way.trunkId() + ":" + way.number()
                    + way.callerId().map(id -> ":" + id).orElse("")).toList());
            case Decision.Barred(var why) -> why.getClass().getSimpleName();
            case Decision.NoWay() -> "NoWay";
        };
    }

    private String route(String dialled) {
        return route(dialled, MORNING);
    }

    @Test
    void a_rule_is_for_numbers_by_beginning_and_length() {
        rule("Mobile", "\"number_prefix\": \"015;016; 017\"", "A").rule("Long", "\"number_length\": \"8;10-12\"", "B");
        assertEquals("Mobile:A:01701234567", route("0170 123 45 67"));
        assertEquals("Long:B:0301234567", route("0301234567"));
        assertEquals("Long:B:12345678", route("12345678"));
        assertEquals("NoWay", route("123456789"));
        assertEquals("Long:B:+49301234567", route("+49301234567"), "a + is no digit");
    }

    @Test
    void the_first_rule_that_is_for_the_call_decides_alone() {
        rule("First", "\"number_prefix\": \"0\"", "A", "B 1 +49").rule("Second", "", "C");
        assertEquals("First:A:0301234567, First:B:+49301234567", route("0301234567"));
        assertEquals("Second:C:1234567", route("1234567"));
        trunks = List.of("C");
        assertEquals("NoWay", route("0301234567"), "another rule's trunks are not for it");
    }

    @Test
    void a_disabled_rule_route_or_trunk_is_none() {
        rule("Off", "\"enabled\": false", "A").rule("On", "", "!A", "B", "gone", "C");
        trunks = List.of("A", "C");
        assertEquals("On:C:0301234567", route("0301234567"));
    }

    @Test
    void a_rule_may_be_for_certain_extensions_and_groups() {
        rule("Sales", Set.of("sales", "board"), "", "A").rule("Desk", "\"number_mask\": \"101-110;199\"", "B").rule("Rest", "", "C");
        assertEquals("Desk:B:0301234567", route("0301234567"));
        extension = "111";
        assertEquals("Rest:C:0301234567", route("0301234567"));
        groups = Set.of("board", "other");
        assertEquals("Sales:A:0301234567", route("0301234567"));
    }

    @Test
    void a_rule_holds_in_its_hours_and_not_on_its_holidays() {
        rule("Day", "\"office_hours\": {\"mode\": \"GLOBAL\"}, \"holidays\": [\"may-day\"]", "A").rule("Always", "", "B");
        assertEquals("Day:A:0301234567", route("0301234567", MORNING));
        assertEquals("Always:B:0301234567", route("0301234567", "2026-05-04T22:00"));
        assertEquals("Always:B:0301234567", route("0301234567", "2026-05-01T10:00"));
    }

    @Test
    void numbers_are_stripped_and_prepended_and_what_is_nothing_then_does_not_leave() {
        rule("Nine", "\"number_prefix\": \"9\"", "A 1 -", "B 1 +49", "C 4 -");
        assertEquals("Nine:A:030123456, Nine:B:+49030123456, Nine:C:123456", route("9030123456"));
        assertEquals("Nine:A:110, Nine:B:+49110", route("9110"));
    }

    @Test
    void a_users_own_caller_id_for_the_trunk_comes_before_the_routes() {
        rule("Out", "", "A 0 - +49300", "B 0 - +49301", "C");
        callerIds = List.of(new OutboundCallerId("A", "+493010", ""), new OutboundCallerId("A", "+493011", ""));
        assertEquals("Out:A:0301:+493010, Out:B:0301:+49301, Out:C:0301", route("0301"));
    }

    @Test
    void a_rule_that_chooses_randomly_tries_every_trunk_in_any_order() {
        rule("Any", "\"routing_strategy\": \"RANDOMLY\"", "A", "B", "C");
        var orders = new HashSet<String>();
        for (int seed = 0; seed < 60; seed++) {
            random = new Random(seed);
            orders.add(route("0301234567"));
        }
        assertEquals(6, orders.size(), orders::toString);
        assertTrue(orders.stream().allMatch(order -> order.split(", ").length == 3));
    }

    @Test
    void abroad_is_barred_whatever_a_rule_makes_of_the_number() {
        rule("Outside line", "\"number_prefix\": \"9\"", "A 1 -")
                .rule("Takes 00 away", "\"number_prefix\": \"00\"", "A 2 -")
                .rule("Takes + away", "\"number_prefix\": \"+\"", "A 1 -")
                .rule("Writes +", "\"number_prefix\": \"44;33\"", "A 0 +")
                .rule("Carrier code", "\"number_prefix\": \"7\"", "A 1 1010#")
                .rule("To one city", "\"number_prefix\": \"8\"", "A 7 -");
        for (var london : List.of("90044201234567", "9+44201234567", "0044201234567", "+44201234567", "44201234567", "70044201234567",
                "80044201234567")) {
            permissions = STANDARD;
            assertEquals("NeedsPermission", route(london), london);
            permissions = WORLDLY;
            assertTrue(route(london).contains(":A:"), london + " leaves by " + route(london));
            assertEquals("CountryNotAllowed", route(london.replace("4420", "3312")), "Paris instead of " + london);
        }
    }

    @Test
    void calls_within_the_country_are_not_taken_for_calls_abroad() {
        rule("Outside line 0", "\"number_prefix\": \"0\"", "A 1 -").rule("To E.164", "\"number_prefix\": \"44\"", "A 0 +49");
        assertEquals("Outside line 0:A:04411234567", route("004411234567"), "0 for a line, 0441 for Oldenburg");
        assertEquals("To E.164:A:+49441234567", route("441234567"));
        assertEquals("NeedsPermission", route("00044201234567"), "0 for a line, 0044 for the United Kingdom");
    }

    @Test
    void a_disallowed_code_is_found_behind_an_outside_line_too() {
        rule("Nine", "\"number_prefix\": \"9\"", "A 1 -").rule("Zero", "\"number_prefix\": \"0\"", "A 1 +49");
        assertEquals("CodeDisallowed", route("90900123456"));
        assertEquals("CodeDisallowed", route("0900123456"));
    }

    @Test
    void what_is_barred_on_one_trunk_may_leave_on_another() {
        rule("Both", "", "A 0 00", "B");
        assertEquals("Both:B:0301234567", route("0301234567"));
    }

    @Test
    void help_is_called_whoever_calls_and_whenever() {
        permissions = Set.of();
        rule("Board", Set.of("board"), "\"office_hours\": {\"mode\": \"GLOBAL\"}, \"number_mask\": \"999\"", "B 0 +49");
        assertEquals("Board:B:112, :A:112, :C:112", route("112", "2026-05-02T03:00"), "as it was dialled, by the rule's trunk first");
        rules.clear();
        assertEquals(":A:112, :B:112, :C:112", route("112"));
        rule("Help", "\"number_prefix\": \"112\"", "C 0 0049");
        assertEquals("Help:C:0049112, Help:C:112, :A:112, :B:112", route("112"), "a rule for the number itself says how it leaves");
        trunks = List.of();
        assertEquals("NoWay", route("112"));
    }

    @Test
    void help_behind_an_outside_line_needs_no_permission() {
        permissions = Set.of();
        rule("Nine", "\"number_prefix\": \"9\"", "A 1 -");
        assertEquals("Nine:A:112", route("9112"));
        assertEquals("NeedsPermission", route("9030123456"));
    }

    @Test
    void without_any_rule_nothing_leaves() {
        assertEquals("NoWay", route("0301234567"));
        assertEquals("NoWay", route("bob"));
    }

    @Test
    void while_nobody_said_where_the_box_stands_all_prefixes_for_abroad_are_barred() {
        home = Home.UNKNOWN;
        rule("All", "", "A").rule("Nine", "\"number_prefix\": \"9\"", "A 1 -");
        assertEquals("All:A:0301234567", route("0301234567"));
        assertEquals("NeedsPermission", route("011442012345"));
        assertEquals("NeedsPermission", route("0044201234567"));
    }

    @Test
    void lengths_are_numbers_and_ranges() {
        assertTrue(Lengths.of("8; 10-12").orElseThrow().fits(11));
        assertTrue(!Lengths.of("8;10-12").orElseThrow().fits(9));
        for (var wrong : List.of("", "x", "0", "65", "12-10", "1-", "-1", "8;x", "100")) {
            assertTrue(Lengths.of(wrong).isEmpty(), wrong);
        }
    }
}
