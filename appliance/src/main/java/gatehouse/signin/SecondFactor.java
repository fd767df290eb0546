package gatehouse.signin;

import gatehouse.core.Ids;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.secrets.Sealer;
import gatehouse.signin.FactorStore.Challenge;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is asked of somebody whose password was right: the code of an authenticator app, or one that was mailed. Who has an app is always
 * asked; who has not, when the company wants it and a code can reach them: a box that cannot mail would shut everybody out.
 */
public final class SecondFactor {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_SENDS = 5;
    private static final int MOST_TRIES = 5; // of a million codes

    private final FactorStore store;
    private final Users users;
    private final Sealer sealer;
    private final Post post;
    private final BooleanSupplier wanted;
    private final Clock clock;
    private final Ids ids;
    private final Lockouts guesses;

    /** @param wanted whether the company asks everybody for a second factor */
    public SecondFactor(FactorStore store, Users users, Sealer sealer, Post post, BooleanSupplier wanted, Clock clock, Ids ids) {
        this.store = store;
        this.users = users;
        this.sealer = sealer;
        this.post = post;
        this.wanted = wanted;
        this.clock = clock;
        this.ids = ids;
        this.guesses = new Lockouts(clock, 10, Duration.ofMinutes(1), Duration.ofHours(1));
    }

    boolean isNeededFrom(User user) {
        return hasApp(user.id()) || wanted.getAsBoolean() && reachable(user);
    }

    private boolean hasApp(String userId) {
        return store.read(tx -> store.authenticator(tx, userId)).filter(FactorStore.Authenticator::confirmed).isPresent();
    }

    private boolean reachable(User user) {
        return post.ready() && !user.email().isBlank();
    }

    /** @return what the code has to come with */
    String challenge(User user) {
        var token = ids.text(52);
        var now = clock.instant();
        store.write(tx -> {
            store.insert(tx, new Challenge(Hashes.of(token), user.id(), users.passwordVersion(user.id()), now.plus(LIFE), null, null, 0, 0), now);
            return null;
        });
        return token;
    }

    private Optional<Challenge> open(Tx tx, String token) {
        return store.challenge(tx, Hashes.of(token)).filter(one -> one.expiresAt().isAfter(clock.instant()))
                .filter(one -> users.passwordVersion(one.userId()) == one.passwordVersion());
    }

    private static ProblemException ranOut() {
        return Problem.of(Code.UNAUTHORIZED, "This sign-in has run out. Sign in again.").raise();
    }

    /** Mails a code, which takes the place of the one before. */
    void send(String token) {
        store.write(tx -> {
            var challenge = open(tx, token).orElseThrow(SecondFactor::ranOut);
            var user = users.byId(challenge.userId()).filter(User::enabled).orElseThrow(SecondFactor::ranOut);
            if (!reachable(user)) {
                throw Problem.of(Code.CONFLICT, "No code can be mailed to this user; use the authenticator app.").raise();
            }
            var now = clock.instant();
            if (challenge.sends() >= MOST_SENDS || challenge.sentAt() != null && now.isBefore(challenge.sentAt().plus(PAUSE))) {
                var next = challenge.sends() >= MOST_SENDS ? challenge.expiresAt() : challenge.sentAt().plus(PAUSE);
                throw tooMany("A code was sent already", next);
            }
            var code = ids.digits(Totp.DIGITS);
            store.sent(tx, challenge.hash(), Hashes.of(token + code), now);
            tx.afterCommit(() -> post.send(user.email(), "Your sign-in code", "Hello " + user.displayName() + ",\n\nyour code is " + code
                    + ". It holds for " + LIFE.toMinutes() + " minutes.\n\nIf you are not signing in now, somebody knows your password: change it.\n"));
            return null;
        });
    }

    private ProblemException tooMany(String why, Instant until) {
        return Problem.tooMany(why, clock.instant(), until).raise();
    }

    /** @return whose sign-in it completes; @throws ProblemException when the code does not fit */
    User verify(String token, String code) {
        var userId = store.read(tx -> open(tx, token)).orElseThrow(SecondFactor::ranOut).userId();
        guesses.lockedUntil(userId).ifPresent(until -> {
            throw tooMany("Too many wrong codes", until);
        });
        var right = store.write(tx -> settle(tx, open(tx, token).orElseThrow(SecondFactor::ranOut), token, code.strip()));
        if (!right) {
            guesses.failed(userId);
            throw Problem.invalid("code", "wrong", "This code does not fit, or was used already.").raise();
        }
        guesses.succeeded(userId);
        return users.byId(userId).filter(User::enabled).orElseThrow(SecondFactor::ranOut);
    }

    private boolean settle(Tx tx, Challenge challenge, String token, String code) {
        var mailed = challenge.codeHash() != null && MessageDigest.isEqual(challenge.codeHash(), Hashes.of(token + code));
        var right = mailed || useApp(tx, challenge.userId(), code);
        if (right || challenge.tries() + 1 >= MOST_TRIES) {
            store.drop(tx, challenge.hash());
        } else {
            store.tried(tx, challenge.hash());
        }
        return right;
    }

    /** Each code of the app holds once, whoever saw it over a shoulder (RFC 6238 5.2). */
    private boolean useApp(Tx tx, String userId, String code) {
        var app = store.authenticator(tx, userId).filter(FactorStore.Authenticator::confirmed);
        var step = app.map(one -> Totp.matches(Base64.getDecoder().decode(sealer.open(one.secret())), code, clock.instant(), one.lastStep()));
        step.filter(java.util.OptionalLong::isPresent).ifPresent(used ->
                store.save(tx, new FactorStore.Authenticator(userId, app.get().secret(), true, used.getAsLong())));
        return step.filter(java.util.OptionalLong::isPresent).isPresent();
    }
}
