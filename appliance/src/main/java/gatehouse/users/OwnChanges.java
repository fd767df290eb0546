package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.secrets.Passwords;
import gatehouse.store.Store.Tx;
import gatehouse.users.UserStore.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

/** What people change of themselves. No role is asked; for a password, the one before it is. Thread-safe. */
public final class OwnChanges {
    private static final int TRIES = 5; // whoever finds a page left open does not find out the password there

    private final Users users;
    private final UserStore store;
    private final UserChanges changes;
    private final Passwords passwords;
    private final Clock clock;
    private final Lockouts guesses;

    public OwnChanges(Users users, UserStore store, UserChanges changes, Passwords passwords, Clock clock) {
        this.users = users;
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.clock = clock;
        this.guesses = new Lockouts(clock, TRIES, Duration.ofSeconds(30), Duration.ofMinutes(15));
    }

    void update(Actor actor, String id, ObjectNode body) {
        changes.set(actor, id, body);
    }

    /** Ends every sign-in of the user, this one too: the new password is proved by signing in with it. */
    public void changePassword(Actor actor, String id, ObjectNode body) {
        var row = checked(id, body, old -> passwords.matches(old, users.row(id).orElseThrow().password().hash()));
        if (body.get("new_password").equals(body.get("old_password"))) {
            throw same();
        }
        var hash = passwords.hash(body.get("new_password").textValue());
        users.write(tx -> {
            var before = row(tx, row.user().id());
            return changes.save(actor, tx, before.withPassword(before.password().next(hash, true)), before.user(), "password");
        });
    }

    private static RuntimeException same() {
        return Problem.invalid("new_password", "same", "This is the password there is now; choose another.").raise();
    }

    /** Signs in by another name from now on; open sign-ins go on. */
    public void rename(Actor actor, String id, String name) {
        var broken = new Problems();
        broken.add(UserRules.name(name).filter(_ -> !name.equals(Users.ADMINISTRATOR) || !users.isFirst(users.byId(id).orElseThrow())));
        broken.check();
        users.write(tx -> {
            var before = row(tx, id);
            var was = before.user();
            if (!was.name().equalsIgnoreCase(name)) {
                store.nameOwner(tx, name).ifPresent(owner -> {
                    throw Problem.conflict("name", "The name " + name + " belongs to " + owner + "; choose another.").raise();
                });
            }
            tx.afterCommit(() -> users.forget(before)); // before what is saved is remembered
            return changes.save(actor, tx, before.with(new User(id, name, was.role(), was.enabled(), was.displayName(), was.email(), was.extensionNumber(),
                    was.settings(), was.createdAt())), was, "name");
        });
    }

    /**
     * For who cannot give the old password, and proved otherwise who they are.
     *
     * @param stillMay asked inside the transaction; false leaves everything as it is
     */
    public boolean choosePassword(Actor actor, String id, String password, Predicate<Tx> stillMay) {
        changes.checkPassword("new_password", password, users.byId(id).orElseThrow(() -> Problem.notFound("user").raise()));
        if (users.row(id).map(Row::password).filter(now -> !now.own() && passwords.matches(password, now.hash())).isPresent()) {
            throw same(); // another made it: it would be nobody's own
        }
        var hash = passwords.hash(password);
        return users.write(tx -> {
            if (!stillMay.test(tx)) {
                return false;
            }
            var before = row(tx, id);
            changes.save(actor, tx, before.withPassword(before.password().next(hash, true)), before.user(), "password");
            return true;
        });
    }

    void changeExtensionPassword(Actor actor, String id, ObjectNode body) {
        if (users.byId(id).flatMap(User::extensionNumber).isEmpty()) {
            throw Problem.conflict("extension_number", "You have no extension to give a password to.").raise();
        }
        checked(id, body, old -> users.byId(id).flatMap(User::extensionNumber).flatMap(users::sipSecret).filter(right -> Users.same(right, old)).isPresent());
        users.write(tx -> changes.newSipSecret(tx, actor, row(tx, id), body.get("new_password").textValue()));
    }

    /** Apps signed in by the profile before have to be paired anew. */
    void resetProfile(Actor actor, String id) {
        users.write(tx -> changes.newProfile(tx, actor, row(tx, id)));
    }

    private Row row(Tx tx, String id) {
        return store.byId(tx, id).orElseThrow(() -> Problem.notFound("user").raise());
    }

    private Row checked(String id, ObjectNode body, Predicate<String> right) {
        var row = users.row(id).orElseThrow(() -> Problem.notFound("user").raise());
        var problems = new Problems();
        for (var field : new String[] {"old_password", "new_password"}) {
            problems.addIf(!body.path(field).isTextual(), field, "required", field + " is missing.");
        }
        problems.check();
        guesses.lockedUntil(id).ifPresent(until -> {
            throw Problem.tooMany("Too many wrong tries", clock.instant(), until).raise();
        });
        if (!right.test(body.get("old_password").textValue())) {
            guesses.failed(id);
            throw Problem.invalid("old_password", "wrong", "old_password is not the password there is now.").raise();
        }
        guesses.succeeded(id);
        changes.checkPassword("new_password", body.get("new_password").textValue(), row.user());
        return row;
    }
}
