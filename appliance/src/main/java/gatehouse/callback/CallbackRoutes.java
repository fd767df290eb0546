package gatehouse.callback;

import gatehouse.api.Answer;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** Automatic callback over HTTP (contract area automatic-callback). */
public final class CallbackRoutes implements Routes {
    private final AutomaticCallback callback;

    public CallbackRoutes(AutomaticCallback callback) {
        this.callback = callback;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getAutomaticCallbackSettings", _ -> Answer.ok(callback.single().get().document()));
        operations.bind("updateAutomaticCallbackSettings", request -> {
            callback.single().update(Actor.of(request), request.body());
            return Answer.done();
        });
    }
}
