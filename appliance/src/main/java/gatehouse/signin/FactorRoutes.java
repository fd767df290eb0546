package gatehouse.signin;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** Second factors and forgotten passwords over HTTP (contract area authentication; the authenticator app is our own addition). */
public final class FactorRoutes implements Routes {
    private final SignIns signIns;
    private final SecondFactor factor;
    private final Authenticators authenticators;
    private final PasswordResets resets;

    public FactorRoutes(SignIns signIns, SecondFactor factor, Authenticators authenticators, PasswordResets resets) {
        this.signIns = signIns;
        this.factor = factor;
        this.authenticators = authenticators;
        this.resets = resets;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("sendOTP", request -> {
            factor.send(request.body().get("token").textValue());
            return Answer.done();
        });
        operations.bind("verifyOTP", request -> Answer.ok(SignInRoutes.json(signIns.complete(request.body().get("token").textValue(),
                request.body().get("code").textValue(), request.remoteAddress()))));
        operations.bind("forgetPassword", request -> {
            resets.ask(request.body().get("username").textValue(), request.body().get("callback_url").textValue(), request.remoteAddress());
            return Answer.done();
        });
        operations.bind("resetPassword", request -> {
            resets.reset(request.body().get("token").textValue(), request.body().get("new_password").textValue(), request.remoteAddress());
            return Answer.done();
        });
        operations.bind("signOutEverywhere", request -> {
            signIns.signOutEverywhere(request.caller(), request.remoteAddress());
            return Answer.done();
        });
        operations.bind("showAuthenticator", request -> Answer.ok(Json.object().put("enabled", authenticators.isOn(request.caller().userId()))));
        operations.bind("createAuthenticator", request -> {
            var made = authenticators.make(request.caller().userId(), request.body().get("password").textValue());
            return Answer.ok(Json.object().put("secret", made.secret()).put("url", made.url()));
        });
        operations.bind("confirmAuthenticator", request -> {
            authenticators.confirm(Actor.of(request), request.caller().userId(), request.body().get("code").textValue());
            return Answer.done();
        });
        operations.bind("removeAuthenticator", request -> {
            authenticators.remove(Actor.of(request), request.caller().userId(), request.body().get("password").textValue());
            return Answer.noContent();
        });
        operations.bind("removeUserAuthenticator", request -> {
            authenticators.removeFor(Actor.of(request), signIns.changeable(request.caller(), request.path("id")).id());
            return Answer.noContent();
        });
    }
}
