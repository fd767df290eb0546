package gatehouse.holidays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose holidays are when. Thread-safe. */
public final class Holidays {
    /** The owner of those that are everybody's. */
    public static final String COMPANY = Resources.COMPANY;
    private static final String OBJECT = "HOLIDAY";
    private static final int MOST_OF_THE_COMPANY = 500; // some twenty years of one country, or one year of forty
    private static final int MOST_OF_A_USER = 100; // as many as its list shows

    private final Keeping keeping;
    private final HolidayStore store;
    private final Resources company;
    private final Resources own;

    public Holidays(Keeping keeping, HolidayStore store) {
        this.keeping = keeping;
        this.store = store;
        company = keeping.of(kind(HolidayStore.COMPANY).most(MOST_OF_THE_COMPANY));
        own = keeping.of(kind(HolidayStore.OF_USERS).most(MOST_OF_A_USER));
    }

    private static Kind kind(String table) {
        return Kind.of(table, OBJECT, "holiday", "name").required("name", "region", "consecutive", "every_year").rules(new HolidayRules());
    }

    Resources company() {
        return company;
    }

    Resources own() {
        return own;
    }

    /**
     * Whether it is one of somebody's holidays.
     *
     * @param owner a user's id, for the user's own and those of the company that the user keeps; or {@link #COMPANY}, for all of the company
     */
    public boolean isHoliday(String owner, Instant at, ZoneId zone) {
        return store.read(tx -> of(tx, owner)).stream().anyMatch(holiday -> holiday.covers(at, zone));
    }

    /** Whether it is one of these of the company, which a rule or a service names; an id that there is none of is none. */
    public boolean isHoliday(Collection<String> ids, Instant at, ZoneId zone) {
        return store.read(tx -> store.company(tx, ids)).stream().map(Holidays::parsed).anyMatch(holiday -> holiday.covers(at, zone));
    }

    private List<Holiday> of(Tx tx, String owner) {
        var all = owner.equals(COMPANY) ? store.company(tx).stream() : Stream.concat(store.own(tx, owner).stream(), store.kept(tx, owner).stream());
        return all.map(Holidays::parsed).toList();
    }

    private static Holiday parsed(ObjectNode document) {
        return Holiday.of(document.get("id").textValue(), document);
    }

    /** Those of the company's that there are of these ids, by name, as an answer shows them: for what else names holidays. */
    public List<ObjectNode> byIds(Tx tx, Collection<String> ids) {
        return store.company(tx, ids);
    }

    /** The company's that a user keeps, by name. */
    List<ObjectNode> kept(User user) {
        return store.read(tx -> store.kept(tx, user.id()));
    }

    /** @param items ids of the company's holidays; null for all of them, now and later */
    void keep(Actor actor, User user, JsonNode items) {
        var ids = new LinkedHashSet<String>();
        items.forEach(id -> ids.add(id.textValue()));
        store.write(tx -> {
            var there = store.company(tx, ids).stream().map(holiday -> holiday.get("id").textValue()).collect(Collectors.toSet());
            check(ids, there);
            var before = names(store.kept(tx, user.id()));
            store.choose(tx, user.id(), items.isNull() ? Optional.empty() : Optional.of(ids));
            keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, user.name(), before, names(store.kept(tx, user.id())));
            return null;
        });
    }

    private static void check(Set<String> ids, Set<String> there) {
        var problems = new Problems();
        ids.stream().filter(id -> !there.contains(id)).limit(MOST_OF_A_USER).forEach(id -> problems.addIf(true, "items", "unknown",
                "The company has no holiday " + (id.length() > 64 ? "of that id" : id) + "; see the list of them."));
        problems.check();
    }

    private static String names(List<ObjectNode> holidays) {
        var names = Json.object().putArray("names");
        holidays.forEach(holiday -> names.add(holiday.path("name").asText()));
        return names.toString();
    }
}
