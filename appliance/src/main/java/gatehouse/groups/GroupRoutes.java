package gatehouse.groups;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** User groups over HTTP (contract area user). */
public final class GroupRoutes implements Routes {
    private static final Listing LISTING = Listing.of(Groups.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id", Field.text("id", "id"),
            Field.json("name", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched());

    private final Groups groups;

    public GroupRoutes(Groups groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(groups.resources(), LISTING).all(operations, "createUserGroup", "listUserGroups", "showUserGroup", "updateUserGroup",
                "deleteUserGroup");
        operations.bind("listUserGroupMembers", request ->
                Answer.ok(Json.items(groups.members(request.path("id")).stream().map(Member::json).toList())));
        operations.bind("getUserGroupMember", request -> Answer.ok(groups.member(request.path("id"), request.path("extension_number")).json()));
        operations.bind("createUserGroupMember", request -> {
            groups.add(Actor.of(request), request.path("id"), request.path("extension_number"));
            return Answer.done();
        });
        operations.bind("deleteUserGroupMember", request -> {
            groups.remove(Actor.of(request), request.path("id"), request.path("extension_number"));
            return Answer.noContent();
        });
    }
}
