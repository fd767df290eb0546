package gatehouse.users;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.company.Company;
import gatehouse.company.References;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberKind;
import gatehouse.roles.Role;
import gatehouse.roles.Roles;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store.Tx;
import gatehouse.users.UserStore.Row;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How users are made, changed and removed, by those who manage them; what people do for themselves stands in {@link OwnChanges}. Thread-safe. */
public final class UserChanges {
    static final String SIP_SECRET = "extension_password";
    private static final String OBJECT = "USER";
    private static final String KIND = "user";
    private static final int MADE_SECRET = 20; // 100 bits
    private static final int MADE_PIN = 8;
    private static final Set<String> CORE = Set.of("name", "password", "email", "display_name", "enabled", "role", "extension_number",
            SIP_SECRET, "voicemail_pin");

    /** What these rules lean on. */
    public record Parts(ExtensionNumbers numbers, Roles roles, Company company, References references, Passwords passwords, Sealer sealer, Audit audit,
                        Events events, Clock clock, Ids ids) { }

    private final Users users;
    private final UserStore store;
    private final Parts parts;

    public UserChanges(Users users, UserStore store, Parts parts) {
        this.users = users;
        this.store = store;
        this.parts = parts;
    }

    /** @return the new id; @throws gatehouse.core.ProblemException with every broken rule */
    String create(Caller by, Actor actor, ObjectNode body) {
        var problems = new Problems();
        fields(body, problems);
        problems.check();
        var hash = parts.passwords.hash(body.get("password").textValue()); // takes its time: not while others wait to write
        return users.write(tx -> {
            var id = insert(tx, by, actor, body, hash, problems);
            problems.check();
            return id;
        });
    }

    /** The rules that need no transaction. */
    void fields(ObjectNode body, Problems problems) {
        problems.add(UserRules.name(body.path("name").asText("")));
        problems.add(UserRules.email(body.path("email").asText("")));
        problems.add(UserRules.pin(body.path("voicemail_pin").asText("")));
        var words = UserRules.words(body.path("name").asText(""), Optional.of(body.path("extension_number").asText("")), body.path("email").asText(""));
        for (var secret : List.of("password", SIP_SECRET)) {
            parts.company.passwordPolicy().check(secret, body.path(secret).asText(""), words).forEach(problems::add);
        }
    }

    /** Adds a user whose fields were checked, unless a rule is broken. @return the new id */
    String insert(Tx tx, Caller by, Actor actor, ObjectNode body, String hash, Problems problems) {
        var broken = problems.list().size();
        var id = parts.ids.next();
        var role = role(tx, by, body.get("role").textValue(), problems);
        SettingRules.check(tx, body, parts.references, problems);
        if (store.count(tx) > Users.MOST) { // the first administrator is not counted
            parts.events.publish(new UsersFull(Users.MOST));
            problems.add(Problem.of(Code.CONFLICT, "There are " + Users.MOST + " users already, which is the most this box serves; remove one first."));
        }
        store.nameOwner(tx, body.get("name").textValue()).ifPresent(owner -> problems.add(Problem.conflict("name",
                "The name " + body.get("name").textValue() + " belongs to " + owner + "; choose another.")));
        problems.add(parts.numbers.claim(tx, body.get("extension_number").textValue(), NumberKind.EXTENSION, id, body.get("display_name").textValue()));
        if (problems.list().size() > broken) {
            return id;
        }
        var user = new User(id, body.get("name").textValue(), role, body.path("enabled").asBoolean(true), body.get("display_name").textValue(),
                body.get("email").textValue(), Optional.of(body.get("extension_number").textValue()), settings(Json.object(), body), parts.clock.instant());
        var row = new Row(user, new Row.Password(hash, 1, false), parts.sealer.seal(body.get(SIP_SECRET).textValue()),
                parts.sealer.seal(body.get("voicemail_pin").textValue()), new Row.Profile(users.newProfile(), 1));
        store.insert(tx, row);
        useAvatar(tx, user);
        parts.audit.record(tx, actor, Action.CREATE, OBJECT, user.name(), null, described(user));
        tx.afterCommit(() -> {
            users.remember(row);
            parts.events.publish(new UserEvent.Created(user));
        });
        return id;
    }

