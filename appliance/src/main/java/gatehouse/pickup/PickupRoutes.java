package gatehouse.pickup;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.membership.MembershipRoutes;
import gatehouse.resources.Crud;
import java.util.ArrayList;

/** Pickup groups over HTTP (contract area call-pickup). */
public final class PickupRoutes implements Routes {
    private static final Listing LISTING = Listing.of(PickupGroups.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id", Field.text("id", "id"),
            Field.json("name", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched());
    private final PickupGroups pickup;

    public PickupRoutes(PickupGroups pickup) {
        this.pickup = pickup;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(pickup.groups(), LISTING).all(operations, "createCallPickupGroup", "listCallPickupGroups", "showCallPickupGroup",
                "updateCallPickupGroup", "deleteCallPickupGroup");
        MembershipRoutes.list(operations, "listCallPickupGroupMembers", pickup.members());
        MembershipRoutes.show(operations, "getCallPickupGroupMember", pickup.members());
        operations.bind("updateCallPickupGroupMemberList", this::replace);
    }

    private Answer replace(ApiRequest request) {
        var numbers = new ArrayList<String>();
        request.body().path("items").forEach(number -> numbers.add(number.asText()));
        if (request.body().has("items")) {
            pickup.members().replace(Actor.of(request), request.path("id"), numbers);
        } else {
            pickup.members().of(request.path("id")); // there it must be, even when nothing changes
        }
        return Answer.done();
    }
}
