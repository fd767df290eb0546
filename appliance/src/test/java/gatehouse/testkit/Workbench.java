package gatehouse.testkit;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.blobs.FileKeeping;
import gatehouse.blobs.Files;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.core.Event;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberStore;
import gatehouse.resources.Keeping;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.users.UserStore;
import gatehouse.users.Users;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a capability stands on, without a box around it: a store of its own, some users with extensions, and the events that were told. */
public final class Workbench implements AutoCloseable {
    public static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");

    public final Store store;
    public final Events events = new Events();
    public final Keeping keeping;
    public final Users users;
    public final Files files;
    private final Changes changes;
    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());

    /** @param extensions each a user {@code user101} with the id {@code id101} */
    public Workbench(Path folder, Clock clock, String... extensions) {
        store = new SqliteStore(folder.resolve("box.db"));
        for (var number : extensions) {
            user(number);
        }
        var random = new SecureRandom();
        var ids = new Ids(random);
        var numbers = new ExtensionNumbers(new NumberStore(store));
        var sealer = new Sealer(folder.resolve("box.key"), random);
        var audit = new Audit(new AuditStore(store), clock, ids);
        keeping = new Keeping(store, numbers, sealer, audit, events, clock, ids);
        changes = new Changes(new ChangeStore(store), new ManualTimers(), clock);
        users = new Users(new UserStore(store, changes), new Passwords(random, 1_000), sealer, clock, ids);
        files = new FileKeeping(folder, store, audit, clock, System::nanoTime, new ManualTimers(), ids).files();
        events.on(Event.class, told::add);
    }

    private void user(String number) {
        store.write(tx -> tx.run("""
                INSERT INTO users (id, name, name_key, role, display_name, email, extension_number, password_hash, created_at)
                VALUES (?, ?, ?, 'StandardUser', ?, '', ?, '', 0)""", "id" + number, "user" + number, "user" + number, "User " + number, number)
                + tx.run("INSERT INTO extension_numbers (number, owner_kind, owner_id, label) VALUES (?, 'EXTENSION', ?, ?)", number, "id" + number,
                "User " + number));
    }

    /** What was told so far, all of it delivered. */
    public <E extends Event> List<E> told(Class<E> kind) {
        events.close(); // delivers what waits
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        changes.close();
        events.close();
        store.close();
    }
}
