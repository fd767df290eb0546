package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.contacts.CopiedContacts;
import gatehouse.core.Events;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Timers;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.users.UserChanges;
import gatehouse.users.Users;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Synchronises with Microsoft 365 now and then: once a day at {@code sync_time}, each hour when none is set, soon after the settings change, and
 * when somebody asks. Nothing is asked of Microsoft before a registration is complete and a part of it is on. One run at a time; the next goes on
 * where one was cut off. Thread-safe.
 */
public final class MicrosoftSync implements AutoCloseable {
    static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);
    private static final System.Logger LOG = System.getLogger(MicrosoftSync.class.getName());
    private static final Duration USUALLY = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final String[] SYNCHRONISED = {"users", "personal_contacts", "shared_mailbox"};
    private static final int FAULTS_SHOWN = 100;
    private static final Actor BOX = new Actor("microsoft365", "SYSTEM", "");

    /** Whom accounts and contacts become. */
    public record Targets(Users users, UserChanges changes, ExtensionNumbers numbers, CopiedContacts contacts, Files files) { }

    /** What it is driven by. @param zone the company's @param running runs what blocks */
    public record Drive(Audit audit, Events events, Timers timers, Clock clock, Supplier<ZoneId> zone, Executor running) { }

    private final SyncRun.Parts parts;
    private final SyncStore store;
    private final Microsoft365 microsoft365;
    private final Drive drive;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;
    /** Microsoft asked not to be asked before; nobody's impatience shortens that. */
    private volatile Instant notBefore = Instant.EPOCH;
    private volatile boolean again;
    private volatile SyncRun run; // null while none goes on
    private volatile Instant next; // null while nothing is planned
    private Timers.Timer timer; // guarded by this

    public MicrosoftSync(SyncStore store, Microsoft365Store bindingStore, Microsoft365 microsoft365, Graph graph, Bindings bindings, Targets targets,
                         Drive drive) {
        this.store = store;
        this.microsoft365 = microsoft365;
        this.drive = drive;
        parts = new SyncRun.Parts(microsoft365, graph, store, bindingStore, new DirectoryMirror(store, bindingStore, bindings, targets.users,
                targets.changes, targets.numbers), new PhotoMirror(store, bindingStore, graph, targets.users, targets.changes, targets.files),
                targets.contacts);
        microsoft365.follow(() -> plan(Duration.ZERO));
    }

    /** Goes on where the last run of the box ended. */
    public void start() {
        plan(unfinished() ? Duration.ZERO : untilNext());
    }

    private boolean unfinished() {
        return store.read(store::state).path("finished_at").isNull();
    }

    private boolean isOn() {
        return microsoft365.ready() && wanted();
    }

    /** Also once all was switched off: what was copied is to go. */
    private boolean wanted() {
        for (var part : SYNCHRONISED) {
            if (new Choice(microsoft365.part(part)).enabled()) {
                return true;
            }
        }
        return store.read(store::sources).stream().anyMatch(source -> source.kind() != SyncStore.Kind.USERS);
    }

    private synchronized void plan(Duration delay) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        next = null;
        if (!closed && isOn()) {
            var now = drive.clock.instant();
            var rest = Duration.between(now, notBefore);
            var wait = delay.compareTo(rest) < 0 ? rest : delay;
            next = now.plus(wait);
            timer = drive.timers.after(wait, () -> drive.running.execute(this::run));
        }
    }

    private Duration untilNext() {
        var now = drive.clock.instant().atZone(drive.zone.get());
        var time = Optional.ofNullable(microsoft365.registration(Microsoft365.Section.TENANT).document().path("sync_time").textValue())
                .flatMap(Microsoft365::timeOfDay);
        if (time.isEmpty()) {
            return USUALLY;
        }
        var today = now.with(time.get());
        return Duration.between(now, today.isAfter(now) ? today : now.plusDays(1).with(time.get()));
    }

    private void run() {
        if (!running.tryLock()) {
            again = true; // what the one that goes on has read already may have changed
            return;
        }
        try {
            var app = microsoft365.app();
            if (!closed && app.isPresent()) {
                run = new SyncRun(parts, app.get(), () -> closed);
                plan(went(run));
            }
        } finally {
            run = null;
            running.unlock();
        }
        if (again) {
            again = false;
            plan(Duration.ZERO);
        }
    }

    /** @return when the next begins */
    private Duration went(SyncRun now) {
        begun();
        try {
            now.go();
            finished(now.tally());
            return untilNext();
        } catch (SyncRun.Interrupted e) {
            if (closed) {
                return Duration.ZERO;
            }
            LOG.log(Level.INFO, "Synchronising with Microsoft 365 goes on later: " + e.getMessage());
            if (e.isFailure()) {
                now.tally().fault(e.getMessage());
            }
            finished(now.tally());
            var pause = e.pause().compareTo(LONGEST_PAUSE) < 0 ? e.pause() : LONGEST_PAUSE;
            if (!e.isFailure()) {
                notBefore = drive.clock.instant().plus(pause);
            }
            return pause;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Synchronising with Microsoft 365 failed", e);
            now.tally().fault("The box could not keep what it read; its log says more.");
            finished(now.tally());
            return AFTER_A_FAILURE;
        }
    }

    private void begun() {
        store.write(tx -> {
            store.saveState(tx, store.state(tx).put("started_at", Json.time(drive.clock.instant())).putNull("finished_at"));
            return null;
        });
    }

    private void finished(SyncTally tally) {
        store.write(tx -> {
            var state = store.state(tx);
            var faultBefore = state.path("fault").asText("");
            store.saveState(tx, state.put("finished_at", Json.time(drive.clock.instant())).setAll(tally.json()));
            if (tally.changedSomething()) {
                drive.audit.record(tx, BOX, Action.UPDATE, Microsoft365.OBJECT, "synchronisation", null, tally.json().toString());
                tx.afterCommit(() -> drive.events.publish(new Microsoft365Event.Synchronised(tally.words())));
            }
            if (!tally.fault().isEmpty() && !tally.fault().equals(faultBefore)) {
                tx.afterCommit(() -> drive.events.publish(new Microsoft365Event.Failed(tally.fault())));
            }
            return null;
        });
    }

    /** Begins one at once, or after the one that goes on. @throws gatehouse.core.ProblemException CONFLICT while there is nothing to do */
    void now() {
        if (!isOn()) {
            throw Problem.of(Code.CONFLICT, "There is nothing to synchronise: Microsoft 365 is not set up, or users, personal_contacts and shared_mailbox are "
                    + "all off.").raise();
        }
        plan(Duration.ZERO);
    }

    /** How it goes, and what could not be carried over. */
    ObjectNode show() {
        var going = run;
        var shown = store.read(store::state).deepCopy();
        if (going != null) {
            shown.setAll(going.tally().json());
        }
        shown.put("state", going != null ? "RUNNING" : isOn() ? "WAITING" : "OFF").put("next_at", next == null || going != null ? null : Json.time(next));
        var leftOut = shown.putArray("left_out");
        store.read(tx -> store.faulty(tx, FAULTS_SHOWN)).forEach(account -> leftOut.addObject().put("id", account.id())
                .put("name", account.document().path("displayName").asText("")).put("reason", account.fault()));
        store.read(store::sources).stream().filter(source -> !source.fault().isEmpty()).limit(FAULTS_SHOWN).forEach(source -> leftOut.addObject()
                .put("id", source.mailbox()).put("name", source.mailbox().isEmpty() ? "directory" : "contacts").put("reason", source.fault()));
        return shown;
    }

    /** The run that goes on ends before its next page. */
    public void stop() {
        closed = true;
    }

    /** Waits for the page that is being kept; the next run of the box goes on after it. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
            }
        }
        running.lock();
        running.unlock();
    }
}
