package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.phones.PhoneStore.Row;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import gatehouse.templates.Model;
import gatehouse.templates.Template;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of phones; all of them are in memory beside the store, for 1,000 that boot at once. Changes take turns, so that memory
 * never falls behind the store. Thread-safe.
 */
public final class Phones {
    private static final String OBJECT = "PHONE";
    private static final int FOLDER_LENGTH = 26; // 130 random bits
    private static final Set<String> CORE = Set.of("mac", "filename", "vendor", "model", "password", "door_password1", "door_password2", "url", "id",
            "extension_number");
    private static final PhoneSecrets NONE = new PhoneSecrets("", "", "");

    private final PhoneStore store;
    private final PhoneTemplates templates;
    private final Users users;
    private final Sealer sealer;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Row> byId = new ConcurrentHashMap<>();
    private final Map<String, Row> byFolder = new ConcurrentHashMap<>();

    public Phones(PhoneStore store, PhoneTemplates templates, Users users, Sealer sealer, Audit audit, Events events, Clock clock, Ids ids) {
        this.store = store;
        this.templates = templates;
        this.users = users;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.ids = ids;
        store.all().forEach(this::remember);
        events.on(UserEvent.Deleted.class, deleted -> of(deleted.user().id()).forEach(phone -> {
            forget(phone); // the store dropped it with its user
            events.publish(new PhoneEvent.Deleted(phone));
        }));
    }

    private void remember(Row row) {
        byId.put(row.phone().id(), row);
        byFolder.put(row.phone().folder(), row);
    }

    private void forget(Phone phone) {
        byId.remove(phone.id());
        byFolder.remove(phone.folder());
    }

    /** By MAC. */
    public List<Phone> all() {
        return byId.values().stream().map(Row::phone).sorted(Comparator.comparing(Phone::mac)).toList();
    }

    /** Twelve lower-case hex digits, if {@code text} is a MAC in one of the ways people write them. */
    public static Optional<String> mac(String text) {
        return PhoneRules.mac(text);
    }

    public Optional<Phone> byMac(String mac) {
        return PhoneRules.mac(mac).flatMap(wanted -> byId.values().stream().map(Row::phone).filter(phone -> phone.mac().equals(wanted)).findFirst());
    }

    public List<Phone> of(String userId) {
        return byId.values().stream().map(Row::phone).filter(phone -> phone.userId().equals(userId)).sorted(Comparator.comparing(Phone::mac)).toList();
    }

    public Optional<Phone> inFolder(String folder) {
        return Optional.ofNullable(byFolder.get(folder)).map(Row::phone);
    }

    /** In clear: for provisioning, doors, and those who may see them. */
    public PhoneSecrets secrets(Phone phone) {
        return Optional.ofNullable(byId.get(phone.id())).map(row -> PhoneSecrets.parse(sealer.open(row.secrets()))).orElse(NONE);
    }

    /** The door codes of an extension's phones, by relay; empty when none of them is a door phone. */
    public List<String> doorCodes(String extensionNumber) {
        return users.byNumber(extensionNumber).map(User::id).stream().flatMap(id -> of(id).stream()).map(this::secrets)
                .filter(secrets -> !secrets.doorPassword1().isEmpty() || !secrets.doorPassword2().isEmpty()).findFirst()
                .map(secrets -> List.of(secrets.doorPassword1(), secrets.doorPassword2())).orElse(List.of());
    }

    public Template template(Phone phone) {
        return templates.named(phone.template()).orElseThrow(() -> new IllegalStateException("The template " + phone.template() + " is gone"));
    }

    public PhoneTemplates templates() {
        return templates;
    }

    /** Makes, changes ({@code content}) or removes (null) a template of the company's own; takes turns with changes of phones, so that none loses its template. */
    synchronized void changeTemplate(Actor actor, String filename, String content, boolean isNew) {
        if (isNew) {
            templates.create(actor, filename, content);
        } else if (content == null) {
            templates.delete(actor, filename, inUse(filename));
        } else {
            templates.update(actor, filename, content, inUse(filename));
        }
    }

    private List<PhoneTemplates.Use> inUse(String filename) {
        return all().stream().filter(phone -> phone.template().equals(filename)).map(phone -> new PhoneTemplates.Use("the phone " + phone.mac(), phone.model()))
                .toList();
    }

    synchronized Phone create(Actor actor, String userId, ObjectNode body) {
        var user = users.byId(userId).orElseThrow(() -> Problem.notFound("user").raise());
        stopAt(problems(body));
        return store.write(tx -> {
            refuseTaken(tx, PhoneRules.mac(body.get("mac").textValue()).orElseThrow());
            return insert(tx, actor, user, body);
        });
    }

    /** Runs {@code work} in one transaction beside which no phone changes. */
    synchronized void write(Store.Work<Void> work) {
        store.write(work);
    }

    /** Adds a phone that breaks no rule and whose MAC is free. */
    Phone insert(Tx tx, Actor actor, User user, ObjectNode body) {
        var filename = body.get("filename").textValue();
        var model = PhoneRules.model(templates, filename, body.get("model").textValue());
        var phone = new Phone(ids.next(), user.id(), PhoneRules.mac(body.get("mac").textValue()).orElseThrow(), filename,
                vendor(filename), model.name(), ids.text(FOLDER_LENGTH), settings(Json.object(), body), clock.instant());
        var row = new Row(phone, sealer.seal(withDoorCode(PhoneSecrets.of(NONE, body), model).json()));
        store.insert(tx, row);
        audit.record(tx, actor, Action.CREATE, OBJECT, phone.mac(), null, described(phone));
        tx.afterCommit(() -> {
            remember(row);
            events.publish(new PhoneEvent.Created(phone));
        });
        return phone;
    }

