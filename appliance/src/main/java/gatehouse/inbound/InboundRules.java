package gatehouse.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.hunting.Defaults;
import gatehouse.hunting.ForwardRule;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.trunks.Trunks;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules for calls that come in, in memory beside the store. Thread-safe. */
public final class InboundRules implements Kind.Rules {
    static final String TABLE = "inbound_rules";
    private static final int MOST = 2_000;
    private static final List<String> FORWARDS = List.of("office_hours_forward_rule", "non_office_hours_forward_rule", "holiday_forward_rule");
    /** As in the API's document, which fills in what a new rule leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": true, "enable_advanced_routing": false, "play_recording_disclaimer": false}""");

    private final Keeping keeping;
    private final Trunks trunks;
    private final Calendar calendar;
    private final Function<String, Set<String>> forms;
    private final InboundStore store = new InboundStore();
    private final Resources rules;
    private final Remembered<List<InboundRule>> all;

    /** @param forms every way in which a number may have been written down */
    public InboundRules(Keeping keeping, Trunks trunks, Calendar calendar, Function<String, Set<String>> forms) {
        this.keeping = keeping;
        this.trunks = trunks;
        this.calendar = calendar;
        this.forms = forms;
        rules = keeping.of(Kind.of(TABLE, "INBOUND_RULE", "inbound rule", "name").required("name", "did_numbers", "provider_id").unique("name")
                .most(MOST).rules(this));
        all = new Remembered<>(() -> inOrder(rules.all(Resources.COMPANY).stream().map(InboundRule::of).toList()));
        trunks.neededBy((tx, trunk) -> store.naming(tx, trunk).stream().map(name -> "the inbound rule " + name).toList());
    }

    Resources resources() {
        return rules;
    }

    /**
     * Where a call goes that came in by a trunk; empty when no rule is for it.
     *
     * @param did      the number it wants, as the provider wrote it
     * @param callerId who calls, as the provider wrote it; empty for anonymous
     */
    public Optional<InboundRoute> route(String trunkId, String did, String callerId, Instant now) {
        return route(all.get(), trunkId, forms.apply(did), callerId.isBlank() ? Set.of() : forms.apply(callerId), now, calendar);
    }

    /** A rule for certain callers comes before one for all, then the one that names the number most exactly, then the older one. */
    static List<InboundRule> inOrder(List<InboundRule> rules) {
        return rules.stream().sorted(Comparator.comparing((InboundRule rule) -> rule.caller().isEmpty())
                .thenComparing(rule -> rule.dids().map(NumberMask::openness).orElse(Integer.MAX_VALUE))
                .thenComparing(rule -> rule.caller().map(NumberMask::openness).orElse(0))).toList();
    }

    /** The decision itself. @param rules in the order of {@link #inOrder}; @param did,callerId every way to write them */
    static Optional<InboundRoute> route(List<InboundRule> rules, String trunkId, Collection<String> did, Collection<String> callerId, Instant now,
                                        Calendar calendar) {
        return rules.stream().filter(rule -> rule.isFor(trunkId, did, callerId)).findFirst().map(rule ->
                new InboundRoute(rule.id(), rule.name(), rule.playDisclaimer(), rule.destination(rule.schedule().at(now, calendar))));
    }

    String create(Actor actor, ObjectNode fields) {
        return rules.create(actor, Resources.COMPANY, Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        rules.update(actor, Resources.COMPANY, id, Defaults.inPlaceOfNulls(changes, DEFAULTS));
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

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var trunk = draft.text("provider_id");
        problems.addIf(!trunk.isEmpty() && !trunks.exists(tx, trunk), "provider_id", "unknown", "There is no trunk " + trunk + "; add it first.");
        var wanted = draft.text("did_numbers");
        var dids = NumberMask.of(wanted);
        problems.addIf(!wanted.isBlank() && dids.isEmpty(), "did_numbers", "pattern",
                "did_numbers must be numbers: 4930100, a range 4930100-4930199, * for any one digit, and ; between several.");
        var moved = before.isEmpty() || !before.get().text("did_numbers").equals(wanted) || !before.get().text("provider_id").equals(trunk);
        if (moved && dids.isPresent()) {
            trunks.pool(tx, trunk).ifPresent(pool -> problems.addIf(!pool.covers(dids.get()), "did_numbers", "pool",
                    "did_numbers must be among the numbers of the trunk, its did_numbers."));
        }
        var caller = draft.text("cid_number_mask");
        problems.addIf(!caller.isBlank() && NumberMask.of(caller).isEmpty(), "cid_number_mask", "pattern",
                "cid_number_mask must be numbers: 004930*****, a range 1000-2000, and ; between several; * is any one digit.");
        for (var rule : FORWARDS) {
            ForwardRule.check(tx, keeping.numbers(), rule, draft.document().path(rule), "", problems);
        }
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
