package gatehouse.signin;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import java.util.Map;

/** Signing in by another provider over HTTP (contract area authentication; where browsers come back to is our own path). */
public final class SocialRoutes implements Routes {
    private final SocialSignIn social;
    private final SignIns signIns;
    private final String page;

    /** @param page the box's own, for who does not say where to go afterwards */
    public SocialRoutes(SocialSignIn social, SignIns signIns, String page) {
        this.social = social;
        this.signIns = signIns;
        this.page = page;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("signInWithSocialAccount", request -> Answer.ok(Json.object().put("url",
                social.begin(request.path("provider"), request.body().get("callback_url").textValue()))));
        operations.bind("loginWithMicrosoft", _ -> to(social.begin("microsoft", page)));
        operations.bind("finishSocialSignIn", request -> to(social.finish(signIns, request.path("provider"), request.query("state").orElse(""),
                request.query("error").isPresent() ? "" : request.query("code").orElse(""), request.remoteAddress())));
    }

    private static Answer to(String url) {
        return Answer.empty(302, Map.of("Location", url, "Cache-Control", "no-store", "Referrer-Policy", "no-referrer"));
    }
}
