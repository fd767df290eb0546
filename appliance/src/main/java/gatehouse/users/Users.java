package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberKind;
import gatehouse.roles.Role;
import gatehouse.roles.Roles;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import gatehouse.users.UserStore.Row;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rules of users. All of them are kept in memory beside the store (a user is about 2 KB), because SIP asks for one with every
 * request. Thread-safe.
 */
public final class Users {
    /** Extensions this box is made for: a thousand phones were measured (docs/decisions/002). */
    public static final int MOST = 1_000;
    private static final String OBJECT = "USER";
    private static final String ADMINISTRATOR = "admin";
    private static final String SIP_SECRET = "extension_password";
    private static final Set<String> CORE = Set.of("name", "password", "email", "display_name", "enabled", "role", "extension_number",
            "extension_password", "voicemail_pin");

    private final UserStore store;
    private final Roles roles;
    private final ExtensionNumbers numbers;
    private final Passwords passwords;
    private final Sealer sealer;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Ids ids;
    /** Held from the transaction until memory follows it: two changes of one user must not be remembered in the other order. */
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, Row> byId = new ConcurrentHashMap<>();
    private final Map<String, Row> byNumber = new ConcurrentHashMap<>();
    private final Map<String, Row> byName = new ConcurrentHashMap<>();

    public Users(UserStore store, ExtensionNumbers numbers, Roles roles, Passwords passwords, Sealer sealer, Audit audit, Events events, Clock clock, Ids ids) {
        this.store = store;
        this.numbers = numbers;
        this.roles = roles;
        this.passwords = passwords;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.ids = ids;
        store.all().forEach(this::remember);
    }

    private void remember(Row row) {
        byId.put(row.user().id(), row);
        byName.put(row.user().name().toLowerCase(Locale.ROOT), row);
        row.user().extensionNumber().ifPresent(number -> byNumber.put(number, row));
    }

    private void forget(Row row) {
        byId.remove(row.user().id());
        byName.remove(row.user().name().toLowerCase(Locale.ROOT));
        row.user().extensionNumber().ifPresent(byNumber::remove);
    }

    /**
     * Makes the first administrator, or gives it the password that is set from outside.
     *
     * @return a password that was made and must be shown now, once
     */
    public Optional<String> ensureAdministrator(Optional<String> given) {
        var known = byName.get(ADMINISTRATOR);
        if (known == null) {
            var password = given.orElseGet(() -> ids.text(16));
            var row = new Row(new User(ids.next(), ADMINISTRATOR, "SystemAdmin", true, "Administrator", "", Optional.empty(), Json.object(),
                    clock.instant()), passwords.hash(password), null, null, 1);
            write(tx -> {
                store.insert(tx, row);
                tx.afterCommit(() -> remember(row));
                return null;
            });
            return given.isPresent() ? Optional.empty() : Optional.of(password);
        }
        given.filter(password -> !passwords.matches(password, known.passwordHash())).ifPresent(password -> {
            var hash = passwords.hash(password);
            write(tx -> {
                var row = store.byId(tx, known.user().id()).orElseThrow().withPassword(hash);
                store.update(tx, row);
                tx.afterCommit(() -> remember(row));
                return null;
            });
        });
        return Optional.empty();
    }

    private <T> T write(Store.Work<T> work) {
        changing.lock();
        try {
            return store.write(work);
        } finally {
            changing.unlock();
        }
    }

    public Optional<User> byId(String id) {
        return Optional.ofNullable(byId.get(id)).map(Row::user);
    }

    public Optional<User> byNumber(String extensionNumber) {
        return Optional.ofNullable(byNumber.get(extensionNumber)).map(Row::user);
    }

