package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.changes.ChangeType;
import gatehouse.changes.Changes;
import gatehouse.changes.Feed;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;

/** What goes with each change of a contact: its note for those who follow, and the index of its numbers. */
record ContactRules(String topic, ContactStore store, Changes changes) implements Kind.Rules {
    /** In the order in which a person would try them. */
    static final List<String> NUMBERS = List.of("business", "business2", "mobile_phone", "mobile_phone2", "home_phone", "home_phone2", "other",
            "business_fax", "home_fax");

    Feed feed(String owner) {
        return new Feed(topic, owner);
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        changes.record(tx, feed(now.owner()), now.id(), before.isEmpty() ? ChangeType.CREATED : ChangeType.UPDATED);
        var numbers = name(now).isEmpty() ? List.<PhoneNumber>of()
                : NUMBERS.stream().map(now::text).map(PhoneNumber::of).flatMap(Optional::stream).distinct().toList();
        store.index(tx, now, name(now), numbers);
    }

    /** Who calls, in a display's one line. */
    private static String name(Resource contact) {
        return contact.text("name").isBlank() ? contact.text("company").strip() : contact.text("name").strip();
    }

    /** What is copied from elsewhere is changed there: here a change would last until the next copy. */
    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        if (before.filter(ContactRules::isCopy).isPresent() && !withoutFavorite(before.get()).equals(withoutFavorite(draft))) {
            problems.add(kept(before.get()));
        }
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        if (isCopy(gone)) {
            throw kept(gone).raise();
        }
    }

    static boolean isCopy(Resource contact) {
        return contact.document().hasNonNull(CopiedContacts.SYNC_TYPE);
    }

    private static ObjectNode withoutFavorite(Resource contact) {
        return contact.document().deepCopy().without("favorite");
    }

    private static Problem kept(Resource contact) {
        return Problem.conflict(CopiedContacts.SYNC_TYPE, "This contact is copied from " + contact.text(CopiedContacts.SYNC_TYPE)
                + ". Change it there; the next synchronisation brings the change here.");
    }

    @Override
    public void removed(Tx tx, Resource gone) {
        changes.record(tx, feed(gone.owner()), gone.id(), ChangeType.DELETED);
    }
}
