package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.core.Problems;
import gatehouse.microsoft365.SyncStore.Account;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.UserChanges;
import gatehouse.users.Users;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes users here of accounts in the directory, and follows their changes. A field that somebody changed here stays as it is here; a user who
 * was here before is bound by the e-mail address and never shut out; who was removed or untied here is not made again. Nobody is ever
 * deleted: whose account ends is shut out. One thread at a time.
 */
final class DirectoryMirror {
    static final String SERVICE = "Microsoft 365";
    private static final int BATCH = 50; // one transaction
    private static final int LONGEST_NAME = 64;
    private static final int NAME_ROOM = 14; // for a dash and the longest number
    private static final Set<String> RESERVED = Set.of("admin", "system", "administrator", "root");
    private static final Set<String> LASTING = Set.of("display_name", "email"); // a user always has these
    private static final Actor ACTOR = new Actor("microsoft365", "SYSTEM", "");

    /** What became of some accounts. @param seen none: there is nothing left to do */
    record Outcome(int seen, int created, int bound, int updated, int shutOut) { }

    private final SyncStore store;
    private final Microsoft365Store bindingStore;
    private final Bindings bindings;
    private final Users users;
    private final UserChanges changes;
    private final ExtensionNumbers numbers;

    DirectoryMirror(SyncStore store, Microsoft365Store bindingStore, Bindings bindings, Users users, UserChanges changes, ExtensionNumbers numbers) {
        this.store = store;
        this.bindingStore = bindingStore;
        this.bindings = bindings;
        this.users = users;
        this.changes = changes;
        this.numbers = numbers;
    }

    /** Carries over some of what is still to do, in one transaction. @param part the company's settings for users */
    Outcome step(JsonNode part) {
        return users.write(tx -> {
            var accounts = store.stale(tx, BATCH);
            var batch = new Batch(tx, part);
            accounts.forEach(account -> batch.carry(account).ifPresentOrElse(now -> store.carried(tx, now), () -> store.forget(tx, account)));
            return new Outcome(accounts.size(), batch.created, batch.bound, batch.updated, batch.shutOut);
        });
    }

    /** One transaction's accounts. */
    private final class Batch {
        private final Tx tx;
        private final Choice choice;
        private final boolean guests;
        private final String firstNumber;
        private final Map<String, String> bound365;
        private final Set<String> boundUsers;
        private final Set<String> names;
        private final Map<String, List<User>> byEmail;
        private Deque<String> free;
        private int created;
        private int bound;
        private int updated;
        private int shutOut;

        Batch(Tx tx, JsonNode part) {
            this.tx = tx;
            choice = new Choice(part);
            guests = part.path("sync_guest_users").asBoolean();
            firstNumber = part.path("starting_extension_number").asText("");
            bound365 = new HashMap<>(bindingStore.bindings(tx));
            boundUsers = new HashSet<>(bound365.values());
            names = users.all().stream().map(user -> user.name().toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(HashSet::new));
            byEmail = users.all().stream().collect(Collectors.groupingBy(user -> user.email().toLowerCase(Locale.ROOT)));
        }

        /** @return how it stands now; empty to forget it */
        Optional<Account> carry(Account account) {
            var alive = !account.gone() && account.document().path("accountEnabled").asBoolean(true);
            var chosen = choice.covers(account.id()) && (guests || !account.document().path("userType").asText("").equals("Guest"));
            var user = Optional.ofNullable(bound365.get(account.id())).flatMap(users::byId);
            if (user.isPresent()) {
                return Optional.of(alive ? (chosen ? follow(account, user.get(), Json.object()) : account.failed("")) : end(account, user.get()));
            }
            if (account.gone()) {
                return Optional.empty();
            }
            if (account.userId() != null) {
                return Optional.of(account.failed(alive && chosen ? "The user of this account was removed or untied here; bind one by hand." : ""));
            }
            return Optional.of(alive && chosen ? welcome(account) : account.failed(""));
        }

        private Account end(Account account, User user) {
            if (!account.made() || !user.enabled() || !user.id().equals(account.userId())) {
                return account.failed("");
            }
            changes.set(tx, ACTOR, user.id(), Json.object().put("enabled", false));
            shutOut++;
            return account.with(true, account.written());
        }

