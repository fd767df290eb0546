package gatehouse.forwarding;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hours.Week;
import gatehouse.numbers.Dialled;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule for some callers or some hours, which comes before all others.
 *
 * @param caller whose calls: a number, {@code *} for any characters, {@code ?} for one; empty for everybody's
 */
record CustomRule(Rule rule, String caller, When when, Week hours) {
    /** The contract's words. */
    enum When { ALL_HOURS, SPECIFIC_HOURS, OUTSIDE_SPECIFIC_HOURS }

    static Optional<CustomRule> of(JsonNode rule) {
        return Rule.of(rule).map(what -> new CustomRule(what, rule.path("caller_id").asText("").strip(),
                When.valueOf(rule.path("type").asText(When.ALL_HOURS.name())), Week.of(rule.path("hours"))));
    }

    /** @param callerId empty for a caller who withholds it */
    boolean covers(String callerId, LocalDateTime at) {
        var inTime = switch (when) {
            case ALL_HOURS -> true;
            case SPECIFIC_HOURS -> hours.covers(at);
            case OUTSIDE_SPECIFIC_HOURS -> !hours.covers(at);
        };
        return inTime && (caller.isEmpty() || mask().matcher(Dialled.dialled(callerId)).matches());
    }

    private Pattern mask() {
        var pattern = new StringBuilder();
        Dialled.dialled(caller).chars().forEach(c -> pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    }
}