    /**
     * A part of the box adds somebody with secrets that nobody has seen, so that they sign in by a link or by a service elsewhere. Belongs into a
     * transaction of {@link Users#write}.
     *
     * @param fields name, display_name, email, role, extension_number, and more of the contract's
     * @return the id; empty when a rule is broken, which {@code problems} then has
     */
    public Optional<String> add(Tx tx, Actor actor, ObjectNode fields, Problems problems) {
        var body = fields.deepCopy().put(SIP_SECRET, parts.ids.text(MADE_SECRET)).put("voicemail_pin", madePin());
        problems.add(UserRules.name(body.path("name").asText("")));
        problems.add(UserRules.email(body.path("email").asText("")));
        if (!problems.list().isEmpty()) {
            return Optional.empty();
        }
        var everything = new Caller("", actor.name(), "", parts.roles.named(tx, body.path("role").asText("")).map(Role::permissions).orElse(Set.of()));
        var id = insert(tx, everything, actor, body, parts.passwords.ofNobody(), problems);
        if (!problems.list().isEmpty()) {
            parts.numbers.release(tx, id); // the transaction may go on without this one
            return Optional.empty();
        }
        return Optional.of(id);
    }

    private String madePin() {
        var pin = parts.ids.digits(MADE_PIN);
        while (UserRules.pin(pin).isPresent()) {
            pin = parts.ids.digits(MADE_PIN);
        }
        return pin;
    }

    /** Nobody gives away more than they have. */
    private String role(Tx tx, Caller by, String name, Problems problems) {
        var role = parts.roles.named(tx, name);
        problems.addIf(role.isEmpty(), "role", "unknown", "There is no role " + name + ".");
        if (role.isPresent() && !Role.within(by, role.get().permissions())) {
            problems.add(Problem.of(Code.FORBIDDEN, "Your role may not give the role " + name + "."));
        }
        return role.map(Role::name).orElse(name);
    }

    /** Nor do they change who has more: a new password would be a way in. */
    private Row changeable(Tx tx, Caller by, String id) {
        var row = store.byId(tx, id).orElseThrow(() -> Problem.notFound("user").raise());
        if (!mayChange(by, row.user())) {
            throw Problem.of(Code.FORBIDDEN, "Your role may not change a user of the role " + row.user().role() + ".").raise();
        }
        return row;
    }

    UserView view() {
        return new UserView(store.store(), parts.references);
    }

    boolean mayChange(Caller by, User user) {
        return Role.within(by, parts.roles.named(user.role()).map(Role::permissions).orElse(Set.of()));
    }

    /** What is given replaces; an explicit null clears; what is left out stays. */
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

    void update(Caller by, Actor actor, String id, ObjectNode body) {
        users.write(tx -> change(tx, actor, changeable(tx, by, id), body));
    }

    /** A part of the box acts for a user, as a feature code does: the same rules, and no role is asked. */
    public void set(Actor actor, String id, ObjectNode fields) {
        users.write(tx -> {
            set(tx, actor, id, fields);
            return null;
        });
    }

    /** Within a transaction of {@link Users#write}. */
    public void set(Tx tx, Actor actor, String id, ObjectNode fields) {
        change(tx, actor, store.byId(tx, id).orElseThrow(() -> Problem.notFound("user").raise()), fields);
    }

    private Void change(Tx tx, Actor actor, Row before, ObjectNode body) {
        var problems = new Problems();
        UserRules.NEVER_NULL.forEach(field -> problems.addIf(body.path(field).isNull(), field, "required", field + " may be changed, but not cleared."));
        if (body.path("email").isTextual()) {
            problems.add(UserRules.email(body.get("email").textValue()));
        }
        if (body.path("voicemail_pin").isTextual()) {
            problems.add(UserRules.pin(body.get("voicemail_pin").textValue()));
        }
        SettingRules.check(tx, body, parts.references, problems);
        problems.check();
        var was = before.user();
        var user = new User(was.id(), was.name(), was.role(), body.path("enabled").asBoolean(was.enabled()),
                body.path("display_name").asText(was.displayName()), body.path("email").asText(was.email()), was.extensionNumber(),
                settings(was.settings(), body), was.createdAt());
        if (!user.enabled() && users.isFirst(was)) {
            throw Problem.of(Code.FORBIDDEN, "The first administrator cannot be shut out.").raise();
        }
        if (!user.displayName().equals(was.displayName())) {
            user.extensionNumber().ifPresent(number -> parts.numbers.claim(tx, number, NumberKind.EXTENSION, user.id(), user.displayName()));
        }
        if (body.has(SettingRules.AVATAR)) {
            useAvatar(tx, user);
        }
        var pin = body.path("voicemail_pin").textValue();
        return pin == null ? save(actor, tx, before.with(user), was) : save(actor, tx, before.with(user).withPin(parts.sealer.seal(pin)), was, "voicemail_pin");
    }

    private void useAvatar(Tx tx, User user) {
        parts.references.useFiles(tx, KIND, user.id(), Optional.ofNullable(user.settings().path(SettingRules.AVATAR).textValue()).stream().toList());
    }