        /** @param fields what is changed in any case */
        private Account follow(Account account, User user, ObjectNode fields) {
            var known = user.id().equals(account.userId()) ? account : account.became(user.id(), false, Json.object()); // bound by hand meanwhile
            var written = known.written().deepCopy();
            GraphFields.user(account.document()).properties().forEach(field -> {
                var told = field.getValue().textValue();
                var here = here(user, field.getKey());
                if (!here.equals(told) && here.equals(written.path(field.getKey()).asText("")) && !(told.isEmpty() && LASTING.contains(field.getKey()))) {
                    fields.put(field.getKey(), told.isEmpty() ? null : told);
                }
                if (here.equals(told) || fields.has(field.getKey())) {
                    written.put(field.getKey(), told);
                }
            });
            if (known.shutOut() && !user.enabled()) {
                fields.put("enabled", true);
            }
            return fields.isEmpty() ? known.with(false, written) : set(known, user, fields, written);
        }

        private Account set(Account account, User user, ObjectNode fields, ObjectNode written) {
            try {
                changes.set(tx, ACTOR, user.id(), fields);
                updated++;
                return account.with(false, written);
            } catch (ProblemException e) { // before anything was written
                return account.failed(e.getMessage());
            }
        }

        private static String here(User user, String field) {
            return switch (field) {
                case "display_name" -> user.displayName();
                case "email" -> user.email();
                default -> user.settings().path(field).asText("");
            };
        }

        private Account welcome(Account account) {
            var known = byEmail.getOrDefault(GraphFields.email(account.document()).toLowerCase(Locale.ROOT), List.of());
            if (known.isEmpty()) {
                return make(account);
            }
            if (known.size() > 1) {
                return account.failed("More than one user here has this e-mail address; bind one by hand.");
            }
            var user = known.getFirst();
            if (boundUsers.contains(user.id())) {
                return account.failed("The user " + user.name() + " has this e-mail address and belongs to another account.");
            }
            if (bindings.isAdministrator(user)) {
                return account.failed("The user " + user.name() + " is an administrator; administrators are bound by hand.");
            }
            bind(account, user.id());
            bound++;
            return follow(account.became(user.id(), false, Json.object()), user, Json.object().put("sync_type", SERVICE));
        }

        private void bind(Account account, String userId) {
            bindingStore.bind(tx, userId, account.id());
            bound365.put(account.id(), userId);
            boundUsers.add(userId);
        }

        private Account make(Account account) {
            if (users.all().size() + created > Users.MOST) { // the first administrator is not counted
                return account.failed("There are " + Users.MOST + " users already, which is the most this box serves.");
            }
            if (firstNumber.isEmpty()) {
                return account.failed("starting_extension_number is missing: say where the numbers of new users begin.");
            }
            var number = nextNumber();
            if (number.isEmpty()) {
                return account.failed("There is no free extension number of " + firstNumber.length() + " digits from " + firstNumber + " on.");
            }
            var told = GraphFields.user(account.document());
            var fields = Json.object().put("name", name(told.path("email").asText(), number.get())).put("role", "StandardUser")
                    .put("extension_number", number.get()).put("sync_type", SERVICE);
            told.properties().stream().filter(field -> !field.getValue().asText().isEmpty()).forEach(field -> fields.set(field.getKey(), field.getValue()));
            var problems = new Problems();
            var id = changes.add(tx, ACTOR, fields, problems);
            if (id.isEmpty()) {
                free.addFirst(number.get());
                return account.failed(problems.list().stream().map(Problem::message).collect(Collectors.joining(" ")));
            }
            names.add(fields.get("name").textValue().toLowerCase(Locale.ROOT));
            bind(account, id.get());
            created++;
            return account.became(id.get(), true, told);
        }

        private Optional<String> nextNumber() {
            if (free == null) {
                free = new ArrayDeque<>(numbers.free(tx, firstNumber, BATCH));
            }
            return Optional.ofNullable(free.pollFirst());
        }

        /** The address before its @, as far as a name may have it; with the number where another has that name. */
        private String name(String email, String number) {
            var plain = email.replaceAll("@.*", "").replaceAll("[^\\p{L}\\p{N}_'.-]", "");
            var name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME - NAME_ROOM)).replaceAll("^\\.+|\\.+$", "");
            var key = name.toLowerCase(Locale.ROOT);
            return name.isEmpty() || names.contains(key) || RESERVED.contains(key) ? (name.isEmpty() ? "user" : name) + "-" + number : name;
        }
    }
}
