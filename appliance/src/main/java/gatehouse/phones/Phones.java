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
import gatehouse.templates.Template;
import gatehouse.templates.Templates;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of phones; all of them are in memory beside the store, for 1,000 that boot at once. Thread-safe. */
public final class Phones {
    private static final String OBJECT = "PHONE";
    private static final Set<String> CORE = Set.of("mac", "filename", "vendor", "model", "password", "door_password1", "door_password2", "url", "id");
    private static final List<String> NEVER_NULL = List.of("mac", "filename", "vendor", "model");
    private static final PhoneSecrets NONE = new PhoneSecrets("", "", "");

    private final PhoneStore store;
    private final Templates templates;
    private final Users users;
    private final Sealer sealer;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Row> byId = new ConcurrentHashMap<>();
    private final Map<String, Row> byFolder = new ConcurrentHashMap<>();

    public Phones(PhoneStore store, Templates templates, Users users, Sealer sealer, Audit audit, Events events, Clock clock, Ids ids) {
        this.store = store;
        this.templates = templates;
        this.users = users;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.ids = ids;
        store.all().forEach(this::remember);
        events.on(UserEvent.Deleted.class, deleted -> of(deleted.user().id()).forEach(this::forget)); // the store dropped them with their user
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

    public List<Phone> of(String userId) {
        return all().stream().filter(phone -> phone.userId().equals(userId)).toList();
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

    Templates templates() {
        return templates;
    }

    Phone create(Actor actor, String userId, ObjectNode body) {
        var user = users.byId(userId).orElseThrow(() -> Problem.notFound("user").raise());
        var problems = problems(body);
        stopAt(problems);
        var phone = new Phone(ids.next(), user.id(), mac(body.get("mac").textValue()), body.get("filename").textValue(), body.get("vendor").textValue(),
                body.get("model").textValue(), ids.text(26), settings(Json.object(), body), clock.instant());
        var row = new Row(phone, sealer.seal(PhoneSecrets.of(NONE, body).json()));
        return store.write(tx -> {
            refuseTaken(tx, phone.mac());
            store.insert(tx, row);
            audit.record(tx, actor, Action.CREATE, OBJECT, phone.mac(), null, described(phone));
            tx.afterCommit(() -> {
                remember(row);
                events.publish(new PhoneEvent.Created(phone));
            });
            return phone;
        });
    }

    private void refuseTaken(gatehouse.store.Store.Tx tx, String mac) {
        if (store.hasMac(tx, mac)) {
            throw Problem.conflict("mac", "The phone " + mac + " is somebody's already; take it away there first.").raise();
        }
    }

    private List<Problem> problems(ObjectNode body) {
        var problems = new ArrayList<Problem>();
        NEVER_NULL.stream().filter(field -> body.path(field).isNull())
                .forEach(field -> problems.add(Problem.invalid(field, "required", field + " may be changed, but not cleared.")));
        if (body.path("mac").isTextual() && !mac(body.get("mac").textValue()).matches("[0-9a-f]{12}")) {
            problems.add(Problem.invalid("mac", "pattern", "mac must be twelve hex digits, with or without colons."));
        }
        if (body.path("filename").isTextual()) {
            var template = templates.named(body.get("filename").textValue());
            if (template.isEmpty()) {
                problems.add(Problem.invalid("filename", "unknown", "There is no template " + body.get("filename").textValue() + "; see GET /phone_models."));
            } else if (body.path("model").isTextual() && template.get().models().stream().noneMatch(model -> model.name().equals(body.get("model").textValue()))) {
                problems.add(Problem.invalid("model", "unknown", "The template has no model " + body.get("model").textValue() + "; see GET /phone_models."));
            }
        }
        for (var door : List.of("door_password1", "door_password2")) {
            if (body.path(door).isTextual() && !body.get(door).textValue().matches("\\d{4,8}")) {
                problems.add(Problem.invalid(door, "pattern", door + " must have 4 to 8 digits."));
            }
        }
        return problems;
    }

    private static void stopAt(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static String mac(String text) {
        return text.replaceAll("[:.\\-]", "").toLowerCase(Locale.ROOT);
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

    void update(Actor actor, String userId, String phoneId, ObjectNode body) {
        find(userId, phoneId);
        stopAt(problems(body));
        store.write(tx -> {
            var before = store.byId(tx, phoneId).orElseThrow(() -> Problem.notFound("phone").raise());
            var was = before.phone();
            var mac = mac(body.path("mac").asText(was.mac()));
            if (!mac.equals(was.mac())) {
                refuseTaken(tx, mac);
            }
            var phone = new Phone(was.id(), was.userId(), mac, body.path("filename").asText(was.template()), body.path("vendor").asText(was.vendor()),
                    body.path("model").asText(was.model()), was.folder(), settings(was.settings(), body), was.createdAt());
            var row = new Row(phone, sealer.seal(PhoneSecrets.of(PhoneSecrets.parse(sealer.open(before.secrets())), body).json()));
            store.update(tx, row);
            audit.record(tx, actor, Action.UPDATE, OBJECT, phone.mac(), described(was), described(phone));
            tx.afterCommit(() -> {
                remember(row);
                events.publish(new PhoneEvent.Updated(phone));
            });
            return null;
        });
    }

    void delete(Actor actor, String userId, String phoneId) {
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
}