    boolean taken(Tx tx, String mac) {
        return store.hasMac(tx, mac);
    }

    /** A password for a phone's own pages, where nobody chose one. */
    String newPassword() {
        return ids.text(16);
    }

    private String vendor(String filename) {
        return templates.named(filename).orElseThrow().vendor();
    }

    /** What opens doors never keeps the code it came with: those are printed in manuals. */
    private PhoneSecrets withDoorCode(PhoneSecrets secrets, Model model) {
        return model.doorPhone() && secrets.doorPassword1().isEmpty() ? new PhoneSecrets(secrets.password(), ids.digits(6), secrets.doorPassword2()) : secrets;
    }

    private void refuseTaken(Tx tx, String mac) {
        if (store.hasMac(tx, mac)) {
            throw Problem.conflict("mac", "The phone " + mac + " is somebody's already; take it away there first.").raise();
        }
    }

    private static void stopAt(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static ObjectNode settings(ObjectNode before, ObjectNode body) {
        var settings = before.deepCopy();
        body.properties().stream().filter(field -> !CORE.contains(field.getKey())).forEach(field -> {
            if (field.getValue().isNull()) {
                settings.remove(field.getKey());
            } else {
                settings.set(field.getKey(), field.getValue());
            }
        });
        return settings;
    }

    /** @throws ProblemException unless that phone is that user's */
    Phone find(String userId, String phoneId) {
        return Optional.ofNullable(byId.get(phoneId)).map(Row::phone).filter(phone -> phone.userId().equals(userId))
                .orElseThrow(() -> Problem.notFound("phone").raise());
    }

    synchronized void update(Actor actor, String userId, String phoneId, ObjectNode body) {
        find(userId, phoneId);
        store.write(tx -> {
            var before = store.byId(tx, phoneId).orElseThrow(() -> Problem.notFound("phone").raise());
            var was = before.phone();
            var row = changed(before, body);
            if (!row.phone().mac().equals(was.mac())) {
                refuseTaken(tx, row.phone().mac());
            }
            store.update(tx, row);
            audit.record(tx, actor, Action.UPDATE, OBJECT, row.phone().mac(), described(was), described(row.phone()));
            tx.afterCommit(() -> {
                remember(row);
                events.publish(new PhoneEvent.Updated(row.phone()));
            });
            return null;
        });
    }

    /** Gives it another folder, and shuts the old one. */
    public synchronized void renewFolder(Actor actor, Phone phone) {
        store.write(tx -> {
            var before = store.byId(tx, phone.id()).orElseThrow(() -> Problem.notFound("phone").raise());
            var was = before.phone();
            var row = new Row(new Phone(was.id(), was.userId(), was.mac(), was.template(), was.vendor(), was.model(), ids.text(FOLDER_LENGTH), was.settings(),
                    was.createdAt()), before.secrets());
            store.update(tx, row);
            audit.record(tx, actor, Action.UPDATE, OBJECT, was.mac(), null, "{\"folder\":\"renewed\"}");
            tx.afterCommit(() -> {
                forget(was);
                remember(row);
                events.publish(new PhoneEvent.Updated(row.phone()));
            });
            return null;
        });
    }

    private Row changed(Row before, ObjectNode body) {
        var was = before.phone();
        var filename = body.path("filename").asText(was.template());
        stopAt(PhoneRules.problems(body, templates, filename, body.path("vendor").asText(was.vendor()), body.path("model").asText(was.model())));
        var model = PhoneRules.model(templates, filename, body.path("model").asText(was.model()));
        var mac = PhoneRules.mac(body.path("mac").asText(was.mac())).orElseThrow();
        var secrets = withDoorCode(PhoneSecrets.of(PhoneSecrets.parse(sealer.open(before.secrets())), body), model);
        return new Row(new Phone(was.id(), was.userId(), mac, filename, vendor(filename), model.name(), was.folder(), settings(was.settings(), body),
                was.createdAt()), sealer.seal(secrets.json()));
    }

    synchronized void delete(Actor actor, String userId, String phoneId) {
        var phone = find(userId, phoneId);
        store.write(tx -> {
            store.delete(tx, phone.id());
            audit.record(tx, actor, Action.DELETE, OBJECT, phone.mac(), described(phone), null);
            tx.afterCommit(() -> {
                forget(phone);
                events.publish(new PhoneEvent.Deleted(phone));
            });
            return null;
        });
    }

    private static String described(Phone phone) {
        return phone.settings().deepCopy().put("mac", phone.mac()).put("filename", phone.template()).put("vendor", phone.vendor())
                .put("model", phone.model()).toString();
    }

    /** What is wrong with a phone's fields, for whoever keeps phones that are nobody's. */
    public List<Problem> problems(ObjectNode fields) {
        return PhoneRules.problems(fields, templates, fields.path("filename").asText(""), fields.path("vendor").asText(""), fields.path("model").asText(""));
    }

    /** The same fields with MAC and model as the box writes them; what is wrong stays as it is. */
    public ObjectNode normal(ObjectNode fields) {
        var normal = fields.deepCopy();
        PhoneRules.mac(fields.path("mac").asText("")).ifPresent(mac -> normal.put("mac", mac));
        templates.named(fields.path("filename").asText("")).flatMap(template -> template.model(fields.path("model").asText("")))
                .ifPresent(model -> normal.put("model", model.name()));
        return normal;
    }
}