    void changeRole(Caller by, Actor actor, String id, String name) {
        users.write(tx -> {
            var before = changeable(tx, by, id);
            var problems = new Problems();
            var role = role(tx, by, name, problems);
            problems.check();
            if (users.isFirst(before.user()) && !role.equals(before.user().role())) {
                throw Problem.of(Code.FORBIDDEN, "The first administrator keeps its role, so that somebody always can do everything.").raise();
            }
            return save(actor, tx, before.with(before.user().withRole(role)), before.user());
        });
    }

    void resetPassword(Caller by, Actor actor, String id, String password) {
        var user = users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
        checkPassword("password", password, user);
        var hash = parts.passwords.hash(password);
        users.write(tx -> {
            var before = changeable(tx, by, id);
            return save(actor, tx, before.withPassword(before.password().next(hash, false)), before.user(), "password");
        });
    }

    void resetExtensionPassword(Caller by, Actor actor, String id, String password) {
        var user = users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
        checkPassword("password", password, user);
        users.write(tx -> newSipSecret(tx, actor, changeable(tx, by, id), password));
    }

    Void newSipSecret(Tx tx, Actor actor, Row before, String secret) {
        if (before.user().extensionNumber().isEmpty()) {
            throw Problem.conflict("extension_number", "This user has no extension to give a password to.").raise();
        }
        return save(actor, tx, before.withSipSecret(parts.sealer.seal(secret)), before.user(), SIP_SECRET);
    }

    /** @throws gatehouse.core.ProblemException when the company's policy does not allow it */
    void checkPassword(String field, String password, User user) {
        var problems = new Problems();
        parts.company.passwordPolicy().check(field, password, UserRules.words(user.name(), user.extensionNumber(), user.email())).forEach(problems::add);
        problems.check();
    }

    void resetProfile(Caller by, Actor actor, String id) {
        users.write(tx -> newProfile(tx, actor, changeable(tx, by, id)));
    }

    /** Of everybody whom the caller may change. */
    void resetProfiles(Caller by, Actor actor) {
        users.write(tx -> {
            users.all().stream().filter(user -> mayChange(by, user))
                    .forEach(user -> store.byId(tx, user.id()).ifPresent(row -> newProfile(tx, actor, row)));
            return null;
        });
    }

    Void newProfile(Tx tx, Actor actor, Row before) {
        return save(actor, tx, before.withProfile(before.profile().next(users.newProfile())), before.user(), "profile");
    }

    /** @param changed what of it is a secret, so that the entry tells that it was changed, though not to what */
    Void save(Actor actor, Tx tx, Row row, User was, String... changed) {
        store.update(tx, row);
        parts.audit.record(tx, actor, Action.UPDATE, OBJECT, was.name(), described(was), described(row.user(), changed));
        tx.afterCommit(() -> {
            users.remember(row);
            parts.events.publish(new UserEvent.Updated(row.user(), List.of(changed).contains(SIP_SECRET)));
        });
        return null;
    }

    /** A trunk is gone: nobody's calls show its numbers any more. */
    public void forgetTrunk(Actor actor, String trunkId) {
        users.write(tx -> {
            for (var row : store.withCallerIdsOf(tx, trunkId)) {
                var settings = row.user().settings().deepCopy();
                ((ArrayNode) settings.get("outbound_caller_ids")).removeIf(entry -> entry.path("provider_id").asText().equals(trunkId));
                save(actor, tx, row.with(row.user().withSettings(settings)), row.user());
            }
            return null;
        });
    }

    void delete(Caller by, Actor actor, String id) {
        users.write(tx -> {
            var row = changeable(tx, by, id);
            if (users.isFirst(row.user())) {
                throw Problem.of(Code.FORBIDDEN, "The first administrator cannot be removed.").raise();
            }
            parts.numbers.release(tx, id);
            parts.references.useFiles(tx, KIND, id, List.of());
            store.delete(tx, id);
            parts.audit.record(tx, actor, Action.DELETE, OBJECT, row.user().name(), described(row.user()), null);
            tx.afterCommit(() -> {
                users.forget(row);
                parts.events.publish(new UserEvent.Deleted(row.user()));
            });
            return null;
        });
    }

    private static String described(User user, String... changed) {
        var text = user.settings().deepCopy();
        text.put("display_name", user.displayName()).put("email", user.email()).put("role", user.role()).put("enabled", user.enabled())
                .put("extension_number", user.extensionNumber().orElse(null));
        List.of(changed).forEach(secret -> text.put(secret, "changed"));
        return text.toString();
    }
}
