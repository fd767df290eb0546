package gatehouse.notifications;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the box writes mail about, by the contract's names, and the values that each text can show. */
public enum EmailTemplate {
    USER_CREATION("notify_user_registration", "display_name", "user_name", "extension_number", "web_address", "password_link"),
    QUEUE_CALL_LOST("notify_queue_call_lost", "queue", "caller", "time", "waited"),
    QUEUE_SLA("notify_queue_sla_breached", "queue", "caller", "time", "waited"),
    QUEUE_CALLBACK("notify_queue_callback", "queue", "caller", "time"),
    QUEUE_CALLBACK_FAILED("notify_queue_callback_failed", "queue", "caller", "time"),
    VOICEMAIL_RECEIVED(null, "display_name", "mailbox", "caller", "time", "duration"),
    CALL_REPORT_COMPLETED(null, "report", "time"),
    DISK_LOW("notify_hard_disk_exceeded_threshold", "used", "size", "time"),
    EMERGENCY_CALL(null, "caller", "display_name", "number", "time", "outcome"),
    LICENSE_LIMITED("notify_license_limited", "limit", "time"),
    RECHARGE(null, "display_name", "amount", "balance", "time"),
    CONFERENCE_INVITATION(null, "display_name", "meeting", "number", "pin", "time", "organizer"),
    TRUNK_CONNECTED(null, "trunk", "time"),
    TRUNK_DISCONNECTED(null, "trunk", "time", "reason");

    /** What every text can show. */
    private static final Set<String> COMMON = Set.of("company", "domain");

    private final String flag;
    private final Set<String> variables;

    EmailTemplate(String flag, String... variables) {
        this.flag = flag;
        this.variables = Set.of(variables);
    }

    /** The switch of the settings that must be on for it to be sent; empty where there is none. */
    Optional<String> flag() {
        return Optional.ofNullable(flag);
    }

    Set<String> variables() {
        return Stream.of(variables, COMMON).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
