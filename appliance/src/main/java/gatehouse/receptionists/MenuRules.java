package gatehouse.receptionists;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.hunting.ForwardRule;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.resources.Resource;
import gatehouse.store.Store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of one receptionist that a schema cannot say. */
final class MenuRules {
    private static final int MOST_KEYS = 100;
    private static final int LONGEST_GAP = 60;
    private static final int LONGEST_WAIT = 600;
    private static final int MOST_REPEATS = 100;
    private static final Pattern KEYS = Pattern.compile("[0-9*#]{1,16}");
    private static final Pattern PIN = Pattern.compile("[0-9]{6,10}");
    private static final List<String> RULES = List.of("timeout_forward_rule", "failure_forward_rule", "night_mode_forward_rule");
    private static final List<String> KEY_RULES = List.of("office_hours_forward_rule", "non_office_hours_forward_rule", "holiday_forward_rule");

    private MenuRules() {
    }

    /** @param pin in clear; empty for none, which is told elsewhere */
    static void check(Tx tx, Resource draft, String pin, ExtensionNumbers numbers, Calendar calendar, Problems problems) {
        var fields = draft.document();
        var own = draft.text("extension_number");
        problems.addIf(!pin.isEmpty() && !PIN.matcher(pin).matches(), "pin", "pattern", "pin must have 6 to 10 digits.");
        problems.addIf(fields.path("dtmf_interval").asInt() > LONGEST_GAP, "dtmf_interval", "maximum", "dtmf_interval must be " + LONGEST_GAP
                + " or less.");
        RULES.forEach(rule -> ForwardRule.check(tx, numbers, rule, fields.path(rule), own, problems));
        var timeout = fields.path("timeout_forward_rule");
        problems.addIf(timeout.isObject() && (timeout.path("timeout").asInt(1) < 1 || timeout.path("timeout").asInt(1) > LONGEST_WAIT),
                "timeout_forward_rule.timeout", "range", "timeout_forward_rule.timeout must be from 1 to " + LONGEST_WAIT + " seconds.");
        problems.addIf(timeout.path("repeat_times").asInt() > MOST_REPEATS, "timeout_forward_rule.repeat_times", "maximum",
                "timeout_forward_rule.repeat_times must be " + MOST_REPEATS + " or less.");
        keys(tx, fields, own, numbers, calendar, problems);
    }

    private static void keys(Tx tx, JsonNode fields, String own, ExtensionNumbers numbers, Calendar calendar, Problems problems) {
        var keys = fields.path("custom_forward_rules");
        problems.addIf(keys.size() > MOST_KEYS, "custom_forward_rules", "maxItems", "custom_forward_rules may have " + MOST_KEYS + " entries.");
        var seen = new HashSet<String>();
        for (int i = 0; i < Math.min(keys.size(), MOST_KEYS); i++) {
            var key = keys.get(i);
            var place = "custom_forward_rules[" + i + "].";
            var input = key.path("user_input").asText("");
            problems.addIf(input.isEmpty(), place + "user_input", "required", place + "user_input is missing; say which keys it is for.");
            problems.addIf(!input.isEmpty() && !KEYS.matcher(input).matches(), place + "user_input", "pattern",
                    place + "user_input must be 1 to 16 keys of a telephone: digits, * and #.");
            problems.addIf(!input.isEmpty() && !seen.add(input), place + "user_input", "unique", "The keys " + input
                    + " are there twice; name them once.");
            Schedule.check(tx, key, place, calendar, problems);
            for (var rule : KEY_RULES) {
                ForwardRule.check(tx, numbers, place + rule, key.path(rule), own, problems);
                problems.addIf(key.path(rule).path("action").asText().equals("DISA") && !fields.path("enable_pin").asBoolean(), place + rule
                        + ".action", "pin",
                        "DISA needs enable_pin: without a PIN, whoever calls could telephone at your cost.");
            }
        }
    }
}
