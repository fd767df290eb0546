package gatehouse.company;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.company.CompanyStore.Row;
import gatehouse.company.References.StoredFile;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problems;
import gatehouse.secrets.PasswordPolicy;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The company's settings, kept in memory beside the store because calls and sign-ins ask for them. Thread-safe. */
public final class Company {
    private enum Section { SETTINGS, PASSWORD_POLICY, CUSTOM_HEADERS }

    private static final String OBJECT = "TENANT";

    private final CompanyStore store;
    private final References references;
    private final Sealer sealer;
    private final Audit audit;
    private final Events events;
    private final String domain;
    /** Held until memory follows the store: two changes must not be remembered in the other order. */
    private final ReentrantLock changing = new ReentrantLock();
    private volatile CompanySettings settings;
    private volatile PasswordPolicy passwordPolicy;
    private volatile CustomHeaders headers;

    public Company(CompanyStore store, References references, Sealer sealer, Audit audit, Events events, Ids ids, String domain) {
        this.store = store;
        this.references = references;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.domain = domain;
        var known = store.read(tx -> store.section(tx, Section.SETTINGS)).map(Row::document);
        settings = CompanySettings.of(known.orElseGet(() -> founded(ids)));
        passwordPolicy = PasswordRules.of(store.read(tx -> document(tx, Section.PASSWORD_POLICY)));
        headers = CustomHeaders.of(store.read(tx -> document(tx, Section.CUSTOM_HEADERS)));
    }

    /** At the first start the company gets an id for ever, and its domain for a name. */
    private ObjectNode founded(Ids ids) {
        var document = Json.object().put("id", ids.next()).put("name", domain);
        return store.write(tx -> {
            store.save(tx, Section.SETTINGS, new Row(document, null));
            return document;
        });
    }

    private ObjectNode document(Tx tx, Section section) {
        return store.section(tx, section).map(Row::document).orElseGet(Json::object);
    }

    public CompanySettings settings() {
        return settings;
    }

    public PasswordPolicy passwordPolicy() {
        return passwordPolicy;
    }

    public CustomHeaders headers() {
        return headers;
    }

    public String domain() {
        return domain;
    }

    /** The settings with passwords, tokens and the signing key in clear: for who may set them, and the parts of the box that use them. */
    public ObjectNode withSecrets() {
        return store.read(tx -> draft(store.section(tx, Section.SETTINGS).orElseThrow()).whole());
    }

    /** Whether a caller id of the company belongs to this trunk. */
    public boolean showsNumbersOf(String trunkId) {
        return settings.document().path("outbound_caller_ids").valueStream().anyMatch(entry -> entry.path("provider_id").asText().equals(trunkId));
    }

    Optional<StoredFile> avatar() {
        return Optional.ofNullable(settings.document().path("avatar_file_id").textValue())
                .flatMap(id -> Optional.ofNullable(store.read(tx -> references.files(tx, List.of(id))).get(id)));
    }

    private SettingsDraft draft(Row row) {
        return new SettingsDraft(row.document(), row.secrets() == null ? Json.object() : (ObjectNode) Json.parse(sealer.open(row.secrets())));
    }

    void update(Actor actor, ObjectNode body) {
        write(tx -> {
            var before = draft(store.section(tx, Section.SETTINGS).orElseThrow());
            var next = before.with(body);
            next.document().remove("domain"); // it is configured, and checked below to be just that
            if (!next.document().has("name")) {
                next.document().put("name", domain);
            }
            var problems = new Problems();
            CompanyRules.check(tx, body, next.document(), next.secrets(), domain, references, problems);
            problems.check();
            var now = CompanySettings.of(next.document());
            store.save(tx, Section.SETTINGS, new Row(next.document(), next.secrets().isEmpty() ? null : sealer.seal(next.secrets().toString())));
            if (body.has("avatar_file_id")) {
                references.useFiles(tx, "company", now.id(), now.document().has("avatar_file_id") ? List.of(now.document().get("avatar_file_id").textValue())
                        : List.of());
            }
            var told = next.document().deepCopy();
            if (!next.secrets().equals(before.secrets())) {
                told.put("secrets", "changed");
            }
            audit.record(tx, actor, Action.UPDATE, OBJECT, now.name(), before.document().toString(), told.toString());
            tx.afterCommit(() -> {
                settings = now;
                events.publish(new CompanyEvent.Updated(now));
            });
            return null;
        });
    }

    void updatePasswordPolicy(Actor actor, ObjectNode body) {
        replace(actor, Section.PASSWORD_POLICY, body, PasswordRules::check, document -> passwordPolicy = PasswordRules.of(document));
    }

    void updateHeaders(Actor actor, ObjectNode body) {
        replace(actor, Section.CUSTOM_HEADERS, body, CustomHeaders::check, document -> {
            headers = CustomHeaders.of(document);
            events.publish(new CompanyEvent.HeadersUpdated(headers));
        });
    }

    ObjectNode passwordPolicyDocument() {
        return store.read(tx -> document(tx, Section.PASSWORD_POLICY));
    }

    ObjectNode headersDocument() {
        return store.read(tx -> document(tx, Section.CUSTOM_HEADERS));
    }

    private interface Check {
        void check(ObjectNode draft, Problems problems);
    }

    private interface Followed {
        void follow(ObjectNode document);
    }

    private void replace(Actor actor, Section section, ObjectNode body, Check check, Followed followed) {
        write(tx -> {
            var before = new SettingsDraft(document(tx, section), Json.object());
            var next = before.with(body).document();
            var problems = new Problems();
            check.check(next, problems);
            problems.check();
            store.save(tx, section, new Row(next, null));
            audit.record(tx, actor, Action.UPDATE, OBJECT, settings.name(), before.document().toString(), next.toString());
            tx.afterCommit(() -> followed.follow(next));
            return null;
        });
    }

    private void write(Store.Work<Void> work) {
        changing.lock();
        try {
            store.write(work);
        } finally {
            changing.unlock();
        }
    }
}
