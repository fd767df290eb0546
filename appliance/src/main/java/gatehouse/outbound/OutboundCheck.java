package gatehouse.outbound;

import gatehouse.core.Problems;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Resource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The rules of one outbound rule that a schema cannot say. Pure. */
final class OutboundCheck {
    private static final int MOST_ROUTES = 50;
    private static final int MOST_STRIPPED = 64;
    private static final Pattern BEGINNING = Pattern.compile("\\+?[0-9*#]{1,64}|\\+");
    private static final Pattern PREPENDED = Pattern.compile("\\+?[0-9*#]{0,32}");

    private OutboundCheck() {
    }

    /** @param known which of these trunks exist */
    static void check(Resource rule, UnaryOperator<Set<String>> known, Problems problems) {
        var prefixes = rule.text("number_prefix");
        problems.addIf(!prefixes.isBlank() && !OutboundRule.words(prefixes).stream().allMatch(prefix -> BEGINNING.matcher(prefix).matches()),
                "number_prefix",
                "pattern", "number_prefix must be beginnings of numbers with ; between them, such as 00;+;0900.");
        var lengths = rule.text("number_length");
        problems.addIf(!lengths.isBlank() && Lengths.of(lengths).isEmpty(), "number_length", "pattern",
                "number_length must be numbers of digits from 1 to 64 with ; between them, such as 8;10-12.");
        var callers = rule.text("number_mask");
        problems.addIf(!callers.isBlank() && NumberMask.of(callers).isEmpty(), "number_mask", "pattern",
                "number_mask must be extensions with ; between them, such as 101-110;199.");
        problems.addIf(rule.document().path("priority").asInt() < 0, "priority", "minimum", "priority must be 0 or more.");
        routes(rule, known, problems);
    }

    private static void routes(Resource rule, UnaryOperator<Set<String>> known, Problems problems) {
        var routes = rule.document().path("routes");
        problems.addIf(routes.size() > MOST_ROUTES, "routes", "maxItems", "routes may have " + MOST_ROUTES + " entries.");
        var ids = new HashSet<String>();
        routes.forEach(route -> ids.add(route.path("provider_id").asText("")));
        var there = ids.isEmpty() ? ids : known.apply(ids);
        for (int i = 0; i < Math.min(routes.size(), MOST_ROUTES); i++) {
            var route = routes.get(i);
            var place = "routes[" + i + "].";
            var trunk = route.path("provider_id").asText("");
            problems.addIf(trunk.isEmpty(), place + "provider_id", "required", place + "provider_id is missing; name a trunk.");
            problems.addIf(!trunk.isEmpty() && !there.contains(trunk), place + "provider_id", "unknown", "There is no trunk " + trunk
                    + "; add it first.");
            problems.addIf(route.path("strip_digits").asInt() > MOST_STRIPPED, place + "strip_digits", "maximum",
                    place + "strip_digits must be " + MOST_STRIPPED + " or less.");
            problems.addIf(!PREPENDED.matcher(route.path("prepend").asText("")).matches(), place + "prepend", "pattern",
                    place + "prepend must be up to 32 of digits, * and #, with a + before them or not.");
            problems.addIf(route.path("outbound_caller_id").asText("").chars().anyMatch(Character::isISOControl), place + "outbound_caller_id",
                    "characters",
                    place + "outbound_caller_id may have no control characters.");
        }
    }
}
