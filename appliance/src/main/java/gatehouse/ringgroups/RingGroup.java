package gatehouse.ringgroups;

import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.Member;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Strategy;
import gatehouse.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A ring group as whoever rings it needs it.
 *
 * @param ringTime           how long one try lasts; zero for as long as the caller waits
 * @param skipBusyMember     whether who is on a call is left out
 * @param members            in their order
 * @param noAnswer           when the ring time is over; hang up when nothing is set
 * @param nightMode          instead of ringing, while night mode is on; empty to ring all the same
 * @param enablePaid         whether the caller's P-Asserted-Identity goes on to the members
 * @param enablePrid         the same of Remote-Party-ID
 * @param numberAsToHeader   whether members see the group's number in the To header, and not their own
 */
public record RingGroup(String id, String name, String number, Strategy strategy, Duration ringTime, boolean skipBusyMember, List<Member> members,
                        ForwardRule noAnswer, Optional<ForwardRule> nightMode, List<OutboundCallerId> outboundCallerIds, boolean enablePaid,
                        boolean enablePrid, boolean numberAsToHeader) {
    static RingGroup of(Resource group, List<Member> members) {
        var fields = group.document();
        return new RingGroup(group.id(), group.text("name"), group.text("extension_number"), Strategy.valueOf(group.text("ring_strategy")),
                Duration.ofSeconds(fields.path("ring_time").asInt()), fields.path("skip_busy_member").asBoolean(), members,
                ForwardRule.of(fields.path("no_answer_forward_rule")).orElse(ForwardRule.HANG_UP), ForwardRule.of(fields.path("night_mode_forward_rule")),
                OutboundCallerId.of(fields.path("outbound_caller_ids")), fields.path("enable_paid").asBoolean(), fields.path("enable_prid").asBoolean(),
                fields.path("extension_number_as_to_header").asBoolean());
    }
}
