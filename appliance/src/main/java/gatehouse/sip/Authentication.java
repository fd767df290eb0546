package gatehouse.sip;

import gatehouse.core.Events;
import gatehouse.core.Lockouts;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Who sends a request, by digest. An unknown user is challenged and refused exactly like a known one with a wrong secret. Wrong secrets
 * lock that user from that address for a while: never the address, where the rest of the office sits.
 */
final class Authentication {
    private static final System.Logger LOG = System.getLogger(Authentication.class.getName());

    sealed interface Outcome {
        record Proved(String username) implements Outcome { }

        record Answer(Response response) implements Outcome { }
    }

    private final Stack stack;
    private final Digest digest;
    private final DigestSecrets secrets;
    private final Events events;
    private final Lockouts lockouts;
    private final Clock clock;

    Authentication(Stack stack, Digest digest, DigestSecrets secrets, Events events, Clock clock) {
        this.stack = stack;
        this.digest = digest;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
        this.lockouts = new Lockouts(clock, () -> stack.options().wrongTries());
    }

    /** A REGISTER is challenged as a registrar does (401), everything else as a proxy does (407). */
    Outcome check(Request request) throws ParseException {
        var given = credentials(request);
        if (given.isEmpty()) {
            return new Outcome.Answer(challenge(request, false));
        }
        var username = given.get().username();
        var key = username + "@" + stack.flow(request).host();
        var locked = lockouts.lockedUntil(key);
        if (locked.isPresent()) {
            var refusal = stack.response(Response.FORBIDDEN, request);
            var wait = Math.max(1, Duration.between(clock.instant(), locked.get()).toSeconds());
            refusal.setHeader(stack.headers.createHeader("Retry-After", Long.toString(wait)));
            return new Outcome.Answer(refusal);
        }
        return verdict(request, given.get(), key);
    }

    private Outcome verdict(Request request, Digest.Credentials given, String key) throws ParseException {
        var right = secrets.secretsOf(given.username()).stream().filter(secret -> digest.isBy(given, request.getMethod(), secret)).findFirst();
        var verdict = digest.check(given, request.getMethod(), right.orElse("no secret is this one"));
        if (right.isEmpty() && verdict == Digest.Verdict.GOOD) {
            verdict = Digest.Verdict.WRONG;
        }
        return switch (verdict) {
            case GOOD -> {
                lockouts.succeeded(key);
                secrets.shown(given.username(), right.orElseThrow());
                yield new Outcome.Proved(given.username());
            }
            case STALE -> new Outcome.Answer(challenge(request, true));
            case FOREIGN -> new Outcome.Answer(stack.options().refusesForeignNonces() ? stack.response(Response.FORBIDDEN, request) : challenge(request, true));
            case WRONG -> {
                LOG.log(Level.INFO, "Wrong SIP credentials for " + key);
                failed(given.username(), stack.flow(request).host());
                yield new Outcome.Answer(request.getMethod().equals(Request.REGISTER)
                        ? stack.response(Response.FORBIDDEN, request) : challenge(request, false));
            }
        };
    }

    SipEdge.Shown shown(String username, String secret, String host) {
        var key = username + "@" + host;
        if (lockouts.lockedUntil(key).isPresent()) {
            return SipEdge.Shown.LOCKED_OUT;
        }
        if (secrets.secretsOf(username).stream().anyMatch(known -> MessageDigest.isEqual(bytes(known), bytes(secret)))) {
            lockouts.succeeded(key);
            return SipEdge.Shown.RIGHT;
        }
        failed(username, host);
        return SipEdge.Shown.WRONG;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void failed(String username, String host) {
        var key = username + "@" + host;
        events.publish(lockouts.failed(key).<SipEvent>map(until -> {
            LOG.log(Level.WARNING, "SIP user " + key + " is locked until " + until);
            return new SipEvent.LockedOut(username, host, until);
        }).orElseGet(() -> new SipEvent.Refused(username, host)));
    }

    private Response challenge(Request request, boolean stale) throws ParseException {
        var registrar = request.getMethod().equals(Request.REGISTER);
        var response = stack.response(registrar ? Response.UNAUTHORIZED : Response.PROXY_AUTHENTICATION_REQUIRED, request);
        var header = registrar ? stack.headers.createWWWAuthenticateHeader("Digest") : stack.headers.createProxyAuthenticateHeader("Digest");
        header.setRealm(digest.realm());
        header.setNonce(digest.nonce());
        header.setAlgorithm("MD5"); // what every phone knows; the secrets are random, and TLS hides the rest
        header.setQop("auth");
        if (stale) {
            header.setStale(true);
        }
        response.setHeader(header);
        return response;
    }

    private static Optional<Digest.Credentials> credentials(Request request) {
        var name = request.getMethod().equals(Request.REGISTER) ? AuthorizationHeader.NAME : ProxyAuthorizationHeader.NAME;
        if (!(request.getHeader(name) instanceof AuthorizationHeader header) || header.getUsername() == null || header.getResponse() == null) {
            return Optional.empty();
        }
        var count = header.getParameter("nc");
        return Optional.of(new Digest.Credentials(header.getUsername(), text(header.getRealm()), text(header.getNonce()),
                header.getURI() == null ? "" : header.getURI().toString(), header.getResponse(),
                header.getAlgorithm() == null ? "MD5" : header.getAlgorithm(), text(header.getQop()), text(header.getCNonce()), text(count)));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
