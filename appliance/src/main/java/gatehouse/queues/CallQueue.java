package gatehouse.queues;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Strategy;
import gatehouse.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A call queue as whoever lets callers wait in it needs it.
 *
 * @param ringTime     how long one try at an agent lasts
 * @param maxCallers   how many may wait; 0 for no limit
 * @param noAnswer     when {@code maxWaitingTime} is over; hang up when nothing is set
 * @param nightMode    instead of waiting, while night mode is on; empty to wait all the same
 * @param slaTime      within which a caller should be answered; zero when nobody promised
 * @param stickyFor    how long a caller is brought to the agent of the last time; empty for not at all
 * @param enablePaid   whether the caller's P-Asserted-Identity goes on to the agents
 * @param enablePrid   the same of Remote-Party-ID
 */
public record CallQueue(String id, String name, String number, Strategy strategy, Duration ringTime, int maxCallers, Duration maxWaitingTime,
                        boolean waitWhenNoAgentsOnline, boolean agentAutoReady, boolean agentAutoNotReadyAfterNonAcdCall, Duration slaTime,
                        String language, Announcements announcements, ForwardRule noAnswer, Optional<ForwardRule> nightMode, Callback callback,
                        List<OutboundCallerId> outboundCallerIds, Optional<Duration> stickyFor, boolean enablePaid, boolean enablePrid,
                        boolean numberAsToHeader) {
    public enum Intro { DISABLE, NORMAL, FULL }

    public enum InformPosition { DISABLE, PERIODICALLY, ON_CONNECTED }

    /** @param mohFileId,introFileId empty for the box's own music, and for none */
    public record Announcements(String mohFileId, Intro intro, String introFileId, InformPosition informPosition, Duration informEvery) { }

    /** When a waiting caller may ask to be called: at once, or after {@code timeout}. */
    public record Callback(boolean enabled, Mode mode, Duration timeout, String outboundPrefix) {
        public enum Mode { ACTIVE, TIMEOUT }
    }

    static CallQueue of(Resource queue) {
        var fields = queue.document();
        return new CallQueue(queue.id(), queue.text("name"), queue.text("extension_number"), Strategy.valueOf(queue.text("polling_strategy")),
                seconds(fields, "ring_time"), fields.path("max_callers").asInt(), seconds(fields, "max_waiting_time"), is(fields, "wait_when_no_agents_online"),
                is(fields, "agent_auto_ready"), is(fields, "agent_auto_not_ready_after_non_acd_call"), seconds(fields, "sla_time"), queue.text("language"),
                new Announcements(queue.text("moh_prompt_file_id"), Intro.valueOf(queue.text("intro_type")), queue.text("intro_prompt_file_id"),
                        InformPosition.valueOf(queue.text("inform_position")), seconds(fields, "inform_position_interval")),
                ForwardRule.of(fields.path("no_answer_forward_rule")).orElse(ForwardRule.HANG_UP), ForwardRule.of(fields.path("night_mode_forward_rule")),
                new Callback(is(fields, "enable_callback"), Callback.Mode.valueOf(queue.text("callback_mode")), seconds(fields, "callback_timeout"),
                        queue.text("callback_outbound_prefix")),
                OutboundCallerId.of(fields.path("outbound_caller_ids")),
                is(fields, "enable_sticky_routing") ? Optional.of(Duration.ofDays(fields.path("sticky_routing_duration").asInt())) : Optional.empty(),
                is(fields, "enable_paid"), is(fields, "enable_prid"), is(fields, "extension_number_as_to_header"));
    }

    private static boolean is(JsonNode fields, String name) {
        return fields.path(name).asBoolean();
    }

    private static Duration seconds(JsonNode fields, String name) {
        return Duration.ofSeconds(fields.path(name).asInt());
    }
}
