package gatehouse.roles;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;

/** Roles over HTTP. */
public final class RoleRoutes implements Routes {
    private final Roles roles;
    private final RoleChanges changes;

    public RoleRoutes(Roles roles, RoleChanges changes) {
        this.roles = roles;
        this.changes = changes;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listRoles", this::list);
        operations.bind("showRole", this::show);
        operations.bind("createRole", request -> Answer.ok(Json.object().put("name",
                changes.create(request.caller(), Actor.of(request), request.body()))));
        operations.bind("updateRole", request -> {
            changes.update(request.caller(), Actor.of(request), request.path("name"), request.body());
            return Answer.done();
        });
        operations.bind("deleteRole", request -> {
            changes.delete(request.caller(), Actor.of(request), request.path("name"));
            return Answer.noContent();
        });
    }

    private Answer list(ApiRequest request) {
        var page = roles.page(RoleStore.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream()
                .map(role -> Json.object().put("name", role.name()).put("description", role.description())).toList()));
    }

    private Answer show(ApiRequest request) {
        var role = roles.named(request.path("name")).orElseThrow(() -> Problem.notFound("role").raise());
        var body = Json.object().put("name", role.name());
        body.set("permissions", tree(role));
        return Answer.ok(body.put("description", role.description()));
    }

    private static ObjectNode tree(Role role) {
        var tree = Json.object();
        for (var permission : Roles.ALL) {
            var dot = permission.indexOf('.');
            tree.withObjectProperty(permission.substring(0, dot)).put(permission.substring(dot + 1), role.permissions().contains(permission));
        }
        return tree;
    }
}
