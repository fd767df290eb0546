package gatehouse.callerlists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three lists and their rules. Thread-safe. */
public final class CallerLists implements Kind.Rules {
    /** Which of the two prompts a blacklisted caller hears. */
    public enum Level { FIRST, SECOND }

    static final String EXCLUSIVE = "exclusive_numbers";
    static final String VIP = "vip_numbers";
    static final String BLACKLIST = "call_queue_blacklisted_numbers";
    static final String EXCLUSIVE_OBJECT = "EXCLUSIVE_NUMBER";
    static final String BLACKLIST_OBJECT = "CALL_QUEUE_BLACKLISTED_NUM";
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");

    private final Keeping keeping;
    private final CallerListStore store;
    private final Resources exclusive;
    private final Resources vip;
    private final Resources blacklist;

    public CallerLists(Keeping keeping, CallerListStore store) {
        this.keeping = keeping;
        this.store = store;
        exclusive = keeping.of(Kind.of(EXCLUSIVE, EXCLUSIVE_OBJECT, "exclusive number", "number").required("number").unique("number").rules(this));
        vip = keeping.of(Kind.of(VIP, "VIP_NUMBER", "VIP number", "number").required("number").unique("number").rules(this));
        blacklist = keeping.of(Kind.of(BLACKLIST, BLACKLIST_OBJECT, "blacklisted number", "number").required("number", "level")
                .unique("number").rules(this));
    }

    Resources exclusive() {
        return exclusive;
    }

    Resources vip() {
        return vip;
    }

    Resources blacklist() {
        return blacklist;
    }

    /** For calls: whether this caller goes to the head of the line. */
    public boolean isVip(String caller) {
        return keeping.store().read(tx -> store.holds(tx, VIP, caller, keeping.clock().instant()));
    }

    /** For calls: whether this caller is turned away, and with which prompt. */
    public Optional<Level> blacklisted(String caller) {
        return keeping.store().read(tx -> store.level(tx, caller, keeping.clock().instant()));
    }

    /** For calls: the user ids of the agents who alone serve this caller in a queue, in order; empty when all of them do. */
    public List<String> exclusiveAgents(String queueId, String caller) {
        return keeping.store().read(tx -> store.exclusive(tx, caller).map(id -> store.agents(tx, id, queueId)).orElse(List.of()));
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var fields = draft.document();
        problems.add(Times.check("expire_at", fields.path("expire_at")));
        degrees("longitude", draft, 180, problems);
        degrees("latitude", draft, 90, problems);
    }

    private static void degrees(String field, Resource draft, int most, Problems problems) {
        var text = draft.text(field);
        var within = DEGREES.matcher(text).matches() && new BigDecimal(text).abs().compareTo(BigDecimal.valueOf(most)) <= 0;
        problems.addIf(!text.isEmpty() && !within, field, "range", field + " must be in degrees with a decimal point, from -" + most + " to " + most + ".");
    }

    String create(Resources list, Actor actor, ObjectNode fields) {
        return list.create(actor, Resources.COMPANY, settled(fields)).id();
    }

    void update(Resources list, Actor actor, String id, ObjectNode changes) {
        list.update(actor, Resources.COMPANY, id, settled(changes));
    }

    /** A cleared {@code enabled} is the default again; a time is kept as it will be shown. */
    private static ObjectNode settled(ObjectNode given) {
        var fields = given.deepCopy();
        if (fields.path("enabled").isNull()) {
            fields.put("enabled", true);
        }
        Times.parse(fields.path("expire_at")).ifPresent(time -> fields.put("expire_at", Times.text(time)));
        return fields;
    }
}
