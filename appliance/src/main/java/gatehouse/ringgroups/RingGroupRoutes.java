package gatehouse.ringgroups;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.hunting.Group;
import gatehouse.hunting.Member;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** Ring groups over HTTP (contract area ring-group). */
public final class RingGroupRoutes implements Routes {
    private static final Listing LISTING = Listing.of(RingGroups.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("extension_number", Kind.TEXT).asSearched(),
            Field.json("ring_time", Kind.NUMBER), Field.json("ring_strategy", Kind.TEXT), Field.json("skip_busy_member", Kind.BOOLEAN),
            Field.json("enable_paid", Kind.BOOLEAN), Field.json("enable_prid", Kind.BOOLEAN), Field.json("extension_number_as_to_header", Kind.BOOLEAN));

    private final RingGroups groups;

    public RingGroupRoutes(RingGroups groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(groups.resources(), LISTING).list(operations, "listRingGroups").show(operations, "showRingGroup").delete(operations, "deleteRingGroup");
        operations.bind("createRingGroup", request -> Answer.created(groups.create(Actor.of(request), request.filledBody())));
        operations.bind("updateRingGroup", request -> {
            groups.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("listRingGroupAgents", request ->
                Answer.ok(Json.items(groups.members(request.path("id")).stream().map(Member::json).toList())));
        operations.bind("retrieveRingGroupAgent", request -> Answer.ok(groups.member(request.path("id"), request.path("agent_number")).json()));
        operations.bind("updateRingGroupMemberList", this::replaceMembers);
        operations.bind("listCurrentUserBelongedRingGroups", request ->
                Answer.ok(Json.items(groups.of(request.caller().userId()).stream().map(Group::json).toList())));
    }

    private Answer replaceMembers(ApiRequest request) {
        if (request.body().has("items")) {
            groups.replaceMembers(Actor.of(request), request.path("id"), request.body().get("items"));
        } else {
            groups.members(request.path("id")); // there it must be, even when nothing changes
        }
        return Answer.done();
    }
}
