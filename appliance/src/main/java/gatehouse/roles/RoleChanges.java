package gatehouse.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes, changes and removes the company's own roles. What is changed holds from the next request on. Thread-safe. */
public final class RoleChanges {
    private static final String OBJECT = "ROLE";
    private static final int MOST = 200; // a company has a handful

    private final Roles roles;
    private final RoleStore store;
    private final RoleHolders holders;
    private final Audit audit;

    public RoleChanges(Roles roles, RoleStore store, RoleHolders holders, Audit audit) {
        this.roles = roles;
        this.store = store;
        this.holders = holders;
        this.audit = audit;
    }

    String create(Caller by, Actor actor, ObjectNode body) {
        var role = new Role(body.get("name").textValue(), body.path("description").asText(""), granted(body.get("permissions")), false);
        return holders.write(tx -> {
            var problems = new Problems();
            problems.addIf(store.count(tx) >= MOST, "name", "most", "There are " + MOST + " roles already, which is the most; remove one first.");
            name(tx, role.name(), problems);
            within(by, role, problems);
            problems.check();
            store.insert(tx, role);
            audit.record(tx, actor, Action.CREATE, OBJECT, role.name(), null, described(role));
            tx.afterCommit(() -> roles.remember(role));
            return role.name();
        });
    }

    /** The fields that are given replace; a permission tree is whole: what it leaves out is not granted. */
    void update(Caller by, Actor actor, String name, ObjectNode body) {
        holders.write(tx -> {
            var before = changeable(tx, by, name);
            var problems = new Problems();
            problems.addIf(body.path("name").isNull(), "name", "required", "name may be changed, but not cleared.");
            var role = new Role(body.path("name").asText(before.name()), body.has("description") ? body.get("description").asText("") : before.description(),
                    body.has("permissions") ? granted(body.get("permissions")) : before.permissions(), false);
            if (!RoleStore.key(role.name()).equals(RoleStore.key(before.name()))) {
                name(tx, role.name(), problems);
            }
            within(by, role, problems);
            problems.check();
            store.update(tx, before.name(), role);
            if (!role.name().equals(before.name())) {
                tx.afterCommit(() -> roles.remember(role)); // before those who have it, so that they never have one that is not there
                holders.rename(tx, before.name(), role.name());
            }
            audit.record(tx, actor, Action.UPDATE, OBJECT, before.name(), described(before), described(role));
            tx.afterCommit(() -> {
                roles.remember(role);
                if (!RoleStore.key(role.name()).equals(RoleStore.key(before.name()))) {
                    roles.forget(before);
                }
            });
            return null;
        });
    }

    void delete(Caller by, Actor actor, String name) {
        holders.write(tx -> {
            var role = changeable(tx, by, name);
            if (holders.anybodyHas(tx, role.name())) {
                throw Problem.conflict("name", "Somebody still has the role " + role.name() + "; give them another first.").raise();
            }
            store.delete(tx, role.name());
            audit.record(tx, actor, Action.DELETE, OBJECT, role.name(), described(role), null);
            tx.afterCommit(() -> roles.forget(role));
            return null;
        });
    }

    private Role changeable(Tx tx, Caller by, String name) {
        var role = store.named(tx, name).orElseThrow(() -> Problem.notFound("role").raise());
        if (role.builtIn()) {
            throw Problem.of(Code.FORBIDDEN, "The role " + role.name() + " is built in and cannot be changed; make one of your own.").raise();
        }
        if (!Role.within(by, role.permissions())) {
            throw Problem.of(Code.FORBIDDEN, "The role " + role.name() + " grants what yours does not, so you may not change it.").raise();
        }
        return role;
    }

    private void name(Tx tx, String name, Problems problems) {
        var known = store.named(tx, name);
        problems.addIf(!name.equals(name.strip()) || name.isEmpty() || name.chars().anyMatch(Character::isISOControl), "name", "pattern",
                "A role's name neither begins nor ends with a space and has no control characters.");
        problems.addIf(known.filter(Role::builtIn).isPresent(), "name", "reserved", "The name " + name + " is that of a built-in role; choose another.");
        known.filter(role -> !role.builtIn()).ifPresent(role -> problems.add(Problem.conflict("name", "There is a role " + role.name()
                + " already; choose another name.")));
    }

    private static void within(Caller by, Role role, Problems problems) {
        if (!Role.within(by, role.permissions())) {
            var missing = role.permissions().stream().filter(permission -> !by.may(permission)).sorted().collect(Collectors.joining(", "));
            problems.add(Problem.of(Code.FORBIDDEN, "Nobody grants what they do not have; your role lacks " + missing + "."));
        }
    }

    /** The dotted names of what is true in a permission tree. */
    private static Set<String> granted(JsonNode tree) {
        return Roles.ALL.stream().filter(permission -> tree.at("/" + permission.replace('.', '/')).asBoolean())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String described(Role role) {
        var described = Json.object().put("name", role.name()).put("description", role.description());
        var permissions = described.putArray("permissions");
        role.permissions().stream().sorted().forEach(permissions::add);
        return described.toString();
    }
}
