package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import java.util.List;

/** The system's mail settings: those of the company, and no watching of disk, processor or memory, which this box does not mail about. */
final class SystemNotifications {
    private static final List<String> FLAGS = List.of("notify_hard_disk_exceeded_threshold", "notify_cpu_exceeded_threshold", "notify_memory_exceeded_threshold",
            "notify_ip_blocked", "notify_license_limited", "notify_service_disconnected", "notify_push_certs_update_failed");
    private static final List<String> THRESHOLDS = List.of("hard_disk_threshold", "cpu_threshold", "memory_threshold");
    private static final String TENANT_ACCESS = "enable_tenant_access";

    private final SystemMail mail;

    SystemNotifications(SystemMail mail) {
        this.mail = mail;
    }

    ObjectNode show() {
        var all = mail.settings();
        FLAGS.forEach(flag -> all.put(flag, false));
        THRESHOLDS.forEach(all::putNull);
        return all.put(TENANT_ACCESS, true);
    }

    void update(Actor actor, ObjectNode changes) {
        var own = changes.deepCopy();
        var problems = new Problems();
        for (var flag : FLAGS) {
            var given = own.remove(flag);
            problems.addIf(given != null && given.asBoolean(), flag, "unavailable", "This box does not send mail about that; see its event log.");
        }
        THRESHOLDS.forEach(own::remove); // with nothing that they would start
        var access = own.remove(TENANT_ACCESS);
        problems.addIf(access != null && !access.isNull() && !access.asBoolean(), TENANT_ACCESS, "unavailable", "The company and the system are one on this box.");
        problems.check();
        mail.update(actor, own);
    }
}
