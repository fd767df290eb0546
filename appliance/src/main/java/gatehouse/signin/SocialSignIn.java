package gatehouse.signin;

import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.remote.RemoteApi;
import gatehouse.signin.IdentityProvider.NotVouchedFor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs people in whom another provider vouches for (OAuth 2 authorization code with PKCE, RFC 6749 4.1, RFC 7636). A browser leaves with
 * a question and comes back to the box's callback with the answer; the tokens then go to a page of this box alone, in the fragment, which no
 * server sees. Thread-safe.
 */
public final class SocialSignIn {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int MOST = 1_000; // anybody may ask; the oldest is forgotten

    /** @param callbackUrl where the browser goes in the end */
    private record Asked(String provider, String callbackUrl, String nonce, String verifier, Instant until) { }

    private final Map<String, IdentityProvider> providers = new LinkedHashMap<>();
    private final OwnAddresses own;
    private final String callbacks;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Asked> asked = new LinkedHashMap<>() { // guarded by this
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
            return size() > MOST;
        }
    };

    /** @param webAddress the box as browsers reach it */
    public SocialSignIn(List<IdentityProvider> providers, OwnAddresses own, String webAddress, Clock clock, Ids ids) {
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        this.own = own;
        this.callbacks = webAddress + "api/auth/callback/";
        this.clock = clock;
        this.ids = ids;
    }

    private IdentityProvider ready(String name) {
        var provider = Optional.ofNullable(providers.get(name.toLowerCase(java.util.Locale.ROOT)))
                .orElseThrow(() -> Problem.notFound("provider to sign in with").raise());
        if (!provider.ready()) {
            throw Problem.of(Code.UNAVAILABLE, "Signing in with " + provider.name() + " is not set up here.").raise();
        }
        return provider;
    }

    /** @return where the browser has to go */
    String begin(String name, String callbackUrl) {
        var provider = ready(name);
        if (!own.has(callbackUrl)) {
            throw Problem.invalid("callback_url", "origin", "callback_url must be an https page of this box.").raise();
        }
        var state = ids.text(40);
        var one = new Asked(provider.name(), callbackUrl, ids.text(40), ids.text(52), clock.instant().plus(LIFE));
        synchronized (this) {
            asked.put(state, one);
        }
        return provider.authorizationUrl(new IdentityProvider.Question(state, one.nonce, challenge(one.verifier), callbacks + provider.name()));
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The browser is back. @return where it goes now, with the tokens or with what went wrong */
    String finish(SignIns signIns, String name, String state, String code, String address) {
        Asked one;
        synchronized (this) {
            one = asked.remove(state);
        }
        if (one == null || !one.provider.equals(name) || one.until.isBefore(clock.instant())) {
            throw Problem.invalid("state", "expired", "This sign-in has run out. Begin again.").raise();
        }
        if (code.isEmpty()) {
            return one.callbackUrl.replaceAll("#.*", "") + "#error=access_denied";
        }
        try {
            var user = ready(name).user(new IdentityProvider.Answer(code, one.nonce, one.verifier, callbacks + name));
            var tokens = signIns.letIn(user, address);
            return one.callbackUrl.replaceAll("#.*", "") + "#token_type=Bearer&access_token=" + tokens.accessToken() + "&refresh_token=" + tokens.refreshToken()
                    + "&expires_in=" + tokens.expiresIn().toSeconds();
        } catch (NotVouchedFor e) {
            return one.callbackUrl.replaceAll("#.*", "") + "#error=access_denied&error_description=" + RemoteApi.encoded(e.getMessage());
        }
    }
}