    public Optional<User> byName(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT))).map(Row::user);
    }

    public Collection<User> all() {
        return byId.values().stream().map(Row::user).toList();
    }

    /** As a transaction sees them, which memory follows only after a commit. */
    public List<User> byIds(Store.Tx tx, Collection<String> ids) {
        return store.byIds(tx, ids);
    }

    UserStore.Page page(int skip, int top) {
        return store.page(skip, top);
    }

    /** The SIP secret in clear, for digest and provisioning alone; empty for who may not register. */
    public Optional<String> sipSecret(String extensionNumber) {
        return Optional.ofNullable(byNumber.get(extensionNumber)).filter(row -> row.user().enabled() && row.sipSecret() != null)
                .map(row -> sealer.open(row.sipSecret()));
    }

    Optional<String> voicemailPin(String id) {
        return Optional.ofNullable(byId.get(id)).filter(row -> row.voicemailPin() != null).map(row -> sealer.open(row.voicemailPin()));
    }

    /** Takes as long for an unknown name as for a wrong password. */
    public Optional<User> authenticate(String name, String password) {
        var row = byName.get(name.toLowerCase(Locale.ROOT));
        var right = row == null ? passwords.matchesNobody(password) : passwords.matches(password, row.passwordHash());
        return right && row.user().enabled() ? Optional.of(row.user()) : Optional.empty();
    }

    /** Counts the passwords a user has had: what was given for an older one no longer holds. */
    public int passwordVersion(String id) {
        return Optional.ofNullable(byId.get(id)).map(Row::passwordVersion).orElse(0);
    }

    /** @return the new id; @throws ProblemException with every broken rule */
    String create(Caller by, Actor actor, ObjectNode body) {
        var problems = new ArrayList<Problem>();
        UserRules.name(body.get("name").textValue()).ifPresent(problems::add);
        UserRules.password("password", body.get("password").textValue()).ifPresent(problems::add);
        UserRules.password("extension_password", body.get("extension_password").textValue()).ifPresent(problems::add);
        UserRules.email(body.get("email").textValue()).ifPresent(problems::add);
        UserRules.pin(body.get("voicemail_pin").textValue()).ifPresent(problems::add);
        var role = role(by, body.get("role").textValue(), problems);
        stopAt(problems);
        var user = new User(ids.next(), body.get("name").textValue(), role, body.path("enabled").asBoolean(true), body.get("display_name").textValue(),
                body.get("email").textValue(), Optional.of(body.get("extension_number").textValue()), settings(Json.object(), body), clock.instant());
        var row = new Row(user, passwords.hash(body.get("password").textValue()), sealer.seal(body.get("extension_password").textValue()),
                sealer.seal(body.get("voicemail_pin").textValue()), 1);
        return write(tx -> {
            if (byNumber.size() >= MOST) {
                throw Problem.of(Code.CONFLICT, "There are " + MOST + " users already, which is the most this box serves; remove one first.").raise();
            }
            store.nameOwner(tx, user.name()).ifPresent(owner ->
                    problems.add(Problem.conflict("name", "The name " + user.name() + " belongs to " + owner + "; choose another.")));
            numbers.claim(tx, user.extensionNumber().orElseThrow(), NumberKind.EXTENSION, user.id(), user.displayName()).ifPresent(problems::add);
            stopAt(problems);
            store.insert(tx, row);
            audit.record(tx, actor, Action.CREATE, OBJECT, user.name(), null, described(user));
            tx.afterCommit(() -> {
                remember(row);
                events.publish(new UserEvent.Created(user));
            });
            return user.id();
        });
    }

    /** Nobody gives away more than they have. */
    private String role(Caller by, String name, List<Problem> problems) {
        var role = roles.named(name);
        if (role.isEmpty()) {
            problems.add(Problem.invalid("role", "unknown", "There is no role " + name + "."));
        } else if (!by.permissions().containsAll(role.get().permissions())) {
            problems.add(Problem.of(Code.FORBIDDEN, "Your role may not give the role " + name + "."));
        }
        return role.map(found -> found.name()).orElse(name);
    }

    /** Nor do they change who has more: a new password would be a way in. */
    private Row changeable(Store.Tx tx, Caller by, String id) {
        var row = store.byId(tx, id).orElseThrow(() -> Problem.notFound("user").raise());
        var role = row.user().role();
        if (!by.permissions().containsAll(roles.named(role).map(Role::permissions).orElse(Set.of()))) {
            throw Problem.of(Code.FORBIDDEN, "Your role may not change a user of the role " + role + ".").raise();
        }
        return row;
    }

    private static void stopAt(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
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
        var problems = new ArrayList<Problem>();
        UserRules.NEVER_NULL.stream().filter(field -> body.path(field).isNull())
                .forEach(field -> problems.add(Problem.invalid(field, "required", field + " may be changed, but not cleared.")));
        if (body.path("email").isTextual()) {
            UserRules.email(body.get("email").textValue()).ifPresent(problems::add);
        }
        if (body.path("voicemail_pin").isTextual()) {
            UserRules.pin(body.get("voicemail_pin").textValue()).ifPresent(problems::add);
        }
        stopAt(problems);
        write(tx -> {
            var before = changeable(tx, by, id);
            var was = before.user();
            var user = new User(was.id(), was.name(), was.role(), body.path("enabled").asBoolean(was.enabled()),
                    body.path("display_name").asText(was.displayName()), body.path("email").asText(was.email()), was.extensionNumber(),
                    settings(was.settings(), body), was.createdAt());
            if (!user.enabled() && was.name().equals(ADMINISTRATOR)) {
                throw Problem.of(Code.FORBIDDEN, "The first administrator cannot be shut out.").raise();
            }
            var pin = body.path("voicemail_pin").isTextual() ? sealer.seal(body.get("voicemail_pin").textValue()) : before.voicemailPin();
            return save(actor, tx, before.with(user, pin), was, body.has("voicemail_pin") ? new String[] {"voicemail_pin"} : new String[0]);
        });
    }

    void resetPassword(Caller by, Actor actor, String id, String password) {
        UserRules.password("password", password).ifPresent(problem -> {
            throw problem.raise();
        });
        var hash = passwords.hash(password);
        write(tx -> {
            var before = changeable(tx, by, id);
            return save(actor, tx, before.withPassword(hash), before.user(), "password");
        });
    }

    void resetExtensionPassword(Caller by, Actor actor, String id, String password) {
        UserRules.password("password", password).ifPresent(problem -> {
            throw problem.raise();
        });
        write(tx -> {
            var before = changeable(tx, by, id);
            if (before.user().extensionNumber().isEmpty()) {
                throw Problem.conflict("extension_number", "This user has no extension to give a password to.").raise();
            }
            return save(actor, tx, before.withSipSecret(sealer.seal(password)), before.user(), SIP_SECRET);
        });
    }

    /** @param changed what of it is a secret, so that the entry tells that it was changed, though not to what */
    private Void save(Actor actor, Store.Tx tx, Row row, User was, String... changed) {
        store.update(tx, row);
        audit.record(tx, actor, Action.UPDATE, OBJECT, was.name(), described(was), described(row.user(), changed));
        tx.afterCommit(() -> {
            remember(row);
            events.publish(new UserEvent.Updated(row.user(), List.of(changed).contains(SIP_SECRET)));
        });
        return null;
    }

    void delete(Caller by, Actor actor, String id) {
        write(tx -> {
            var row = changeable(tx, by, id);
            if (row.user().name().equals(ADMINISTRATOR)) {
                throw Problem.of(Code.FORBIDDEN, "The first administrator cannot be removed.").raise();
            }
            numbers.release(tx, id);
            store.delete(tx, id);
            audit.record(tx, actor, Action.DELETE, OBJECT, row.user().name(), described(row.user()), null);
            tx.afterCommit(() -> {
                forget(row);
                events.publish(new UserEvent.Deleted(row.user()));
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
