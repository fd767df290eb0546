package gatehouse.users;

import gatehouse.api.Json;
import gatehouse.core.Ids;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.roles.RoleHolders;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import gatehouse.users.UserStore.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All users, kept in memory beside the store (one is about 2 KB), because SIP asks for one with every request. How they are changed stands
 * in {@link UserChanges}. Thread-safe.
 */
public final class Users implements RoleHolders {
    /** People this box keeps: lists were measured with as many (docs/decisions/004), phones that come back at once with a thousand (002). */
    public static final int MOST = 10_000;
    static final String ADMINISTRATOR = "admin";
    private static final int PROFILE_LENGTH = 40; // 200 bits

    private final UserStore store;
    private final Passwords passwords;
    private final Sealer sealer;
    private final Clock clock;
    private final Ids ids;
    /** Held from the transaction until memory follows it: two changes of one user must not be remembered in the other order. */
    private final ReentrantLock changing = new ReentrantLock();
    /** The first administrator, whom nobody shuts out, whatever the name is now; null before there is one. */
    private volatile String first;
    private final Map<String, Row> byId = new ConcurrentHashMap<>();
    private final Map<String, Row> byNumber = new ConcurrentHashMap<>();
    private final Map<String, Row> byName = new ConcurrentHashMap<>();

    public Users(UserStore store, Passwords passwords, Sealer sealer, Clock clock, Ids ids) {
        this.store = store;
        this.passwords = passwords;
        this.sealer = sealer;
        this.clock = clock;
        this.ids = ids;
        store.all().forEach(this::remember);
        first = store.first().orElse(null);
    }

    void remember(Row row) {
        byId.put(row.user().id(), row);
        byName.put(row.user().name().toLowerCase(Locale.ROOT), row);
        row.user().extensionNumber().ifPresent(number -> byNumber.put(number, row));
    }

    void forget(Row row) {
        byId.remove(row.user().id());
        byName.remove(row.user().name().toLowerCase(Locale.ROOT));
        row.user().extensionNumber().ifPresent(byNumber::remove);
    }

    /**
     * Makes the first administrator, or gives it the password that is set from outside; that one is its owner's choice, and no policy is
     * asked: who can write the configuration can do more than sign in.
     *
     * @return a password that was made and must be shown now, once
     */
    public Optional<String> ensureAdministrator(Optional<String> given) {
        var known = first == null ? null : byId.get(first);
        if (known == null) {
            var password = given.orElseGet(() -> ids.text(16));
            var row = new Row(new User(ids.next(), ADMINISTRATOR, "SystemAdmin", true, "Administrator", "", Optional.empty(), Json.object(),
                    clock.instant()), new Row.Password(passwords.hash(password), 1, given.isPresent()), null, null, new Row.Profile(newProfile(), 1));
            keep(row, true);
            first = row.user().id();
            return given.isPresent() ? Optional.empty() : Optional.of(password);
        }
        given.filter(password -> !passwords.matches(password, known.password().hash())).ifPresent(password ->
                keep(known.withPassword(known.password().next(passwords.hash(password), true)), false));
        return Optional.empty();
    }

    boolean isFirst(User user) {
        return user.id().equals(first);
    }

    private void keep(Row row, boolean isNew) {
        write(tx -> {
            if (isNew) {
                store.insert(tx, row);
            } else {
                store.update(tx, row);
            }
            tx.afterCommit(() -> remember(row));
            return null;
        });
    }

    byte[] newProfile() {
        return sealer.seal(ids.text(PROFILE_LENGTH));
    }

    /** For who opens the transaction elsewhere, as a file's keeper does, and changes users in it. */
    public <T> T exclusively(Supplier<T> work) {
        changing.lock();
        try {
            return work.get();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public <T> T write(Store.Work<T> work) {
        changing.lock();
        try {
            return store.write(work);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean anybodyHas(Tx tx, String role) {
        return !store.withRole(tx, role).isEmpty();
    }

    @Override
    public void rename(Tx tx, String from, String to) {
        store.withRole(tx, from).forEach(row -> {
            var renamed = row.with(row.user().withRole(to));
            store.update(tx, renamed);
            tx.afterCommit(() -> remember(renamed));
        });
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
    public List<User> byIds(Tx tx, Collection<String> ids) {
        return store.byIds(tx, ids);
    }

    /** How many have an extension. */
    public int extensions() {
        return byNumber.size();
    }

    Page<User> page(ListQuery query) {
        return store.page(query);
    }

    List<User> matching(ListQuery query) {
        return store.matching(query, 2 * MOST);
    }

    Optional<Row> row(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The SIP secret in clear, for digest and provisioning alone; empty for who may not register. */
    public Optional<String> sipSecret(String extensionNumber) {
        return Optional.ofNullable(byNumber.get(extensionNumber)).filter(row -> row.user().enabled()).flatMap(row -> opened(row.sipSecret()));
    }

    /** For the user's own eyes, for who manages users, and for the voicemail that asks for it. */
    public Optional<String> voicemailPin(String id) {
        return row(id).flatMap(row -> opened(row.voicemailPin()));
    }

    /** What an app of the user signs in with; empty until one was made. */
    Optional<String> profile(String id) {
        return row(id).flatMap(row -> opened(row.profile().sealed()));
    }

    private Optional<String> opened(byte[] sealed) {
        return Optional.ofNullable(sealed).map(sealer::open);
    }

    /** Takes as long for an unknown name as for a wrong password. */
    public Optional<User> authenticate(String name, String password) {
        var row = byName.get(name.toLowerCase(Locale.ROOT));
        var right = row == null ? passwords.matchesNobody(password) : passwords.matches(password, row.password().hash());
        if (!right || !row.user().enabled()) {
            return Optional.empty();
        }
        if (passwords.isCheap(row.password().hash())) {
            harden(row, passwords.hash(password));
        }
        return Optional.of(row.user());
    }

    /** The same password, hashed as dearly as a new one. */
    private void harden(Row known, String hash) {
        write(tx -> {
            store.byId(tx, known.user().id()).filter(row -> row.password().equals(known.password())).ifPresent(row -> {
                var harder = row.withPassword(new Row.Password(hash, row.password().version(), row.password().own()));
                store.update(tx, harder);
                tx.afterCommit(() -> remember(harder));
            });
            return null;
        });
    }

    /** By an app's profile instead of the password. */
    public Optional<User> authenticateByProfile(String name, String profile) {
        return byName(name).filter(User::enabled).filter(user -> profile(user.id()).filter(right -> same(right, profile)).isPresent());
    }

    /** By the SIP password, as a phone proves it. */
    public Optional<User> authenticateByExtension(String number, String secret) {
        return byNumber(number).filter(_ -> sipSecret(number).filter(right -> same(right, secret)).isPresent());
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Counts the passwords a user has had: what was given for an older one no longer holds. */
    public int passwordVersion(String id) {
        return row(id).map(row -> row.password().version()).orElse(0);
    }

    /** Counts the profiles a user has had, in the same way. */
    public int profileVersion(String id) {
        return row(id).map(row -> row.profile().version()).orElse(0);
    }

    /** Whether the user chose the password, and not who made or reset it. */
    public boolean choseOwnPassword(String id) {
        return row(id).map(row -> row.password().own()).orElse(false);
    }
}
