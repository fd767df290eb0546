package gatehouse.parking;

import gatehouse.api.Answer;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.membership.MembershipRoutes;
import gatehouse.resources.Crud;

/** Call park over HTTP (contract area call-park). */
public final class ParkingRoutes implements Routes {
    private static final Listing LISTING = Listing.of(Parking.GROUPS, "json_extract(document, '$.name') COLLATE NOCASE, id", Field.text("id", "id"),
            Field.json("name", Kind.TEXT).asSearched(), Field.json("recall_to", Kind.TEXT), Field.json("ring_group_id", Kind.TEXT));
    private final Parking parking;

    public ParkingRoutes(Parking parking) {
        this.parking = parking;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showCallParkServer", _ -> Answer.ok(parking.server().get().document()));
        operations.bind("updateCallParkServer", request -> {
            parking.server().update(Actor.of(request), request.body());
            return Answer.done();
        });
        new Crud(parking.groups(), LISTING).all(operations, "createCallParkGroup", "listCallParkGroups", "showCallParkGroup", "updateCallParkGroup",
                "deleteCallParkGroup");
        MembershipRoutes.list(operations, "listCallParkGroupMembers", parking.members());
        MembershipRoutes.add(operations, "createCallParkGroupMember", parking.members());
        MembershipRoutes.remove(operations, "deleteCallParkGroupMember", parking.members());
    }
}
