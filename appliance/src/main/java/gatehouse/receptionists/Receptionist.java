package gatehouse.receptionists;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A receptionist as whoever plays its menu needs it. The PIN is asked for apart: {@link Receptionists#pin}.
 *
 * @param keyGap         how long to wait for another key
 * @param prompt         the file of the menu; empty for the box's own
 * @param transferPrompt the file that is played before a call goes on; empty for none
 * @param askPin         whether who wants a line outside must know the PIN
 * @param patience       how long to wait for a first key
 * @param repeats        how often the menu is said again before {@code silence} applies
 * @param silence        for who pressed nothing
 * @param failure        for who pressed what leads nowhere
 * @param night          instead of the menu, while night mode is on; empty for the menu all the same
 */
public record Receptionist(String id, String name, String number, String language, Duration keyGap, String prompt, String transferPrompt,
        boolean askPin,
                           Duration patience, int repeats, ForwardRule silence, ForwardRule failure, Optional<ForwardRule> night, List<Key> keys,
                           List<OutboundCallerId> outboundCallerIds) {
    private static final ForwardRule HANG_UP = new ForwardRule(ForwardRule.Action.HANGUP, "");
    private static final ForwardRule REPEAT = new ForwardRule(ForwardRule.Action.REPEAT, "");

    /** What pressing {@code input} does; a rule that is empty is a key that leads nowhere just then. */
    public record Key(String input, Schedule schedule, Optional<ForwardRule> open, Optional<ForwardRule> closed, Optional<ForwardRule> holiday) {
        static Key of(JsonNode rule) {
            return new Key(rule.path("user_input").asText(""), Schedule.of(rule.path("office_hours"), rule.path("holidays"), Schedule.Mode.GLOBAL),
                    ForwardRule.of(rule.path("office_hours_forward_rule")), ForwardRule.of(rule.path("non_office_hours_forward_rule")),
                    ForwardRule.of(rule.path("holiday_forward_rule")));
        }
    }

    static Receptionist of(Resource receptionist) {
        var fields = receptionist.document();
        var timeout = fields.path("timeout_forward_rule");
        var keys = new ArrayList<Key>();
        fields.path("custom_forward_rules").forEach(rule -> keys.add(Key.of(rule)));
        return new Receptionist(receptionist.id(), receptionist.text("name"), receptionist.text("extension_number"), receptionist.text("language"),
                Duration.ofSeconds(fields.path("dtmf_interval").asInt(2)), receptionist.text("prompt_file_id"),
                        receptionist.text("transfer_prompt_file_id"),
                fields.path("enable_pin").asBoolean(true), Duration.ofSeconds(timeout.path("timeout").asInt(30)), timeout.path("repeat_times")
                        .asInt(3),
                ForwardRule.of(timeout).orElse(HANG_UP), ForwardRule.of(fields.path("failure_forward_rule")).orElse(REPEAT),
                ForwardRule.of(fields.path("night_mode_forward_rule")), List.copyOf(keys), OutboundCallerId.of(fields.path("outbound_caller_ids")));
    }

    /** Where these keys lead now; empty when they are none of the menu's, as those of an extension are. */
    public Optional<ForwardRule> pressed(String input, Instant now, Calendar calendar) {
        return keys.stream().filter(key -> key.input().equals(input)).findFirst().flatMap(key -> switch (key.schedule().at(now, calendar)) {
            case OPEN -> key.open();
            case CLOSED -> key.closed();
            case HOLIDAY -> key.holiday().or(key::closed);
        });
    }

    /** Whether there is a reason to wait for another key. */
    public boolean mayGoOn(String input) {
        return keys.stream().anyMatch(key -> key.input().startsWith(input) && key.input().length() > input.length());
    }
}
