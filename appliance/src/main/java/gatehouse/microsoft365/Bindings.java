package gatehouse.microsoft365;

import gatehouse.api.Caller;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.remote.RemoteFailure;
import gatehouse.roles.Role;
import gatehouse.roles.Roles;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who of the directory is whom here. Thread-safe. */
public final class Bindings {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Microsoft365Store store;
    private final Microsoft365 microsoft365;
    private final Graph graph;
    private final Users users;
    private final Roles roles;
    private final Audit audit;

    public Bindings(Microsoft365Store store, Microsoft365 microsoft365, Graph graph, Users users, Roles roles, Audit audit) {
        this.store = store;
        this.microsoft365 = microsoft365;
        this.graph = graph;
        this.users = users;
        this.roles = roles;
        this.audit = audit;
    }

    /** A binding is a way in, so nobody makes one to who may do more than they. */
    private User changeable(Caller by, String userId) {
        var user = users.byId(userId).orElseThrow(() -> Problem.notFound("user").raise());
        if (!Role.within(by, roles.named(user.role()).map(Role::permissions).orElse(Set.of()))) {
            throw Problem.of(Code.FORBIDDEN, "Your role may not change a user of the role " + user.role() + ".").raise();
        }
        return user;
    }

    void bind(Caller by, Actor actor, String userId, String ms365Id) {
        var user = changeable(by, userId);
        if (!ID.matcher(ms365Id).matches() || !isKnown(ms365Id)) {
            throw Problem.invalid("id", "unknown", "id must be the id of a user in Microsoft Entra.").raise();
        }
        store.write(tx -> {
            store.userOf(tx, ms365Id).filter(other -> !other.equals(userId)).ifPresent(other -> {
                throw Problem.conflict("id", "This account belongs to " + users.byId(other).map(User::name).orElse("another user") + " already.").raise();
            });
            store.bind(tx, userId, ms365Id);
            audit.record(tx, actor, Action.UPDATE, "USER", user.name(), null, "{\"ms365_id\":\"" + ms365Id + "\"}");
            return null;
        });
    }

    /** Nobody can be asked before the directory is set up. */
    private boolean isKnown(String ms365Id) {
        try {
            var app = microsoft365.app();
            return app.isEmpty() || graph.hasUser(app.get(), ms365Id);
        } catch (RemoteFailure e) {
            throw Problem.of(Code.UNAVAILABLE, e.getMessage()).raise();
        }
    }

    void unbind(Caller by, Actor actor, String userId) {
        var user = changeable(by, userId);
        store.write(tx -> {
            if (!store.unbind(tx, userId)) {
                throw Problem.notFound("binding of this user").raise();
            }
            audit.record(tx, actor, Action.UPDATE, "USER", user.name(), null, "{\"ms365_id\":null}");
            return null;
        });
    }

    Optional<User> user(String ms365Id) {
        return store.read(tx -> store.userOf(tx, ms365Id)).flatMap(users::byId).filter(User::enabled);
    }

    /** Who may change the company. */
    boolean isAdministrator(User user) {
        return roles.named(user.role()).filter(role -> role.permissions().contains("company.full_access")).isPresent();
    }
}
