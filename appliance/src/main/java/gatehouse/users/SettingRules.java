package gatehouse.users;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.company.OutboundCallerIds;
import gatehouse.company.References;
import gatehouse.core.Problems;
import gatehouse.hours.Week;
import gatehouse.numbers.Dialled;
import gatehouse.store.Store.Tx;
import java.util.regex.Pattern;

/** What a schema cannot say of a user's settings. Looks at what a request gives; what it leaves out was checked when it was set. */
final class SettingRules {
    static final String AVATAR = "avatar_file_id";
    private static final int MOST_CUSTOM_RULES = 50;
    private static final int MOST_BLFS = 200; // the keys of the largest phone with three expansion modules
    private static final Pattern MASK = Pattern.compile("(?U)[\\w+*#?.@:~%-]{1,64}");

    private SettingRules() {
    }

    static void check(Tx tx, ObjectNode body, References references, Problems problems) {
        body.properties().stream().filter(field -> field.getKey().endsWith("_forward_rule"))
                .forEach(field -> action(field.getValue(), field.getKey(), false, problems));
        customRules(body.path("custom_forward_rules"), problems);
        Week.check(body.path("office_hours"), "office_hours", problems);
        OutboundCallerIds.check(tx, body.path("outbound_caller_ids"), references, problems);
        problems.addIf(body.path("blfs").size() > MOST_BLFS, "blfs", "maxItems", "blfs may have " + MOST_BLFS + " entries.");
        if (body.path(AVATAR).isTextual()) {
            problems.add(references.pictureFault(tx, AVATAR, body.get(AVATAR).textValue()));
        }
    }

    private static void action(JsonNode rule, String place, boolean required, Problems problems) {
        var action = rule.path("action").textValue();
        var number = rule.path("number").textValue();
        var forwards = "FORWARD_TO_NUMBER".equals(action);
        problems.addIf(action == null && (required || number != null && !number.isEmpty()), place + ".action", "required",
                place + ".action is missing: say what happens to the call.");
        problems.addIf(forwards && (number == null || number.isBlank()), place + ".number", "required", place + ".number is missing: say where the call goes.");
        problems.addIf(number != null && !number.isBlank() && !Dialled.isWritten(number), place + ".number", "pattern",
                place + ".number must be a number or a name that can be called.");
    }

    private static void customRules(JsonNode rules, Problems problems) {
        var field = "custom_forward_rules";
        problems.addIf(rules.size() > MOST_CUSTOM_RULES, field, "maxItems", field + " may have " + MOST_CUSTOM_RULES + " rules.");
        for (int i = 0; i < Math.min(rules.size(), MOST_CUSTOM_RULES); i++) {
            var rule = rules.get(i);
            var place = field + "[" + i + "]";
            action(rule, place, true, problems);
            var mask = rule.path("caller_id").asText("");
            problems.addIf(!mask.isEmpty() && !MASK.matcher(mask).matches(), place + ".caller_id", "pattern",
                    place + ".caller_id must be a number, with * for any digits and ? for one.");
            problems.addIf(rule.path("type").asText().endsWith("SPECIFIC_HOURS") && !rule.path("hours").isObject(), place + ".hours", "required",
                    place + ".hours is missing: say which hours.");
            Week.check(rule.path("hours"), place + ".hours", problems);
        }
    }
}
