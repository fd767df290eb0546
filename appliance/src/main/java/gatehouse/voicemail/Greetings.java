package gatehouse.voicemail;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of greetings. Thread-safe. */
public final class Greetings {
    private static final String USE = "greeting";
    private static final int MOST = 20; // of one mailbox

    /** A mailbox's greetings with what their files add. */
    record Listed(List<Greeting> greetings, Map<String, StoredFile> files) { }

    private final GreetingStore store;
    private final Files files;
    private final Users users;
    private final SharedVoicemails shared;
    private final Audit audit;
    private final Clock clock;
    private final Ids ids;

    public Greetings(GreetingStore store, Files files, Users users, SharedVoicemails shared, Audit audit, Clock clock, Ids ids) {
        this.store = store;
        this.files = files;
        this.users = users;
        this.shared = shared;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /** For calls: what a caller of this mailbox hears, where it has a greeting of its own. */
    public Optional<StoredFile> enabled(Mailbox mailbox) {
        return store.read(tx -> store.of(tx, mailbox).stream().filter(Greeting::enabled).findFirst().flatMap(greeting -> files.find(tx, greeting.fileId())));
    }

    Listed of(Mailbox mailbox) {
        return store.read(tx -> {
            var all = store.of(tx, mailbox);
            return new Listed(all, files.byIds(tx, all.stream().map(Greeting::fileId).toList()));
        });
    }

    /** @return the new id */
    String create(Actor actor, Mailbox mailbox, String fileId) {
        return store.write(tx -> {
            if (store.of(tx, mailbox).size() >= MOST) {
                throw Problem.of(Code.CONFLICT, "There are " + MOST + " greetings already, which is the most; remove one first.").raise();
            }
            var file = files.requireSound(tx, "file_id", fileId);
            var greeting = new Greeting(ids.next(), mailbox, false, file.id());
            store.insert(tx, greeting, clock.instant());
            files.use(tx, file.id(), USE, greeting.id());
            record(tx, actor, mailbox, null, "greeting " + file.name());
            return greeting.id();
        });
    }

    private Greeting get(Tx tx, Mailbox mailbox, String id) {
        return store.byId(tx, mailbox, id).orElseThrow(() -> Problem.notFound("greeting").raise());
    }

    /** To enable one disables the others. */
    void enable(Actor actor, Mailbox mailbox, String id, boolean enabled) {
        store.write(tx -> {
            var greeting = get(tx, mailbox, id);
            if (greeting.enabled() != enabled) {
                store.of(tx, mailbox).stream().filter(Greeting::enabled).forEach(other -> store.enable(tx, other.id(), false));
                store.enable(tx, id, enabled);
                record(tx, actor, mailbox, null, (enabled ? "enabled" : "disabled") + " greeting " + name(tx, greeting));
            }
            return null;
        });
    }

    void delete(Actor actor, Mailbox mailbox, String id) {
        store.write(tx -> {
            var greeting = get(tx, mailbox, id);
            record(tx, actor, mailbox, "greeting " + name(tx, greeting), null);
            store.delete(tx, id);
            files.drop(tx, List.of(greeting.fileId()));
            return null;
        });
    }

    private String name(Tx tx, Greeting greeting) {
        return files.find(tx, greeting.fileId()).map(StoredFile::name).orElse(greeting.fileId());
    }

    private void record(Tx tx, Actor actor, Mailbox mailbox, String before, String now) {
        switch (mailbox) {
            case Mailbox.Own(var id) -> audit.record(tx, actor, Action.UPDATE, "USER", users.byId(id).map(user -> user.name()).orElse(id), before, now);
            case Mailbox.Shared(var id) -> audit.record(tx, actor, Action.UPDATE, "SHARED_VOICEMAIL", shared.name(tx, id), before, now);
        }
    }
}
