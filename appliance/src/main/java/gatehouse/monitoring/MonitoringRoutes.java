package gatehouse.monitoring;

import gatehouse.api.Answer;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.membership.MembershipRoutes;
import gatehouse.resources.Crud;

/** Monitoring over HTTP (contract area cti). */
public final class MonitoringRoutes implements Routes {
    private static final Listing LISTING = Listing.of(Monitoring.GROUPS, "json_extract(document, '$.name') COLLATE NOCASE, id", Field.text("id", "id"),
            Field.json("name", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN), Field.json("description", Kind.TEXT).asSearched());
    private final Monitoring monitoring;

    public MonitoringRoutes(Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showMonitorServer", _ -> Answer.ok(monitoring.server().get().document()));
        operations.bind("updateMonitorServer", request -> {
            monitoring.server().update(Actor.of(request), request.body());
            return Answer.done();
        });
        new Crud(monitoring.groups(), LISTING).all(operations, "createMonitorGroup", "listMonitorGroups", "showMonitorGroup", "updateMonitorGroup",
                "deleteMonitorGroup");
        MembershipRoutes.list(operations, "listMonitorGroupMembers", monitoring.members());
        MembershipRoutes.add(operations, "createMonitorGroupMember", monitoring.members());
        MembershipRoutes.remove(operations, "deleteMonitorGroupMember", monitoring.members());
        MembershipRoutes.list(operations, "listMonitorGroupManagers", monitoring.managers());
        MembershipRoutes.add(operations, "createMonitorGroupManager", monitoring.managers());
        MembershipRoutes.remove(operations, "deleteMonitorGroupManager", monitoring.managers());
    }
}
