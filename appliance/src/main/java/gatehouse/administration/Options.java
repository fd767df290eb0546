package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problems;

/**
 * How the box does what the contract calls options. All of it is decided in the code, so this tells it truly, null where it has no such thing;
 * a change to what is already so is taken, any other is refused.
 */
final class Options {
    private static final ObjectNode NOW = (ObjectNode) Json.parse("""
            {"user_agent": "Gatehouse", "blocked_user_agents": null, "enable_shared_address_space_address_range": null, "enable_digest_auth": true,
             "enable_auth_mid_dialog": false, "enable_digest_auth_int": false, "enable_external_recording": null, "enable_reject_bad_nonce": false,
             "statistics_log_interval": null, "dead_session_timeout": null, "enable_session_timer": false, "session_timer_duration": null,
             "enable_to_tag_in_register": null, "enable_congestion_management": false, "congestion_management_metric": null,
             "congestion_management_tolerance": null, "enable_create_non_exist_extension": false, "enable_prack": false,
             "enable_tenant_level_trunk": true, "enable_diversion_support": false, "enable_history_info_support": false,
             "enable_outbound_support": false, "flow_timer": null, "register_expiration_time": 3600, "enable_auto_answer_alert_info_header": false,
             "auto_answer_alert_info_header": null, "enable_auto_answer_call_info_header": false, "enable_require_answer_mode": false,
             "enable_www_auth": true, "user_equal_required_for_auth_name": true, "trace_server_host": null, "trace_server_port": null,
             "web_failed_auth_amount": 5, "web_blacklist_time_interval": 1800, "sip_failed_auth_amount": 8,
             "sip_failed_challenge_requests_amount": null, "sip_blacklist_time_interval": 900, "sip_detection_period": null,
             "sip_barrier_1_packets": null, "sip_barrier_1_blocking_time": null, "sip_barrier_2_packets": null, "sip_barrier_2_blocking_time": null,
             "stir_shaken_cert": null, "stir_shaken_key": null, "custom_options": null}""");

    private Options() {
    }

    static ObjectNode now() {
        return NOW.deepCopy();
    }

    /** @throws gatehouse.core.ProblemException naming each field that would have to be other than it is */
    static void check(ObjectNode changes) {
        var problems = new Problems();
        changes.properties().forEach(field -> problems.addIf(!NOW.path(field.getKey()).equals(field.getValue()), field.getKey(), "unavailable",
                "This box cannot do otherwise: " + field.getKey() + " is " + NOW.path(field.getKey()) + "."));
        problems.check();
    }
}
