package gatehouse.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.signin.SignIns.Outcome;
import gatehouse.signin.SignIns.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Sign-in over HTTP: today's way, the older one and OAuth's (contract area authentication). */
public final class SignInRoutes implements Routes {
    private final SignIns signIns;
    private final Clock clock;

    public SignInRoutes(SignIns signIns, Clock clock) {
        this.signIns = signIns;
        this.clock = clock;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("signInWithCredentials", request -> Answer.ok(signIn(request)));
        operations.bind("refreshToken", request -> Answer.ok(json(refresh(request))));
        operations.bind("signOut", request -> {
            signIns.signOut(request.caller(), request.token(), request.remoteAddress());
            return Answer.done();
        });
        operations.bind("getUserAuthInfo", request -> Answer.ok(Json.object().put("role", request.caller().role())
                .put("password_verified", true).put("password_force_reset", request.caller().owesPassword())));
        operations.bind("login", request -> Answer.ok(signIn(request)));
        operations.bind("getLoginStatus", this::status);
        operations.bind("logout", request -> {
            signIns.signOut(request.caller(), request.token(), request.remoteAddress());
            return Answer.noContent();
        });
        operations.bind("oauthToken", this::oauth);
    }

    private ObjectNode signIn(ApiRequest request) {
        var body = request.body();
        var name = body.path("username").asText();
        var password = body.path("password").asText();
        var outcome = request.query("qr").filter("true"::equals).isPresent() ? signIns.signInByProfile(name, password, request.remoteAddress())
                : signIns.signIn(name, password, request.remoteAddress());
        return switch (outcome) {
            case Outcome.Ok(var tokens, var _) -> json(tokens);
            case Outcome.HalfWay(var token) -> Json.object().put("two_factor_enabled", true).put("token", token);
            case Outcome.Refused() -> throw Problem.of(Code.UNAUTHORIZED, "This name and password do not fit.").raise();
            case Outcome.LockedOut(var until) -> throw locked(until);
        };
    }

    private ProblemException locked(Instant until) {
        return Problem.tooMany("Too many wrong tries", clock.instant(), until).raise();
    }

    private Tokens refresh(ApiRequest request) {
        return signIns.refresh(request.body().path("refresh_token").asText()).orElseThrow(SignInRoutes::expired);
    }

    private static ProblemException expired() {
        return Problem.of(Code.UNAUTHORIZED, "This refresh token no longer holds. Sign in again.").raise();
    }

    private Answer oauth(ApiRequest request) {
        if (!request.body().path("grant_type").asText().equals("password")) {
            return Answer.ok(json(refresh(request)));
        }
        var answer = signIn(request);
        if (answer.has("two_factor_enabled")) { // RFC 6749 has no place for a code
            throw Problem.of(Code.UNAUTHORIZED, "This user signs in with a second factor: use /auth/sign_in.").raise();
        }
        return Answer.ok(answer);
    }

    private Answer status(ApiRequest request) {
        var until = signIns.expiry(request.token()).orElseThrow(SignInRoutes::expired);
        return Answer.ok(Json.object().put("access_token", request.token()).put("expires_at", Json.time(until))
                .put("expires_in", Duration.between(clock.instant(), until).toSeconds()).put("role", request.caller().role()));
    }

    static ObjectNode json(Tokens tokens) {
        return Json.object().put("token_type", "Bearer").put("access_token", tokens.accessToken()).put("refresh_token", tokens.refreshToken())
                .put("expires_in", tokens.expiresIn().toSeconds());
    }
}
