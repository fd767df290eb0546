package gatehouse.signin;

import gatehouse.api.Caller;
import gatehouse.api.SignInCheck;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.roles.Roles;
import gatehouse.signin.SignInStore.Row;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Signs people in and knows them by their tokens. Thread-safe; signing in takes tens of milliseconds on purpose. */
public final class SignIns implements SignInCheck {
    private static final String OBJECT = "LOGIN";
    static final Duration ACCESS_LIFE = Duration.ofHours(1);
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);
    private static final int MOST_A_USER = 1_000; // a month of hourly refreshes fits; a program that signs in anew each time ends its oldest

    /** @param expiresIn how long the access token holds */
    public record Tokens(String accessToken, String refreshToken, Duration expiresIn) { }

    public sealed interface Outcome {
        record Ok(Tokens tokens, Caller caller) implements Outcome { }

        /** The password was right; a second factor is to come with {@code token}. */
        record HalfWay(String token) implements Outcome { }

        record Refused() implements Outcome { }

        record LockedOut(Instant until) implements Outcome { }
    }

    private final SignInStore store;
    private final Users users;
    private final Roles roles;
    private final Audit audit;
    private final Clock clock;
    private final Ids ids;
    private final SecondFactor second;
    private final BooleanSupplier ownPasswords;
    private final Guesses guesses;

    /**
     * What is decided elsewhere, asked each time.
     *
     * @param ownPasswords whether everybody has to have chosen their password themselves
     * @param wrongTries   what wrong passwords for one account from one address lead to
     */
    public record Policy(BooleanSupplier ownPasswords, Supplier<Lockouts.Policy> wrongTries) { }

    public SignIns(SignInStore store, Users users, Roles roles, Audit audit, SecondFactor second, Policy policy, Events events, Clock clock, Ids ids) {
        this.store = store;
        this.users = users;
        this.roles = roles;
        this.audit = audit;
        this.second = second;
        this.ownPasswords = policy.ownPasswords;
        this.clock = clock;
        this.ids = ids;
        this.guesses = new Guesses(events, clock, policy.wrongTries);
    }

    public Outcome signIn(String name, String password, String address) {
        var verified = verified(name, address, () -> users.authenticate(name, password));
        if (verified instanceof Verified.Ok(var user) && second.isNeededFrom(user)) {
            return new Outcome.HalfWay(second.challenge(user));
        }
        return outcome(verified, address, false);
    }

    /** An app that was paired signs in with the user's profile; the sign-in ends with that profile too. */
    public Outcome signInByProfile(String name, String profile, String address) {
        return outcome(verified(name, address, () -> users.authenticateByProfile(name, profile)), address, true);
    }

    /** The second half of a sign-in. @throws gatehouse.core.ProblemException when the code does not fit */
    Tokens complete(String token, String code, String address) {
        return letIn(second.verify(token, code), address, Optional.empty(), false);
    }

    /** Somebody whom another provider vouches for; they may not even know that there is a password of ours. */
    Tokens letIn(User user, String address) {
        return letIn(user, address, Optional.empty(), true);
    }

    private Tokens letIn(User user, String address, Optional<Integer> profileVersion, boolean vouched) {
        noteSignIn(user, address, "API");
        return store.write(tx -> {
            store.dropExpired(tx, clock.instant());
            store.keepNewest(tx, user.id(), MOST_A_USER - 1);
            return insert(tx, user.id(), ids.next(), profileVersion, vouched);
        });
    }

    private Outcome outcome(Verified verified, String address, boolean byProfile) {
        return switch (verified) {
            case Verified.Ok(var user) -> new Outcome.Ok(letIn(user, address, byProfile ? Optional.of(users.profileVersion(user.id())) : Optional.empty(), false),
                    caller(user));
            case Verified.Refused() -> new Outcome.Refused();
            case Verified.LockedOut(var until) -> new Outcome.LockedOut(until);
        };
    }

    /** A password checked, with no token made and no second factor asked: what the serial console needs, whose user stands at the box. */
    public sealed interface Verified {
        record Ok(User user) implements Verified { }

        record Refused() implements Verified { }

        record LockedOut(Instant until) implements Verified { }
    }

    /** @param address an IP address or a serial line: guesses from one do not lock the others out */
    public Verified verify(String name, String password, String address, String source) {
        return noted(verified(name, address, () -> users.authenticate(name, password)), address, source);
    }

    /** For a program with nobody to ask: who needs a second factor, or has to choose a password, is refused, and has to bring a token instead. */
    public Verified verifyAlone(String name, String password, String address, String source) {
        return noted(verified(name, address, () -> users.authenticate(name, password).filter(user -> !second.isNeededFrom(user) && !owesPassword(user))), address, source);
    }

    /** By an extension's SIP password instead of the user's. */
    public Verified verifyByExtension(String number, String secret, String address, String source) {
        return noted(verified(number, address, () -> users.authenticateByExtension(number, secret)), address, source);
    }

    private Verified noted(Verified verified, String address, String source) {
        if (verified instanceof Verified.Ok(var user)) {
            noteSignIn(user, address, source);
        }
        return verified;
    }

    private Verified verified(String name, String address, Supplier<Optional<User>> check) {
        return guesses.oneByOne(name, address, () -> check.get().<Verified>map(Verified.Ok::new).orElseGet(Verified.Refused::new));
    }

    private void noteSignIn(User user, String address, String source) {
        audit.record(new Actor(user.name(), source, address), Audit.Action.LOGIN, OBJECT, user.name(), null);
    }

    /** @throws gatehouse.core.ProblemException when there is no such user, or one who may do what the caller may not */
    User changeable(Caller by, String userId) {
        var user = users.byId(userId).orElseThrow(() -> Problem.notFound("user").raise());
        if (!by.permissions().containsAll(caller(user).permissions())) {
            throw Problem.of(Problem.Code.FORBIDDEN, "Your role may not change a user of the role " + user.role() + ".").raise();
        }
        return user;
    }

    private Tokens insert(Tx tx, String userId, String family, Optional<Integer> profileVersion, boolean vouched) {
        var tokens = new Tokens(ids.text(52), ids.text(52), ACCESS_LIFE); // 260 bits each
        var now = clock.instant();
        store.insert(tx, new Row(ids.next(), family, userId, now.plus(ACCESS_LIFE), now.plus(REFRESH_LIFE), false, users.passwordVersion(userId),
                profileVersion, vouched),
                Hashes.of(tokens.accessToken), Hashes.of(tokens.refreshToken));
        return tokens;
    }

    /** Each refresh token holds once; one that comes again was stolen, by one side or the other, and ends all that grew from it. */
    public Optional<Tokens> refresh(String refreshToken) {
        return store.write(tx -> {
            var row = store.byRefresh(tx, Hashes.of(refreshToken));
            if (row.isEmpty() || row.get().refreshExpiresAt().isBefore(clock.instant())) {
                return Optional.<Tokens>empty();
            }
            if (row.get().refreshed() || holder(row.get()).isEmpty()) {
                store.endFamily(tx, row.get().family());
                return Optional.<Tokens>empty();
            }
            store.markRefreshed(tx, row.get().id(), clock.instant());
            return Optional.of(insert(tx, row.get().userId(), row.get().family(), row.get().profileVersion(), row.get().vouched()));
        });
    }

    @Override
    public Optional<Caller> check(String accessToken) {
        if (accessToken.isEmpty()) {
            return Optional.empty();
        }
        return store.byAccess(Hashes.of(accessToken)).filter(row -> row.accessExpiresAt().isAfter(clock.instant()))
                .flatMap(row -> holder(row).map(user -> caller(user, !row.vouched() && owesPassword(user))));
    }

    /** Whose it is; nobody's once the user is gone, shut out, or has another password or profile than it was made with. */
    private Optional<User> holder(Row row) {
        return users.byId(row.userId()).filter(user -> user.enabled() && users.passwordVersion(user.id()) == row.passwordVersion()
                && row.profileVersion().map(version -> users.profileVersion(user.id()) == version).orElse(true));
    }

    Optional<Instant> expiry(String accessToken) {
        return store.byAccess(Hashes.of(accessToken)).map(Row::accessExpiresAt);
    }

    private boolean owesPassword(User user) {
        return ownPasswords.getAsBoolean() && !users.choseOwnPassword(user.id());
    }

    /** As they are after signing in with their password. */
    public Caller caller(User user) {
        return caller(user, owesPassword(user));
    }

    private Caller caller(User user, boolean owesPassword) {
        return new Caller(user.id(), user.name(), user.role(), roles.named(user.role()).map(role -> role.permissions()).orElse(Set.of()), owesPassword);
    }

    /** Ends the sign-in that {@code accessToken} grew from; the user's others go on. */
    void signOut(Caller caller, String accessToken, String address) {
        store.endFamilyOf(Hashes.of(accessToken));
        audit.record(new Actor(caller.name(), "API", address), Audit.Action.LOGOUT, OBJECT, caller.name(), null);
    }

    /** Ends every sign-in of the caller, on whatever device, this one too. */
    void signOutEverywhere(Caller caller, String address) {
        endAllOf(caller.userId());
        audit.record(new Actor(caller.name(), "API", address), Audit.Action.LOGOUT, OBJECT, caller.name(), null);
    }

    /** Ends every sign-in of a user. */
    public void endAllOf(String userId) {
        store.endAllOf(userId);
    }
}
