package gatehouse.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.membership.Membership;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resources;
import gatehouse.resources.Single;
import gatehouse.users.Users;

/** The rules of monitoring. Thread-safe. */
public final class Monitoring {
    static final String GROUPS = "monitor_groups";
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": false, "extension_number": "888"}""");

    private final Single server;
    private final Resources groups;
    private final Membership members;
    private final Membership managers;

    public Monitoring(Keeping keeping, Users users) {
        server = new Single(keeping.of(Kind.of("monitor_server", "MONITOR_SERVER", "monitor service", "extension_number").numbered(NumberKind.SERVICE)), DEFAULTS);
        groups = keeping.of(Kind.of(GROUPS, "MONITOR_GROUP", "monitor group", "name").required("name").unique("name").most(1_000));
        members = new Membership("monitor_group_members", groups, users, keeping.audit(), false);
        managers = new Membership("monitor_group_managers", groups, users, keeping.audit(), false);
    }

    /** Whether {@code managerId} may listen to the calls of {@code memberId} now: both users' ids. Nobody may while the service is off. */
    public boolean mayMonitor(String managerId, String memberId) {
        var theirs = members.groupsOf(memberId);
        return server.get().document().path("enabled").asBoolean() && managers.groupsOf(managerId).stream().filter(theirs::contains)
                .flatMap(id -> groups.find(Resources.COMPANY, id).stream()).anyMatch(group -> group.document().path("enabled").asBoolean(true));
    }

    Single server() {
        return server;
    }

    Resources groups() {
        return groups;
    }

    Membership members() {
        return members;
    }

    Membership managers() {
        return managers;
    }
}
