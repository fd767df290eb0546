package gatehouse.users;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;

/** What people change of themselves over HTTP, and roles and profiles (contract area user). */
public final class AccountRoutes implements Routes {
    private final UserChanges changes;
    private final OwnChanges own;

    public AccountRoutes(UserChanges changes, OwnChanges own) {
        this.changes = changes;
        this.own = own;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("updateCurrentUser", done(request -> own.update(Actor.of(request), request.caller().userId(), request.body())));
        operations.bind("resetCurrentUserPassword", done(request ->
                own.changePassword(Actor.of(request), request.caller().userId(), request.body())));
        operations.bind("resetCurrentUserExtensionPassword", done(request ->
                own.changeExtensionPassword(Actor.of(request), request.caller().userId(), request.body())));
        operations.bind("resetCurrentUserProfile", done(request -> own.resetProfile(Actor.of(request), request.caller().userId())));
        operations.bind("changeUserRole", done(request ->
                changes.changeRole(request.caller(), Actor.of(request), request.path("id"), role(request))));
        operations.bind("resetUserProfile", done(request -> changes.resetProfile(request.caller(), Actor.of(request), request.path("id"))));
        operations.bind("resetAllUserProfiles", done(request -> request.query("id").filter(id -> !id.isEmpty()).ifPresentOrElse(
                id -> changes.resetProfile(request.caller(), Actor.of(request), id), () -> changes.resetProfiles(request.caller(), Actor.of(request)))));
    }

    private interface Act {
        void act(ApiRequest request);
    }

    private static Handler done(Act act) {
        return request -> {
            act.act(request);
            return Answer.done();
        };
    }

    private static String role(ApiRequest request) {
        if (!request.body().path("role").isTextual()) {
            throw Problem.invalid("role", "required", "role is missing.").raise();
        }
        return request.body().get("role").textValue();
    }
}
