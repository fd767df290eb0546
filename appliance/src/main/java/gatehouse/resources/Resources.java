package gatehouse.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All of one kind. Methods with a {@link Tx} join a transaction that is open; the others open their own. Thread-safe. */
public final class Resources {
    /** For kinds that belong to the company and not to somebody. */
    public static final String COMPANY = "";

    private final Kind kind;
    private final Keeping keeping;
    private final ResourceStore store;

    Resources(Kind kind, Keeping keeping) {
        this.kind = kind;
        this.keeping = keeping;
        this.store = new ResourceStore(kind.table());
    }

    public Kind kind() {
        return kind;
    }

    public <T> T write(Store.Work<T> work) {
        return keeping.store().write(work);
    }

    public <T> T read(Store.Work<T> work) {
        return keeping.store().read(work);
    }

    public Optional<Resource> find(String owner, String id) {
        return read(tx -> store.byId(tx, owner, id));
    }

    public Optional<Resource> find(Tx tx, String owner, String id) {
        return store.byId(tx, owner, id);
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    public Resource get(String owner, String id) {
        return find(owner, id).orElseThrow(() -> kind.missing().raise());
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    public Resource get(Tx tx, String owner, String id) {
        return find(tx, owner, id).orElseThrow(() -> kind.missing().raise());
    }

    /** Oldest first. */
    public List<Resource> all(String owner) {
        return read(tx -> store.all(tx, owner));
    }

    public List<Resource> all(Tx tx, String owner) {
        return store.all(tx, owner);
    }

    /** Of all owners. */
    public List<Resource> everyones() {
        return read(store::everyones);
    }

    public Page<Resource> page(String owner, Listing listing, ListQuery query) {
        return read(tx -> listing.page(tx, query, ResourceStore.COLUMNS, ResourceStore::row, "owner = ?", owner));
    }

    /** Those that {@code where} lets be seen, of whatever owner. @param where a condition from the code, never from a request; its arguments follow */
    public Page<Resource> pageWhere(Listing listing, ListQuery query, String where, Object... arguments) {
        return read(tx -> listing.page(tx, query, ResourceStore.COLUMNS, ResourceStore::row, where, arguments));
    }

    /** All that match, for an export; at most {@code most}. */
    public List<Resource> matching(String owner, Listing listing, ListQuery query, int most) {
        return read(tx -> listing.everything(tx, query, most, ResourceStore.COLUMNS, ResourceStore::row, "owner = ?", owner));
    }

    public Resource create(Actor actor, String owner, ObjectNode fields) {
        return write(tx -> create(tx, actor, owner, fields));
    }

    public Resource create(Tx tx, Actor actor, String owner, ObjectNode fields) {
        var now = keeping.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var split = split(Json.object(), Json.object(), fields);
        var draft = new Resource(keeping.ids().next(), owner, split.document(), sealed(split.secrets()), now, now);
        if (store.count(tx, owner) >= kind.most()) {
            throw Problem.of(Problem.Code.CONFLICT, "There are " + kind.most() + " of this kind already, which is the most; remove one first.").raise();
        }
        check(tx, draft, Optional.empty());
        store.insert(tx, draft);
        after(tx, actor, draft, Optional.empty());
        return draft;
    }

    /** Replaces the fields that are given; an explicit null clears one. */
    public Resource update(Actor actor, String owner, String id, ObjectNode changes) {
        return write(tx -> update(tx, actor, owner, id, changes));
    }

    public Resource update(Tx tx, Actor actor, String owner, String id, ObjectNode changes) {
        var before = get(tx, owner, id);
        var split = split(before.document().deepCopy(), opened(before), changes);
        var draft = new Resource(id, owner, split.document(), sealed(split.secrets()), before.createdAt(),
                keeping.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        check(tx, draft, Optional.of(before));
        store.update(tx, draft);
        after(tx, actor, draft, Optional.of(before));
        return draft;
    }

    public void delete(Actor actor, String owner, String id) {
        write(tx -> {
            delete(tx, actor, get(tx, owner, id));
            return null;
        });
    }

    public void delete(Tx tx, Actor actor, Resource gone) {
        kind.rules().removing(tx, gone);
        store.delete(tx, gone.id());
        kind.rules().removed(tx, gone);
        if (kind.number().isPresent()) {
            keeping.numbers().release(tx, gone.id());
        }
        note(tx, actor, Action.DELETE, gone, gone.document().toString(), null);
        tx.afterCommit(() -> keeping.events().publish(new ResourceEvent.Deleted(kind.table(), gone)));
    }

    /** Those of {@code ids} that there are, in one query. */
    public List<Resource> byIds(Tx tx, String owner, Collection<String> ids) {
        return store.byIds(tx, owner, ids);
    }

    /** How many more an owner may have. */
    public long room(Tx tx, String owner) {
        return kind.most() - store.count(tx, owner);
    }

    /**
     * Keeps one of many as a service elsewhere has it. The kind's rules are not asked, nor is {@link #room}: the caller has seen to both, and
     * writes one entry into the audit log for all.
     *
     * @param before empty when it is new
     */
    public Resource keepCopy(Tx tx, String owner, Optional<Resource> before, ObjectNode document) {
        var now = keeping.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var copy = new Resource(before.map(Resource::id).orElseGet(keeping.ids()::next), owner, document, before.map(Resource::secrets).orElse(null),
                before.map(Resource::createdAt).orElse(now), now);
        if (before.isPresent()) {
            store.update(tx, copy);
        } else {
            store.insert(tx, copy);
        }
        kind.rules().written(tx, copy, before);
        publish(tx, copy, before);
        return copy;
    }

    /** Drops one that {@link #keepCopy} kept. */
    public void dropCopy(Tx tx, Resource gone) {
        store.delete(tx, gone.id());
        kind.rules().removed(tx, gone);
        tx.afterCommit(() -> keeping.events().publish(new ResourceEvent.Deleted(kind.table(), gone)));
    }

    /** A sealed field in clear; empty when it was never set. */
    public Optional<String> secret(Resource resource, String field) {
        return Optional.ofNullable(opened(resource).path(field).textValue());
    }

    private record Split(ObjectNode document, ObjectNode secrets) { }

    private Split split(ObjectNode document, ObjectNode secrets, ObjectNode changes) {
        changes.properties().forEach(field -> (kind.secrets().contains(field.getKey()) ? secrets : document).set(field.getKey(), field.getValue()));
        return new Split(document, secrets);
    }

    private byte[] sealed(ObjectNode secrets) {
        return secrets.isEmpty() ? null : keeping.sealer().seal(secrets.toString());
    }

    private ObjectNode opened(Resource resource) {
        return resource.secrets() == null ? Json.object() : (ObjectNode) Json.parse(keeping.sealer().open(resource.secrets()));
    }

    private void check(Tx tx, Resource draft, Optional<Resource> before) {
        var problems = new Problems();
        for (var field : kind.required()) {
            var value = kind.secrets().contains(field) ? opened(draft).path(field) : draft.document().path(field);
            problems.addIf(value.isNull() || value.isMissingNode() || value.isTextual() && value.textValue().isBlank(), field, "required",
                    field + " is missing; give one.");
        }
        for (var field : kind.unique()) {
            var value = draft.document().path(field);
            if (value.isTextual() && store.taken(tx, draft, field, value.textValue())) {
                problems.add(Problem.conflict(field, "Another " + kind.noun() + " has the " + field + " " + value.textValue() + "; choose another."));
            }
        }
        kind.rules().check(tx, draft, before, problems);
        problems.check();
        kind.number().filter(_ -> !draft.text("extension_number").isEmpty()).ifPresent(numberKind ->
                problems.add(keeping.numbers().claim(tx, draft.text("extension_number"), numberKind, draft.id(), label(draft))));
        problems.check();
    }

    private void after(Tx tx, Actor actor, Resource now, Optional<Resource> before) {
        kind.rules().written(tx, now, before);
        var newSecrets = !Objects.equals(opened(now), before.map(this::opened).orElseGet(Json::object));
        note(tx, actor, before.isPresent() ? Action.UPDATE : Action.CREATE, now, before.map(was -> was.document().toString()).orElse(null),
                described(now, newSecrets));
        publish(tx, now, before);
    }

    private void publish(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(() -> keeping.events().publish(before.<ResourceEvent>map(was -> new ResourceEvent.Updated(kind.table(), now, was))
                .orElseGet(() -> new ResourceEvent.Created(kind.table(), now))));
    }

    private void note(Tx tx, Actor actor, Action action, Resource resource, String before, String after) {
        if (kind.isPrivate()) {
            keeping.audit().record(tx, actor, action, kind.objectType(), resource.id(), null, null);
        } else {
            keeping.audit().record(tx, actor, action, kind.objectType(), label(resource), before, after);
        }
    }

    /** That a secret changed is told; what it is, never. */
    private String described(Resource resource, boolean newSecrets) {
        var described = resource.document();
        if (newSecrets) {
            described = described.deepCopy();
            for (var field : kind.secrets()) {
                described.put(field, "changed");
            }
        }
        return described.toString();
    }

    private String label(Resource resource) {
        return resource.document().path(kind.name()).asText(resource.id());
    }
}
