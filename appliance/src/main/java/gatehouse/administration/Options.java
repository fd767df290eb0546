package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Single;
import gatehouse.sip.SipOptions;
import gatehouse.store.Store.Tx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the contract calls options. Some can be set, and hold at once; how the box does the others is decided in the code, so that is told
 * truly, null where there is no such thing, and a change of it refused. Thread-safe.
 */
public final class Options implements Kind.Rules {
    static final String TABLE = "system_options";
    private static final ObjectNode FIXED = (ObjectNode) Json.parse("""
            {"enable_shared_address_space_address_range": null, "enable_digest_auth": true, "enable_auth_mid_dialog": false,
             "enable_digest_auth_int": false, "enable_external_recording": null, "dead_session_timeout": null, "enable_session_timer": false,
             "session_timer_duration": null, "enable_to_tag_in_register": null, "enable_congestion_management": false,
             "congestion_management_metric": null, "congestion_management_tolerance": null, "enable_create_non_exist_extension": false,
             "enable_prack": false, "enable_tenant_level_trunk": true, "enable_diversion_support": false, "enable_history_info_support": false,
             "enable_outbound_support": false, "flow_timer": null, "enable_auto_answer_alert_info_header": false,
             "auto_answer_alert_info_header": null, "enable_auto_answer_call_info_header": false, "enable_require_answer_mode": false,
             "enable_www_auth": true, "user_equal_required_for_auth_name": true, "trace_server_host": null, "trace_server_port": null,
             "sip_failed_challenge_requests_amount": null, "stir_shaken_cert": null, "stir_shaken_key": null, "custom_options": null}""");
    /** What holds while nobody set another; a barrier without a number is none. */
    private static final ObjectNode USUAL = (ObjectNode) Json.parse("""
            {"user_agent": "Gatehouse", "blocked_user_agents": null, "enable_reject_bad_nonce": false, "statistics_log_interval": null,
             "register_expiration_time": 3600, "web_failed_auth_amount": 5, "web_blacklist_time_interval": 1800, "sip_failed_auth_amount": 8,
             "sip_blacklist_time_interval": 900, "sip_detection_period": 10, "sip_barrier_1_packets": null, "sip_barrier_1_blocking_time": 3600,
             "sip_barrier_2_packets": null, "sip_barrier_2_blocking_time": 30}""");
    /** Product tokens, RFC 3261 20.41, without comments. */
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9._+~-]+(/[A-Za-z0-9._+~-]+)?( [A-Za-z0-9._+~-]+(/[A-Za-z0-9._+~-]+)?)*");
    private static final int MOST_BLOCKED = 100;
    private static final Duration FIRST_LOCK = Duration.ofSeconds(30);

    private record Range(String field, int least, int most) { }

    /** Beyond what the schema says. Nothing is let through for ever, and nobody shut out for good. */
    private static final List<Range> RANGES = List.of(new Range("web_failed_auth_amount", 1, 1_000), new Range("web_blacklist_time_interval", 30, 86_400),
            new Range("sip_failed_auth_amount", 1, 1_000), new Range("sip_blacklist_time_interval", 30, 86_400), new Range("sip_detection_period", 1, 3_600),
            new Range("sip_barrier_1_packets", 100, 1_000_000), new Range("sip_barrier_1_blocking_time", 1, 86_400),
            new Range("sip_barrier_2_packets", 100, 1_000_000), new Range("sip_barrier_2_blocking_time", 1, 86_400));
    private static final int SHORTEST_INTERVAL = 60; // the event log is for people

    private final Single set;
    private final Remembered<ObjectNode> now;
    private final Remembered<SipOptions> sip;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    public Options(Keeping keeping) {
        set = new Single(keeping.of(Kind.of(TABLE, "SYSTEM", "options", "user_agent").rules(this)), Json.object());
        now = new Remembered<>(() -> over(set.get().document()));
        sip = new Remembered<>(this::read);
    }

    private static ObjectNode over(ObjectNode document) {
        var all = FIXED.deepCopy();
        USUAL.properties().forEach(usual -> all.set(usual.getKey(), document.hasNonNull(usual.getKey()) ? document.get(usual.getKey()) : usual.getValue()));
        return all;
    }

    ObjectNode show() {
        return now.get().deepCopy();
    }

    /** Runs {@code task} each time something is set. */
    public void follow(Runnable task) {
        followers.add(task);
    }

    /** @throws gatehouse.core.ProblemException naming each field that would have to be other than it is */
    void update(Actor actor, ObjectNode changes) {
        var settable = changes.deepCopy();
        var problems = new Problems();
        FIXED.properties().forEach(field -> {
            var given = settable.remove(field.getKey());
            problems.addIf(given != null && !given.equals(field.getValue()), field.getKey(), "unavailable",
                    "This box cannot do otherwise: " + field.getKey() + " is " + field.getValue() + ".");
        });
        problems.check();
        set.update(actor, settable);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var agent = draft.document().path("user_agent");
        problems.addIf(agent.isTextual() && !AGENT.matcher(agent.textValue()).matches(), "user_agent", "format",
                "user_agent must be words such as Gatehouse/1.0, with a blank between two.");
        var blocked = blocked(draft.text("blocked_user_agents"));
        problems.addIf(blocked.size() > MOST_BLOCKED, "blocked_user_agents", "maxItems", "blocked_user_agents may be " + MOST_BLOCKED + " words.");
        problems.addIf(blocked.stream().anyMatch(word -> word.length() < 3), "blocked_user_agents", "minLength",
                "blocked_user_agents must be words of three letters or more, with ; between them: a shorter one would shut everybody out.");
        RANGES.forEach(range -> problems.add(outside(draft, range)));
        var interval = draft.document().path("statistics_log_interval").asInt(0);
        problems.addIf(interval > 0 && interval < SHORTEST_INTERVAL, "statistics_log_interval", "minimum",
                "statistics_log_interval must be " + SHORTEST_INTERVAL + " or more seconds, or 0 for never.");
    }

    private static Optional<Problem> outside(Resource draft, Range range) {
        var value = draft.document().path(range.field());
        return value.isNumber() && (value.asLong() < range.least() || value.asLong() > range.most()) ? Optional.of(Problem.invalid(range.field(), "range",
                range.field() + " must be " + range.least() + " to " + range.most() + ".")) : Optional.empty();
    }

    private static List<String> blocked(String text) {
        return Arrays.stream(text.split("[;\\n]")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public void written(Tx tx, Resource written, Optional<Resource> before) {
        tx.afterCommit(() -> {
            if (now == null) {
                return; // the row that is made with this object
            }
            now.changed();
            sip.changed();
            followers.forEach(Runnable::run);
        });
    }

    /** For the SIP edge, asked with each request. */
    public SipOptions sip() {
        return sip.get();
    }

    private SipOptions read() {
        var all = now.get();
        return new SipOptions(all.get("user_agent").textValue(), blocked(all.path("blocked_user_agents").asText("")), policy("sip"),
                all.get("enable_reject_bad_nonce").booleanValue(), seconds(all, "sip_detection_period"),
                Stream.of("1", "2").filter(one -> all.hasNonNull("sip_barrier_" + one + "_packets")).map(one -> new SipOptions.Barrier(
                        all.get("sip_barrier_" + one + "_packets").intValue(), seconds(all, "sip_barrier_" + one + "_blocking_time"))).toList());
    }

    private static Duration seconds(ObjectNode all, String field) {
        return Duration.ofSeconds(all.get(field).longValue());
    }

    /** What wrong passwords on the page lead to. */
    public Lockouts.Policy web() {
        return policy("web");
    }

    private Lockouts.Policy policy(String where) {
        return new Lockouts.Policy(now.get().get(where + "_failed_auth_amount").intValue(), FIRST_LOCK, seconds(now.get(), where + "_blacklist_time_interval"));
    }

    /** For how long a phone may register at once. */
    public int registerSeconds() {
        return now.get().get("register_expiration_time").intValue();
    }

    /** How often statistics go to the event log; 0 for never. */
    public int statisticsSeconds() {
        return now.get().path("statistics_log_interval").asInt(0);
    }
}
