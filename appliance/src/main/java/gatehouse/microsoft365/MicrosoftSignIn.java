package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.microsoft365.Microsoft365.Section;
import gatehouse.microsoft365.Registration.App;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import gatehouse.signin.IdentityProvider;
import gatehouse.users.User;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Microsoft Entra vouches for people whose accounts are bound to users here, and whom the company lets in that way. */
public final class MicrosoftSignIn implements IdentityProvider {
    private final Microsoft365 microsoft365;
    private final Graph graph;
    private final Bindings bindings;
    private final Clock clock;

    public MicrosoftSignIn(Microsoft365 microsoft365, Graph graph, Bindings bindings, Clock clock) {
        this.microsoft365 = microsoft365;
        this.graph = graph;
        this.bindings = bindings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "microsoft";
    }

    @Override
    public boolean ready() {
        return microsoft365.ready() && (part("sign_in_as_administrator").path("enabled").asBoolean() || part("sign_in_as_standard_user").path("enabled")
                .asBoolean());
    }

    private JsonNode part(String name) {
        return microsoft365.registration(Section.TENANT).document().path(name);
    }

    @Override
    public String authorizationUrl(Question question) {
        var app = microsoft365.app().orElseThrow();
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", app.applicationId());
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("redirect_uri", question.redirectUri());
        query.put("scope", "openid profile email");
        query.put("state", question.state());
        query.put("nonce", question.nonce());
        query.put("code_challenge", question.challenge());
        query.put("code_challenge_method", "S256");
        return graph.loginUrl(app, "authorize") + "?" + RemoteApi.encoded(query);
    }

    @Override
    public User user(Answer answer) throws NotVouchedFor {
        var app = microsoft365.app().orElseThrow(() -> new NotVouchedFor("Microsoft 365 is not set up."));
        var claims = claims(app, answer);
        var id = claims.path("oid").asText("");
        var user = bindings.user(id).orElseThrow(() -> new NotVouchedFor("This Microsoft account belongs to no user here."));
        if (!isLetIn(user, id)) {
            throw new NotVouchedFor("This user may not sign in by Microsoft.");
        }
        return user;
    }

    /** It came from the token endpoint itself over TLS, which stands for its signature (OpenID Connect Core 3.1.3.7, 6). */
    private JsonNode claims(App app, Answer answer) throws NotVouchedFor {
        try {
            var parts = graph.grant(app, Map.of("grant_type", "authorization_code", "code", answer.code(), "redirect_uri", answer.redirectUri(),
                    "code_verifier", answer.verifier())).path("id_token").asText("").split("\\.");
            var claims = parts.length < 2 ? Json.object() : Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            if (!claims.path("aud").asText("").equals(app.applicationId()) || !claims.path("nonce").asText("").equals(answer.nonce())
                    || claims.path("exp").asLong(0) <= clock.instant().getEpochSecond()) {
                throw new NotVouchedFor("Microsoft's answer is not one to this sign-in.");
            }
            return claims;
        } catch (RemoteFailure e) {
            throw new NotVouchedFor(e.getMessage());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new NotVouchedFor("Microsoft's answer cannot be read.");
        }
    }

    /** Administrators are named one by one; others by the company's choice of all, these, or all but these. */
    private boolean isLetIn(User user, String id) {
        if (bindings.isAdministrator(user)) {
            var administrators = new Choice(part("sign_in_as_administrator"));
            return administrators.enabled() && administrators.names(id);
        }
        var others = new Choice(part("sign_in_as_standard_user"));
        return others.enabled() && others.covers(id);
    }
}
