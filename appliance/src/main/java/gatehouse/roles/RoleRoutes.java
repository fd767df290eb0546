package gatehouse.roles;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;

/** Roles over HTTP. */
public final class RoleRoutes implements Routes {
    private final Roles roles;

    public RoleRoutes(Roles roles) {
        this.roles = roles;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listRoles", this::list);
        operations.bind("showRole", this::show);
    }

    private Answer list(ApiRequest request) {
        var page = roles.all().stream().skip(request.skip()).limit(request.top())
                .map(role -> Json.object().put("name", role.name()).put("description", role.description())).toList();
        return Answer.ok(Json.page(roles.all().size(), page));
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
