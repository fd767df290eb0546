package gatehouse.membership;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** The members of every group of one kind. Thread-safe. */
public final class Membership {
    private static final int MOST = 1_000; // as many as one box has phones

    private final MembershipStore store;
    private final Resources groups;
    private final Users users;
    private final Audit audit;
    private final boolean oneGroupEach;

    /**
     * @param table        columns group_id and user_id, both references that cascade
     * @param oneGroupEach whether a user may be in one group of the kind only
     */
    public Membership(String table, Resources groups, Users users, Audit audit, boolean oneGroupEach) {
        this.store = new MembershipStore(table);
        this.groups = groups;
        this.users = users;
        this.audit = audit;
        this.oneGroupEach = oneGroupEach;
    }

    /** By number. @throws gatehouse.core.ProblemException NOT_FOUND when there is no such group */
    public List<User> of(String groupId) {
        return groups.read(tx -> members(tx, groups.get(tx, Resources.COMPANY, groupId).id()));
    }

    private List<User> members(Tx tx, String groupId) {
        return store.users(tx, groupId).stream().flatMap(id -> users.byId(id).stream())
                .sorted(Comparator.comparing(user -> user.extensionNumber().orElse(""))).toList();
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND when there is no such group or member */
    public User member(String groupId, String number) {
        return of(groupId).stream().filter(user -> user.extensionNumber().filter(number::equals).isPresent()).findFirst()
                .orElseThrow(() -> Problem.notFound("member").raise());
    }

    /** The ids of the groups that a user is in. */
    public List<String> groupsOf(String userId) {
        return groups.read(tx -> store.groups(tx, userId));
    }

    /** Somebody who is a member already stays one. */
    public void add(Actor actor, String groupId, String number) {
        groups.write(tx -> {
            var group = groups.get(tx, Resources.COMPANY, groupId);
            var user = users.byNumber(number).orElseThrow(() -> Problem.notFound("extension").raise());
            var before = text(members(tx, groupId));
            refuseASecondGroup(tx, groupId, user);
            if (store.add(tx, groupId, user.id())) {
                record(tx, actor, group, before);
            }
            return null;
        });
    }

    public void remove(Actor actor, String groupId, String number) {
        groups.write(tx -> {
            var group = groups.get(tx, Resources.COMPANY, groupId);
            var before = text(members(tx, groupId));
            if (!users.byNumber(number).map(user -> store.remove(tx, groupId, user.id())).orElse(false)) {
                throw Problem.notFound("member").raise();
            }
            record(tx, actor, group, before);
            return null;
        });
    }

    /** Puts {@code numbers} in the place of those who were there. @throws gatehouse.core.ProblemException with every number that nobody has */
    public void replace(Actor actor, String groupId, List<String> numbers) {
        groups.write(tx -> {
            var group = groups.get(tx, Resources.COMPANY, groupId);
            var before = text(members(tx, groupId));
            var wanted = known(numbers);
            store.clear(tx, groupId);
            for (var user : wanted) {
                refuseASecondGroup(tx, groupId, user);
                store.add(tx, groupId, user.id());
            }
            record(tx, actor, group, before);
            return null;
        });
    }

    private List<User> known(List<String> numbers) {
        var problems = new Problems();
        var wanted = new LinkedHashSet<User>();
        problems.addIf(numbers.size() > MOST, "items", "maxItems", "A group may have " + MOST + " members; these are " + numbers.size() + ".");
        for (int i = 0; i < numbers.size(); i++) {
            var field = "items[" + i + "]";
            var number = numbers.get(i);
            users.byNumber(number).ifPresentOrElse(wanted::add, () -> problems.add(Problem.invalid(field, "unknown",
                    "There is no extension " + number + "; add its user first.")));
        }
        problems.check();
        return new ArrayList<>(wanted);
    }

    private void refuseASecondGroup(Tx tx, String groupId, User user) {
        var others = oneGroupEach ? store.groups(tx, user.id()).stream().filter(id -> !id.equals(groupId)).toList() : List.<String>of();
        if (!others.isEmpty()) {
            var other = groups.find(tx, Resources.COMPANY, others.getFirst()).map(group -> group.text("name")).orElse("another group");
            throw Problem.conflict("extension_number", user.label() + " is in the group " + other + " already, and may be in one only; remove it there first.")
                    .raise();
        }
    }

    private void record(Tx tx, Actor actor, Resource group, String before) {
        audit.record(tx, actor, Action.UPDATE, groups.kind().objectType(), group.text("name"), before, text(members(tx, group.id())));
    }

    private static String text(List<User> members) {
        var numbers = JsonNodeFactory.instance.arrayNode();
        members.forEach(user -> numbers.add(user.extensionNumber().orElse("")));
        return JsonNodeFactory.instance.objectNode().set("members", numbers).toString();
    }

    /** As the contract's lists of members show one. */
    public static ObjectNode json(User user) {
        return JsonNodeFactory.instance.objectNode().put("id", user.id()).put("name", user.name()).put("display_name", user.displayName())
                .put("extension_number", user.extensionNumber().orElse(null));
    }
}
