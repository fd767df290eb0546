package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.contacts.ContactStore.CopyRow;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Contacts that a service elsewhere keeps and that are copied here. Nobody else changes them; who likes one as a favourite keeps that. A source
 * is read in rounds: what a whole round did not bring is no longer there. Thread-safe.
 */
public final class CopiedContacts {
    /** The field that names the service; set on copies alone. */
    public static final String SYNC_TYPE = "sync_type";

    /**
     * One contact as its source tells it.
     *
     * @param fields the contract's fields that the source names, null for one that is empty there; empty when the contact is gone
     */
    public record Copy(String remoteId, Optional<ObjectNode> fields) { }

    /** Whose contacts, and from where. @param owner a user's id; {@link Resources#COMPANY} for the company's */
    public record Source(String name, String owner) { }

    /** What became of copies. @param refused for which there was no room, or no name to call them by */
    public record Outcome(int created, int updated, int removed, int refused) {
        public static final Outcome NOTHING = new Outcome(0, 0, 0, 0);

        public Outcome plus(Outcome other) {
            return new Outcome(created + other.created, updated + other.updated, removed + other.removed, refused + other.refused);
        }
    }

    private final Contacts contacts;
    private final ContactStore store;

    CopiedContacts(Contacts contacts, ContactStore store) {
        this.contacts = contacts;
        this.store = store;
    }

    private Resources book(Source source) {
        return source.owner().equals(Resources.COMPANY) ? contacts.company() : contacts.personal();
    }

    /** Follows one page of a source. @param service the word for {@link #SYNC_TYPE} */
    public Outcome apply(Tx tx, Source source, String service, long round, Collection<Copy> copies) {
        var last = new LinkedHashMap<String, Copy>();
        copies.forEach(copy -> last.put(copy.remoteId(), copy));
        var known = store.copies(tx, source.name(), last.keySet()).stream().collect(Collectors.toMap(CopyRow::remoteId, Function.identity()));
        var page = new Page(tx, source, service, round, known, contactsOf(tx, source, known.values()), book(source).room(tx, source.owner()));
        return last.values().stream().map(page::follow).reduce(Outcome.NOTHING, Outcome::plus);
    }

    private Map<String, Resource> contactsOf(Tx tx, Source source, Collection<CopyRow> copies) {
        return book(source).byIds(tx, source.owner(), copies.stream().map(CopyRow::contactId).toList()).stream()
                .collect(Collectors.toMap(Resource::id, Function.identity()));
    }

    /** Removes copies that no round since {@code round} brought, {@code most} at a time. @return how many; none once all are gone */
    public int sweep(Tx tx, Source source, long round, int most) {
        var gone = store.copiesBefore(tx, source.name(), round, most);
        contactsOf(tx, source, gone).values().forEach(contact -> book(source).dropCopy(tx, contact));
        store.dropCopies(tx, source.name(), gone.stream().map(CopyRow::remoteId).toList());
        return gone.size();
    }

    /** One page in one transaction. */
    private final class Page {
        private final Tx tx;
        private final Source source;
        private final String service;
        private final long round;
        private final Map<String, CopyRow> known;
        private final Map<String, Resource> present;
        private long room;

        Page(Tx tx, Source source, String service, long round, Map<String, CopyRow> known, Map<String, Resource> present, long room) {
            this.tx = tx;
            this.source = source;
            this.service = service;
            this.round = round;
            this.known = known;
            this.present = present;
            this.room = room;
        }

        Outcome follow(Copy copy) {
            var before = Optional.ofNullable(known.get(copy.remoteId())).map(row -> present.get(row.contactId()));
            if (copy.fields().isEmpty()) {
                before.ifPresent(contact -> book(source).dropCopy(tx, contact));
                room += before.isPresent() ? 1 : 0;
                return before.isPresent() ? new Outcome(0, 0, 1, 0) : Outcome.NOTHING;
            }
            var document = merged(before.map(Resource::document).orElseGet(Json::object), copy.fields().get());
            if (!document.hasNonNull("name") || before.isEmpty() && room <= 0) {
                return new Outcome(0, 0, 0, 1);
            }
            room -= before.isPresent() ? 0 : 1;
            var changed = before.filter(contact -> contact.document().equals(document)).isEmpty();
            var contact = changed ? book(source).keepCopy(tx, source.owner(), before, document) : before.get();
            store.saveCopy(tx, source.name(), new CopyRow(copy.remoteId(), contact.id(), round), source.owner().equals(Resources.COMPANY));
            return before.isEmpty() ? new Outcome(1, 0, 0, 0) : new Outcome(0, changed ? 1 : 0, 0, 0);
        }

        private ObjectNode merged(ObjectNode before, ObjectNode fields) {
            var document = before.deepCopy();
            fields.properties().forEach(field -> {
                if (field.getValue().isNull()) {
                    document.remove(field.getKey());
                } else {
                    document.set(field.getKey(), field.getValue());
                }
            });
            return document.put(SYNC_TYPE, service);
        }
    }
}
