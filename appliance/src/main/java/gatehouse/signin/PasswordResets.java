package gatehouse.signin;

import gatehouse.audit.Actor;
import gatehouse.core.Ids;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.signin.FactorStore.Reset;
import gatehouse.users.OwnChanges;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executor;

/** Lets who forgot a password choose another, by a link in a mail. Nobody learns from it who has an account here. Thread-safe. */
public final class PasswordResets {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration INVITATION = Duration.ofDays(3);

    private final FactorStore store;
    private final Users users;
    private final OwnChanges changes;
    private final Post post;
    private final OwnAddresses own;
    private final Clock clock;
    private final Ids ids;
    private final Executor later;
    private final Lockouts accounts;
    private final Lockouts addresses;

    /** @param later does what must not make one answer slower than another */
    public PasswordResets(FactorStore store, Users users, OwnChanges changes, Post post, OwnAddresses own, Clock clock, Ids ids, Executor later) {
        this.store = store;
        this.users = users;
        this.changes = changes;
        this.post = post;
        this.own = own;
        this.clock = clock;
        this.ids = ids;
        this.later = later;
        this.accounts = new Lockouts(clock, 3, Duration.ofMinutes(15), Duration.ofHours(1)); // nobody's mailbox is flooded
        this.addresses = new Lockouts(clock, 20, Duration.ofMinutes(1), Duration.ofHours(1));
    }

    /**
     * Mails a link to the user of that name, if there is one who can read it.
     *
     * @param callbackUrl the page that takes the token and asks for the new password; on this box alone, since the token is worth a password
     */
    void ask(String name, String callbackUrl, String address) {
        addresses.lockedUntil(address).ifPresent(until -> {
            throw tooMany(until);
        });
        addresses.failed(address);
        if (!own.has(callbackUrl)) {
            throw Problem.invalid("callback_url", "origin", "callback_url must be an https page of this box.").raise();
        }
        if (!post.ready()) {
            throw Problem.of(Code.UNAVAILABLE, "This box cannot send mail. Ask whoever manages users for a new password.").raise();
        }
        later.execute(() -> users.byName(name).filter(User::enabled).filter(user -> !user.email().isBlank()).filter(this::mayHaveAnother)
                .ifPresent(user -> send(user, callbackUrl)));
    }

    private ProblemException tooMany(Instant until) {
        return Problem.tooMany("Too many requests", clock.instant(), until).raise();
    }

    private boolean mayHaveAnother(User user) {
        var key = user.name().toLowerCase(Locale.ROOT);
        var may = accounts.lockedUntil(key).isEmpty();
        if (may) {
            accounts.failed(key);
        }
        return may;
    }

    /** For a welcome: a page on which a new user chooses a password of their own within three days. */
    public String link(User user, String page) {
        return OwnAddresses.with(page, "token", token(user, INVITATION));
    }

    private String token(User user, Duration life) {
        var token = ids.text(52);
        var now = clock.instant();
        store.write(tx -> {
            store.insert(tx, new Reset(Hashes.of(token), user.id(), users.passwordVersion(user.id()), now.plus(life)), now);
            return null;
        });
        return token;
    }

    private void send(User user, String callbackUrl) {
        var token = token(user, LIFE);
        post.send(user.email(), "Choose a new password", "Hello " + user.displayName() + ",\n\nsomebody, perhaps you, asked for a new password for the user "
                + user.name() + ". To choose one, open this page within the hour:\n\n" + OwnAddresses.with(callbackUrl, "token", token)
                + "\n\nIf it was not you, do nothing: your password stays as it is.\n");
    }

    /** Ends every sign-in of the user: the new password is proved by signing in with it. */
    void reset(String token, String password, String address) {
        addresses.lockedUntil(address).ifPresent(until -> {
            throw tooMany(until);
        });
        var reset = store.read(tx -> store.reset(tx, Hashes.of(token))).filter(this::holds);
        if (reset.isEmpty()) {
            addresses.failed(address);
            throw ranOut();
        }
        var user = users.byId(reset.get().userId()).orElseThrow(PasswordResets::ranOut);
        var done = changes.choosePassword(new Actor(user.name(), "API", address), user.id(), password, tx -> holds(reset.get()) && store.use(tx, reset.get()));
        if (!done) {
            throw ranOut();
        }
    }

    private boolean holds(Reset reset) {
        return reset.expiresAt().isAfter(clock.instant()) && users.passwordVersion(reset.userId()) == reset.passwordVersion()
                && users.byId(reset.userId()).filter(User::enabled).isPresent();
    }

    private static ProblemException ranOut() {
        return Problem.invalid("token", "expired", "This link has run out or was used already. Ask for another.").raise();
    }
}
