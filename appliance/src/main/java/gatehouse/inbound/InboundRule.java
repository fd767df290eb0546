package gatehouse.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hours.Schedule;
import gatehouse.hunting.ForwardRule;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Resource;
import java.util.Collection;
import java.util.Optional;

/**
 * One rule, ready to be asked.
 *
 * @param caller   who calls; empty for anybody
 * @param schedule the company's hours unless it has its own
 * @param holiday  on a holiday; as when closed where it is empty
 */
public record InboundRule(String id, String name, boolean enabled, String trunkId, Optional<NumberMask> dids, Optional<NumberMask> caller,
                          Schedule schedule, Optional<ForwardRule> open, Optional<ForwardRule> closed, Optional<ForwardRule> holiday,
                          boolean playDisclaimer) {
    private static final ForwardRule HANG_UP = new ForwardRule(ForwardRule.Action.HANGUP, "");

    static InboundRule of(Resource rule) {
        JsonNode fields = rule.document();
        return new InboundRule(rule.id(), rule.text("name"), fields.path("enabled").asBoolean(true), rule.text("provider_id"),
                NumberMask.of(rule.text("did_numbers")), NumberMask.of(rule.text("cid_number_mask")),
                Schedule.of(fields.path("office_hours"), fields.path("holidays"), Schedule.Mode.GLOBAL),
                ForwardRule.of(fields.path("office_hours_forward_rule")), ForwardRule.of(fields.path("non_office_hours_forward_rule")),
                ForwardRule.of(fields.path("holiday_forward_rule")), fields.path("play_recording_disclaimer").asBoolean());
    }

    /** @param did,callerId every way to write them */
    boolean isFor(String trunk, Collection<String> did, Collection<String> callerId) {
        return enabled && trunkId.equals(trunk) && dids.filter(mask -> mask.fitsAny(did)).isPresent()
                && caller.map(mask -> mask.fitsAny(callerId)).orElse(true);
    }

    ForwardRule destination(Schedule.When when) {
        return switch (when) {
            case OPEN -> open.orElse(HANG_UP);
            case CLOSED -> closed.orElse(HANG_UP);
            case HOLIDAY -> holiday.or(() -> closed).orElse(HANG_UP);
        };
    }
}
