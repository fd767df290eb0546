package gatehouse.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.emergency.EmergencyNumbers;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Dialled;
import gatehouse.numbering.Home;
import gatehouse.resources.Keeping;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** The rules about calls out and in. Thread-safe. */
public final class Security {
    private static final int MOST_COUNTRIES = 500; // there are 254

    private final SecurityStore store;
    private final Keeping keeping;
    private final Countries countries;
    private final Supplier<Home> home;
    private final EmergencyNumbers emergency;
    private final DisallowedCodes codes;
    private final Blacklist blacklist;
    private final Remembered<Set<String>> chosen;

    /** @param home where the box stands, as it is known now */
    public Security(Keeping keeping, Countries countries, Supplier<Home> home, EmergencyNumbers emergency) {
        this.store = new SecurityStore(keeping.store());
        this.keeping = keeping;
        this.countries = countries;
        this.home = home;
        this.emergency = emergency;
        this.codes = new DisallowedCodes(keeping);
        this.blacklist = new Blacklist(keeping);
        this.chosen = new Remembered<>(() -> store.read(store::allowed).map(this::codes).orElseGet(Set::of));
    }

    DisallowedCodes codes() {
        return codes;
    }

    Blacklist blacklist() {
        return blacklist;
    }

    /** What may be called outside, as of now. */
    public Barring barring() {
        return new Barring(countries, home.get(), chosen.get(), codes.all(), emergency.all());
    }

    /** Every way in which a number may have been written down here. */
    public Set<String> written(String number) {
        var at = home.get();
        return Dialled.of(number, at, countries).forms(at);
    }

    /** Whether a caller from outside is shut out. @param number as the trunk gave it; empty for anonymous, who never is */
    public boolean isBlacklisted(String number, Instant now) {
        var forms = written(number);
        return !number.isBlank() && blacklist.active(now).anyMatch(mask -> mask.fitsAny(forms));
    }

    private Set<String> codes(JsonNode items) {
        var allowed = new HashSet<String>();
        items.forEach(item -> countries.named(item.textValue()).ifPresent(country -> {
            var digits = item.textValue().strip().replace("+", "");
            allowed.addAll(country.codes().contains(digits) ? Set.of(digits) : Set.copyOf(country.codes()));
        }));
        return Set.copyOf(allowed);
    }

    /** As they were set; while nobody has set any, the home country if it is known. */
    ArrayNode allowed() {
        return store.read(store::allowed).orElseGet(() -> {
            var items = JsonNodeFactory.instance.arrayNode();
            home.get().code().ifPresent(items::add);
            return items;
        });
    }

    /** @param items codes or countries; null for what holds while nobody has chosen */
    void allow(Actor actor, JsonNode items) {
        var problems = new Problems();
        problems.addIf(items.size() > MOST_COUNTRIES, "items", "maxItems", "items may have " + MOST_COUNTRIES + " entries.");
        for (int i = 0; i < Math.min(items.size(), MOST_COUNTRIES); i++) {
            var item = items.get(i).textValue();
            problems.addIf(countries.named(item).isEmpty(), "items[" + i + "]", "unknown",
                    "No country has the code " + item + "; write a calling code such as 49, or an ISO 3166-1 code such as DEU.");
        }
        problems.check();
        store.write(tx -> {
            var before = store.allowed(tx).map(JsonNode::toString).orElse(null);
            if (items.isNull()) {
                store.forgetAllowed(tx);
            } else {
                store.allow(tx, (ArrayNode) items);
            }
            keeping.audit().record(tx, actor, Action.UPDATE, "ALLOWED_COUNTRY_CODES", "allowed countries", before, items.toString());
            tx.afterCommit(chosen::changed);
            return null;
        });
    }
}
