package gatehouse.groups;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.company.OutboundCallerIds;
import gatehouse.company.References;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.ResourceEvent;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All user groups. Thread-safe. */
public final class Groups {
    static final String TABLE = "user_groups";
    private static final String OBJECT = "USER_GROUP";
    private static final int MOST = 1_000; // as many as people

    private final Resources resources;
    private final Users users;
    private final Keeping keeping;

    public Groups(Keeping keeping, Users users, References references) {
        this.keeping = keeping;
        this.users = users;
        resources = keeping.of(Kind.of(TABLE, OBJECT, "user group", "name").required("name").unique("name").most(MOST).rules(new Kind.Rules() {
            @Override
            public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
                OutboundCallerIds.check(tx, draft.document().path("outbound_caller_ids"), references, problems);
            }
        }));
    }

    Resources resources() {
        return resources;
    }

    /** Whether there is one of this id: for what names groups. */
    public boolean exists(Tx tx, String id) {
        return resources.find(tx, Resources.COMPANY, id).isPresent();
    }

    /** Those of {@code ids} that exist, by name. */
    public List<Resource> known(Tx tx, Collection<String> ids) {
        var wanted = Set.copyOf(ids);
        return wanted.isEmpty() ? List.of() : resources.all(tx, Resources.COMPANY).stream().filter(group -> wanted.contains(group.id()))
                .sorted(Comparator.comparing(group -> group.text("name"), String.CASE_INSENSITIVE_ORDER)).toList();
    }

    /** Those a user is in, oldest first. */
    public List<Resource> of(String userId) {
        return resources.read(tx -> {
            var ids = new HashSet<>(GroupStore.groupsOf(tx, userId));
            return ids.isEmpty() ? List.<Resource>of() : resources.all(tx, Resources.COMPANY).stream().filter(group -> ids.contains(group.id()))
                    .toList();
        });
    }

    /** Names of those whose calls may show a number of this trunk. */
    public List<String> showingNumbersOf(Tx tx, String trunkId) {
        return GroupStore.withCallerIdsOf(tx, trunkId);
    }

    /** By number. */
    List<Member> members(String id) {
        return resources.read(tx -> GroupStore.members(tx, resources.get(tx, Resources.COMPANY, id).id()));
    }

    Member member(String id, String number) {
        return resources.read(tx -> GroupStore.member(tx, resources.get(tx, Resources.COMPANY, id).id(), number))
                .orElseThrow(() -> Problem.notFound("member").raise());
    }

    /** Who is in it already stays in it. */
    void add(Actor actor, String id, String number) {
        var user = users.byNumber(number).map(User::id).orElseThrow(() -> Problem.notFound("extension").raise());
        resources.write(tx -> {
            var group = resources.get(tx, Resources.COMPANY, id);
            if (users.byIds(tx, List.of(user)).isEmpty()) {
                throw Problem.notFound("extension").raise();
            }
            if (GroupStore.add(tx, id, user)) {
                record(tx, actor, group, "added " + number);
            }
            return null;
        });
    }

    void remove(Actor actor, String id, String number) {
        resources.write(tx -> {
            var group = resources.get(tx, Resources.COMPANY, id);
            var member = GroupStore.member(tx, id, number).orElseThrow(() -> Problem.notFound("member").raise());
            GroupStore.remove(tx, id, member.userId());
            record(tx, actor, group, "removed " + number);
            return null;
        });
    }

    private void record(Tx tx, Actor actor, Resource group, String what) {
        keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, group.text("name"), null, group.document().deepCopy().put("members", what)
                .toString());
        tx.afterCommit(() -> keeping.events().publish(new ResourceEvent.Updated(TABLE, group, group)));
    }
}
