package gatehouse.signin;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.secrets.Sealer;
import gatehouse.signin.FactorStore.Authenticator;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** Pairs authenticator apps with users, and parts them. A page left open is not enough for either: the password is asked. Thread-safe. */
public final class Authenticators {
    private static final String OBJECT = "USER";

    private final FactorStore store;
    private final Users users;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final String domain;
    private final Lockouts guesses;

    public Authenticators(FactorStore store, Users users, Sealer sealer, Audit audit, Clock clock, SecureRandom random, String domain) {
        this.store = store;
        this.users = users;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.domain = domain;
        this.guesses = new Lockouts(clock, 5, Duration.ofSeconds(30), Duration.ofMinutes(15));
    }

    boolean isOn(String userId) {
        return store.read(tx -> store.authenticator(tx, userId)).filter(Authenticator::confirmed).isPresent();
    }

    /** @param url for a QR code */
    record Made(String secret, String url) { }

    /** A secret for an app; it counts once {@link #confirm} has seen a code of it. */
    Made make(String userId, String password) {
        var user = proved(userId, password);
        var secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        store.write(tx -> {
            if (store.authenticator(tx, userId).filter(Authenticator::confirmed).isPresent()) {
                throw Problem.conflict("authenticator", "You have an authenticator app already; remove it first.").raise();
            }
            store.save(tx, new Authenticator(userId, sealer.seal(Base64.getEncoder().encodeToString(secret)), false, 0));
            return null;
        });
        return new Made(Totp.base32(secret), Totp.url(secret, user.name(), domain));
    }

    void confirm(Actor actor, String userId, String code) {
        store.write(tx -> {
            var made = store.authenticator(tx, userId).filter(one -> !one.confirmed()).orElseThrow(() ->
                    Problem.of(Code.CONFLICT, "No app waits to be confirmed; ask for a secret first.").raise());
            var step = Totp.matches(Base64.getDecoder().decode(sealer.open(made.secret())), code.strip(), clock.instant(), 0);
            if (step.isEmpty()) {
                throw Problem.invalid("code", "wrong", "This is not the code that the app shows now; check the clock of the phone.").raise();
            }
            store.save(tx, new Authenticator(userId, made.secret(), true, step.getAsLong()));
            audit.record(tx, actor, Action.UPDATE, OBJECT, name(userId), null, "{\"authenticator\":\"on\"}");
            return null;
        });
    }

    void remove(Actor actor, String userId, String password) {
        proved(userId, password);
        removeFor(actor, userId);
    }

    /** For somebody who lost the phone, by who manages users. */
    void removeFor(Actor actor, String userId) {
        store.write(tx -> {
            if (!store.removeAuthenticator(tx, userId)) {
                throw Problem.notFound("authenticator app of this user").raise();
            }
            audit.record(tx, actor, Action.UPDATE, OBJECT, name(userId), null, "{\"authenticator\":\"off\"}");
            return null;
        });
    }

    private String name(String userId) {
        return users.byId(userId).map(User::name).orElse(userId);
    }

    private User proved(String userId, String password) {
        var user = users.byId(userId).orElseThrow(() -> Problem.notFound("user").raise());
        if (guesses.lockedUntil(userId).isPresent()) {
            throw Problem.of(Code.TOO_MANY_REQUESTS, "Too many wrong passwords. Wait a while and try again.").raise();
        }
        if (users.authenticate(user.name(), password).isEmpty()) {
            guesses.failed(userId);
            throw Problem.invalid("password", "wrong", "password is not your password.").raise();
        }
        guesses.succeeded(userId);
        return user;
    }
}
