package gatehouse.outbound;

import gatehouse.hours.Calendar;
import gatehouse.numbering.Dialled;
import gatehouse.outbound.OutboundRule.Route;
import gatehouse.security.Barring;
import gatehouse.security.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The decision about one call outside. Pure.
 *
 * @param rules   in the order in which they are asked: the lowest priority number first
 * @param barring what may be called at all
 * @param trunks  ids of those that are enabled, oldest first
 * @param random  for rules that try their trunks in any order
 */
record Routing(List<OutboundRule> rules, Barring barring, List<String> trunks, Calendar calendar, RandomGenerator random) {

    /** The first rule that is for the call decides, and no other, as the contract's priorities have it. */
    Decision decide(OutsideCaller caller, String text, Instant now) {
        var dialled = Dialled.plain(text);
        if (barring.isEmergency(dialled)) {
            return emergency(caller, dialled);
        }
        var found = rules.stream().filter(rule -> rule.isFor(caller, dialled, now, calendar)).findFirst();
        if (found.isEmpty()) {
            return new Decision.NoWay();
        }
        var rule = found.get();
        var ways = new ArrayList<OutboundRoute>();
        var refusal = Optional.<Verdict>empty();
        for (var route : usable(rule)) {
            var number = route.number(dialled);
            if (number.isPresent()) {
                var barred = verdict(caller, dialled, route, number.get());
                refusal = refusal.or(() -> barred);
                if (barred.isEmpty()) {
                    ways.add(way(rule.name(), route, number.get(), caller));
                }
            }
        }
        return ways.isEmpty() ? refusal.<Decision>map(Decision.Barred::new).orElseGet(Decision.NoWay::new) : new Decision.Ways(ways);
    }

    private List<Route> usable(OutboundRule rule) {
        var routes = new ArrayList<>(rule.routes().stream().filter(route -> route.enabled() && trunks.contains(route.trunkId())).toList());
        if (rule.randomly()) {
            Collections.shuffle(routes, Random.from(random));
        }
        return routes;
    }

    private static OutboundRoute way(String rule, Route route, String number, OutsideCaller caller) {
        return new OutboundRoute(rule, route.trunkId(), number, caller.callerId(route.trunkId()).or(route::callerId));
    }

    /**
     * Whoever calls for help need not belong to a group, nor call in office hours. A rule made for the number says how it leaves; else it leaves
     * as it was dialled, by the trunks of the first rule that is for it, then by every other one.
     */
    private Decision emergency(OutsideCaller caller, String dialled) {
        var ways = new LinkedHashSet<OutboundRoute>();
        rules.stream().filter(rule -> rule.names(dialled)).forEach(rule -> usable(rule).forEach(route ->
                route.number(dialled).ifPresent(number -> ways.add(way(rule.name(), route, number, caller)))));
        rules.stream().filter(rule -> rule.isFor(dialled)).findFirst().ifPresent(rule -> usable(rule).forEach(route ->
                ways.add(way(rule.name(), route, dialled, caller))));
        var named = ways.stream().map(OutboundRoute::trunkId).toList();
        trunks.stream().filter(trunk -> !named.contains(trunk)).forEach(trunk ->
                ways.add(new OutboundRoute("", trunk, dialled, caller.callerId(trunk))));
        return ways.isEmpty() ? new Decision.NoWay() : new Decision.Ways(List.copyOf(ways));
    }

    /** Why it may not leave like this; empty when it may. */
    private Optional<Verdict> verdict(OutsideCaller caller, String dialled, Route route, String number) {
        return meant(dialled, route, number).stream().map(candidate -> barring.verdict(caller.permissions(), candidate))
                .filter(verdict -> !verdict.allows()).findFirst();
    }

    /**
     * Every number that the call may turn out to be for, as no rule must be a way round the bar. It is the number as it leaves; and where what is
     * put before it does not say the country, the rest alone, as a code of the provider's may stand before a number abroad. Where a prefix
     * for calls abroad was taken away, the provider wants it so, and it is for abroad all the same.
     */
    private List<String> meant(String dialled, Route route, String number) {
        var prefixes = barring.home().internationalPrefixes();
        var all = new LinkedHashSet<String>();
        all.add(number);
        if (!route.prepend().startsWith("+") && prefixes.stream().noneMatch(route.prepend()::startsWith)) {
            all.add(dialled.substring(route.strip()));
        }
        var taken = dialled.substring(0, route.strip());
        for (int i = 0; i < taken.length(); i++) {
            var rest = taken.substring(i);
            var from = i;
            if (rest.startsWith("+")) {
                all.add(dialled.substring(i));
            }
            prefixes.stream().filter(rest::startsWith).findFirst().ifPresent(prefix -> all.add("+" + dialled.substring(from + prefix.length())));
        }
        return List.copyOf(all);
    }
}
