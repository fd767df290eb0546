package gatehouse.ringgroups;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problems;
import gatehouse.hunting.Defaults;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.Group;
import gatehouse.hunting.Member;
import gatehouse.hunting.Members;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Providers;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.util.List;
import java.util.Optional;

/** The rules of ring groups. Thread-safe. */
public final class RingGroups implements Kind.Rules {
    static final String TABLE = "ring_groups";
    private static final String OBJECT = "RING_GROUP";
    /** As in the API's document, which fills in what a new group leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"ring_time": 20, "ring_strategy": "RING_SIMULTANEOUSLY", "skip_busy_member": false, "enable_paid": false, "enable_prid": false,
             "extension_number_as_to_header": false}""");

    private final Keeping keeping;
    private final Providers providers;
    private final Resources groups;
    private final Members members;

    public RingGroups(Keeping keeping, Users users, Providers providers) {
        this.keeping = keeping;
        this.providers = providers;
        this.members = new Members("ring_group_members", TABLE, "group_id", keeping.numbers(), users);
        this.groups = keeping.of(Kind.of(TABLE, OBJECT, "ring group", "name").required("name", "extension_number").unique("name")
                .numbered(NumberKind.RING_GROUP).most(1_000).rules(this));
    }

    Resources resources() {
        return groups;
    }

    /** For calls: the group that has this number, with its members. */
    public Optional<RingGroup> byNumber(String number) {
        return groups.read(tx -> keeping.numbers().owner(tx, number).filter(owner -> owner.kind() == NumberKind.RING_GROUP).map(Owner::id)
                .flatMap(id -> groups.find(tx, Resources.COMPANY, id)).map(group -> RingGroup.of(group, members.of(tx, group.id()))));
    }

    public boolean exists(Tx tx, String id) {
        return groups.find(tx, Resources.COMPANY, id).isPresent();
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        for (var rule : List.of("no_answer_forward_rule", "night_mode_forward_rule")) {
            ForwardRule.check(tx, keeping.numbers(), rule, draft.document().path(rule), draft.text("extension_number"), problems);
        }
        OutboundCallerId.check(tx, providers, draft.document().path("outbound_caller_ids"), problems);
    }

    String create(Actor actor, ObjectNode fields) {
        return groups.create(actor, Resources.COMPANY, Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        groups.update(actor, Resources.COMPANY, id, Defaults.inPlaceOfNulls(changes, DEFAULTS));
    }

    List<Member> members(String id) {
        return groups.read(tx -> members.of(tx, groups.get(tx, Resources.COMPANY, id).id()));
    }

    Member member(String id, String number) {
        return groups.read(tx -> members.byNumber(tx, groups.get(tx, Resources.COMPANY, id).id(), number));
    }

    /** @param items the new members in order; null for nobody */
    void replaceMembers(Actor actor, String id, JsonNode items) {
        groups.write(tx -> {
            var group = groups.get(tx, Resources.COMPANY, id);
            var before = Members.text(members.of(tx, id));
            members.replace(tx, id, items);
            keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, group.text("name"), before, Members.text(members.of(tx, id)));
            return null;
        });
    }

    /** Those a user rings in, by name. */
    List<Group> of(String userId) {
        return groups.read(tx -> members.groupsOf(tx, userId));
    }
}
