package gatehouse.membership;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes.Operations;
import gatehouse.audit.Actor;

/** Binds the usual operations on members; the group's id is {@code id}, a member is named by {@code extension_number}. */
public final class MembershipRoutes {
    private MembershipRoutes() {
    }

    public static void list(Operations operations, String operationId, Membership members) {
        operations.bind(operationId, request -> Answer.ok(Json.items(members.of(request.path("id")).stream().map(Membership::json).toList())));
    }

    public static void show(Operations operations, String operationId, Membership members) {
        operations.bind(operationId, request -> Answer.ok(Membership.json(members.member(request.path("id"), request.path("extension_number")))));
    }

    public static void add(Operations operations, String operationId, Membership members) {
        operations.bind(operationId, request -> {
            members.add(Actor.of(request), request.path("id"), request.path("extension_number"));
            return Answer.done();
        });
    }

    public static void remove(Operations operations, String operationId, Membership members) {
        operations.bind(operationId, request -> {
            members.remove(Actor.of(request), request.path("id"), request.path("extension_number"));
            return Answer.noContent();
        });
    }
}
