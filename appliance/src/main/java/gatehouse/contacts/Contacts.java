package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.changes.Changes;
import gatehouse.changes.Feed;
import gatehouse.contacts.ContactStore.Candidate;
import gatehouse.core.Problem;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resources;
import gatehouse.users.Users;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules of address books. Thread-safe. */
public final class Contacts {
    private static final int MOST_OF_A_USER = 2_000;
    private static final String COMPANY_TOPIC = "contacts";
    private static final String PERSONAL_TOPIC = "personal_contacts";
    /** Closest first: one's own, then the number to the digit, then the one that agrees in more digits. */
    private static final Comparator<Candidate> CLOSEST = Comparator.<Candidate, Boolean>comparing(candidate -> candidate.owner().isEmpty())
            .thenComparing(candidate -> -candidate.number().digits().length());

    private final ContactStore store;
    private final Changes changes;
    private final Users users;
    private final Resources company;
    private final Resources personal;

    public Contacts(Keeping keeping, ContactStore store, Changes changes, Users users) {
        this.store = store;
        this.changes = changes;
        this.users = users;
        company = keeping.of(Kind.of(ContactStore.COMPANY, "CONTACT", "contact", "name").rules(new ContactRules(COMPANY_TOPIC, store, changes)));
        personal = keeping.of(Kind.of(ContactStore.PERSONAL, "CONTACT", "contact", "name").most(MOST_OF_A_USER).keptPrivate()
                .rules(new ContactRules(PERSONAL_TOPIC, store, changes)));
    }

    Resources company() {
        return company;
    }

    Resources personal() {
        return personal;
    }

    /** Where contacts that are kept elsewhere are copied to. */
    public CopiedContacts copies() {
        return new CopiedContacts(this, store);
    }

    static Feed companyFeed() {
        return Feed.ofAll(COMPANY_TOPIC);
    }

    static Feed personalFeed(String userId) {
        return new Feed(PERSONAL_TOPIC, userId);
    }

    static Feed businessFavorites(String userId) {
        return new Feed("business_favorites", userId);
    }

    static Feed extensionFavorites(String userId) {
        return new Feed("extension_favorites", userId);
    }

    /** Whose number this is, for a caller's name on a display: the company's contacts alone. */
    public Optional<String> nameOf(String number) {
        return nameOf(number, Resources.COMPANY);
    }

    /** As one user knows the caller: by the user's own contacts first, then by the company's. */
    public Optional<String> nameOf(String number, String userId) {
        return PhoneNumber.of(number).flatMap(wanted -> store.read(tx -> store.candidates(tx, wanted.tail(), userId)).stream()
                .filter(candidate -> candidate.number().isSame(wanted)).min(CLOSEST)).map(Candidate::name);
    }

    /** @param total how many there are in all */
    public record Page(int total, List<Listed> items) { }

    /**
     * As a phone lists them, by name.
     *
     * @param company whether the company's are wanted
     * @param userId  whose own are wanted; empty for nobody's
     * @param search  in names and companies, or in numbers; empty for all
     */
    public Page listed(boolean company, String userId, String search, int skip, int top) {
        var wanted = new ContactStore.Wanted(company, userId, search);
        return store.read(tx -> new Page(store.count(tx, wanted), store.listed(tx, wanted, skip, top)));
    }

    void setPersonalFavorite(Actor actor, String userId, String id, boolean favorite) {
        personal.write(tx -> {
            if (personal.get(tx, userId, id).document().path("favorite").asBoolean() != favorite) {
                personal.update(tx, actor, userId, id, Json.object().put("favorite", favorite));
            }
            return null;
        });
    }

    void setBusinessFavorite(String userId, String id, boolean favorite) {
        store.write(tx -> {
            company.get(tx, Resources.COMPANY, id);
            if (store.setBusinessFavorite(tx, userId, id, favorite)) {
                changes.touch(tx, businessFavorites(userId), id);
            }
            return null;
        });
    }

    void setExtensionFavorite(String userId, String id, boolean favorite) {
        store.write(tx -> {
            if (id.equals(userId) || users.byIds(tx, List.of(id)).stream().noneMatch(user -> user.extensionNumber().isPresent())) {
                throw Problem.notFound("extension contact").raise();
            }
            if (store.setExtensionFavorite(tx, userId, id, favorite)) {
                changes.touch(tx, extensionFavorites(userId), id);
            }
            return null;
        });
    }

    /** A contact as its owner sees it. */
    static ObjectNode withFavorite(ObjectNode contact) {
        return contact.put("favorite", contact.path("favorite").asBoolean());
    }
}
