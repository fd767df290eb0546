package gatehouse.outbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.hunting.Defaults;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.outbound.UserGroups.UserGroup;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.security.Security;
import gatehouse.store.Store.Tx;
import gatehouse.trunks.Trunk;
import gatehouse.trunks.Trunks;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The rules for calls outside, in memory beside the store. Thread-safe. */
public final class OutboundRules implements Kind.Rules {
    static final String TABLE = "outbound_rules";
    private static final String OBJECT = "OUTBOUND_RULE";
    private static final int MOST = 1_000;
    private static final int MOST_GROUPS = 100; // the list of them is given whole
    /** As in the API's document, which fills in what a new rule leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": true, "priority": 1000, "routing_strategy": "PRIORITIZED"}""");

    private final Keeping keeping;
    private final Trunks trunks;
    private final Security security;
    private final Calendar calendar;
    private final UserGroups groups;
    private final RandomGenerator random;
    private final OutboundStore store = new OutboundStore();
    private final Resources rules;
    private final Remembered<List<OutboundRule>> all;

    public OutboundRules(Keeping keeping, Trunks trunks, Security security, Calendar calendar, UserGroups groups, RandomGenerator random) {
        this.keeping = keeping;
        this.trunks = trunks;
        this.security = security;
        this.calendar = calendar;
        this.groups = groups;
        this.random = random;
        rules = keeping.of(Kind.of(TABLE, OBJECT, "outbound rule", "name").required("name").unique("name").most(MOST).rules(this));
        all = new Remembered<>(() -> rules.read(tx -> {
            var applied = store.groups(tx);
            return rules.all(tx, Resources.COMPANY).stream().map(rule -> OutboundRule.of(rule, applied.getOrDefault(rule.id(), Set.of())))
                    .sorted(Comparator.comparingInt(OutboundRule::priority)).toList();
        }));
        trunks.neededBy((tx, trunk) -> store.naming(tx, trunk).stream().map(name -> "the outbound rule " + name).toList());
    }

    Resources resources() {
        return rules;
    }

    /** By which trunks a call leaves, with which number and caller id, or why it may not. */
    public Decision route(OutsideCaller caller, String dialled, Instant now) {
        var enabled = trunks.all().stream().filter(Trunk::enabled).map(Trunk::id).toList();
        return new Routing(all.get(), security.barring(), enabled, calendar, random).decide(caller, dialled, now);
    }

    String create(Actor actor, ObjectNode fields) {
        return rules.create(actor, Resources.COMPANY, Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        var fields = Defaults.inPlaceOfNulls(changes, DEFAULTS);
        fields.remove("id"); // the contract lets it stand there
        rules.update(actor, Resources.COMPANY, id, fields);
    }

    ObjectNode show(String id) {
        return rules.read(tx -> shown(tx, List.of(rules.get(tx, Resources.COMPANY, id)))).getFirst();
    }

    Page<ObjectNode> page(Listing listing, ListQuery query) {
        var page = rules.page(Resources.COMPANY, listing, query);
        return new Page<>(page.count(), rules.read(tx -> shown(tx, page.items())));
    }

    private List<ObjectNode> shown(Tx tx, List<Resource> some) {
        var documents = some.stream().map(Resource::json).toList();
        Schedule.show(documents, ids -> calendar.holidays(tx, ids));
        return documents;
    }

    /** A group that is gone is still there, without a name: until it is taken off, the rule is not for everybody. */
    List<UserGroup> appliedGroups(String id) {
        return rules.read(tx -> {
            var ids = store.groups(tx, rules.get(tx, Resources.COMPANY, id).id());
            var known = groups.known(tx, ids);
            var gone = ids.stream().filter(group -> known.stream().noneMatch(other -> other.id().equals(group)))
                    .map(group -> new UserGroup(group, "", ""));
            return Stream.concat(known.stream(), gone).toList();
        });
    }

    UserGroup appliedGroup(String id, String groupId) {
        return appliedGroups(id).stream().filter(group -> group.id().equals(groupId)).findFirst().orElseThrow(() ->
                Problem.notFound("applied group").raise());
    }

    void apply(Actor actor, String id, String groupId) {
        rules.write(tx -> {
            var rule = rules.get(tx, Resources.COMPANY, id);
            var group = groups.known(tx, List.of(groupId)).stream().findFirst().orElseThrow(() -> Problem.notFound("user group").raise());
            if (store.apply(tx, id, groupId)) {
                if (store.groups(tx, id).size() > MOST_GROUPS) {
                    throw Problem.of(Problem.Code.CONFLICT, "This rule is for " + MOST_GROUPS + " groups already, which is the most.").raise();
                }
                changed(tx, actor, rule, null, group.name());
            }
            return null;
        });
    }

    void cancel(Actor actor, String id, String groupId) {
        rules.write(tx -> {
            var rule = rules.get(tx, Resources.COMPANY, id);
            if (!store.cancel(tx, id, groupId)) {
                throw Problem.notFound("applied group").raise();
            }
            changed(tx, actor, rule, groups.known(tx, List.of(groupId)).stream().findFirst().map(UserGroup::name).orElse(groupId), null);
            return null;
        });
    }

    private void changed(Tx tx, Actor actor, Resource rule, String before, String after) {
        keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, rule.text("name"), before == null ? null : groupState(before),
                after == null ? null : groupState(after));
        tx.afterCommit(all::changed);
    }

    private static String groupState(String group) {
        return Json.object().put("applied_group", group).toString();
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        OutboundCheck.check(draft, ids -> trunks.known(tx, ids), problems);
        Schedule.check(tx, draft.document(), "", calendar, problems);
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(all::changed);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(all::changed);
    }
}
