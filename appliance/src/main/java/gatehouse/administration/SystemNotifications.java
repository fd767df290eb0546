package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import java.util.List;

/** The system's mail settings: those of the company, and what of the machine is told, above which thresholds in percent. */
final class SystemNotifications {
    private static final List<String> NEVER = List.of("notify_service_disconnected", "notify_push_certs_update_failed");
    private static final List<String> THRESHOLDS = List.of("hard_disk_threshold", "cpu_threshold", "memory_threshold");
    private static final String TENANT_ACCESS = "enable_tenant_access";

    private final SystemMail mail;

    SystemNotifications(SystemMail mail) {
        this.mail = mail;
    }

    ObjectNode show() {
        var all = mail.settings();
        NEVER.forEach(flag -> all.put(flag, false));
        return all.put(TENANT_ACCESS, true);
    }

    void update(Actor actor, ObjectNode changes) {
        var own = changes.deepCopy();
        var problems = new Problems();
        for (var flag : NEVER) {
            var given = own.remove(flag);
            problems.addIf(given != null && given.asBoolean(), flag, "unavailable", "This box has nothing of the kind to tell about.");
        }
        for (var threshold : THRESHOLDS) {
            problems.addIf(own.path(threshold).isNumber() && (own.get(threshold).doubleValue() < 1 || own.get(threshold).doubleValue() > 100), threshold, "range",
                    threshold + " must be 1 to 100, in percent.");
        }
        var access = own.remove(TENANT_ACCESS);
        problems.addIf(access != null && !access.isNull() && !access.asBoolean(), TENANT_ACCESS, "unavailable", "The company and the system are one on this box.");
        problems.check();
        mail.update(actor, own);
    }
}
