package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.contacts.CopiedContacts;
import gatehouse.contacts.CopiedContacts.Copy;
import gatehouse.microsoft365.Registration.App;
import gatehouse.microsoft365.SyncStore.Kind;
import gatehouse.microsoft365.SyncStore.Source;
import gatehouse.remote.RemoteFailure;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One synchronisation: the directory, whom its accounts become, then the contacts of each mailbox. Every page and the place where the reading
 * stands are one transaction, so that the next run goes on where this one ended, however it ended. Belongs to one thread.
 */
final class SyncRun {
    private static final int MOST_PAGES = 1_000; // a hundred thousand items, some minutes; the next run goes on
    private static final Duration BREATH = Duration.ofMinutes(1);
    private static final int SWEPT_AT_ONCE = 100;
    private static final int MOST_MAILBOXES = 1_000;

    /** What a run reads and writes by. */
    record Parts(Microsoft365 microsoft365, Graph graph, SyncStore store, Microsoft365Store bindings, DirectoryMirror mirror, PhotoMirror photos,
                        CopiedContacts contacts) { }

    /** Ends a run before it is through. */
    static final class Interrupted extends Exception {
        private final transient Duration pause;
        private final boolean failure;

        Interrupted(String why, Duration pause, boolean failure) {
            super(why);
            this.pause = pause;
            this.failure = failure;
        }

        boolean isFailure() {
            return failure;
        }

        /** After which the next may begin. */
        Duration pause() {
            return pause;
        }
    }

    private final Parts parts;
    private final App app;
    private final BooleanSupplier stopping;
    private final SyncTally tally = new SyncTally();
    private int pages;

    SyncRun(Parts parts, App app, BooleanSupplier stopping) {
        this.parts = parts;
        this.app = app;
        this.stopping = stopping;
    }

    /** What has happened so far; grows while the run goes on. */
    SyncTally tally() {
        return tally;
    }

    void go() throws Interrupted {
        var users = parts.microsoft365.part("users");
        prepare(users);
        var mailboxes = new Choice(parts.microsoft365.part("shared_mailbox"));
        if (new Choice(users).enabled() || mailboxes.enabled() && !mailboxes.namesAlone()) {
            read(Source.users());
        }
        if (new Choice(users).enabled()) {
            carryOver(users);
            carryPhotos(users);
        }
        for (var source : contactSources(mailboxes)) {
            read(source);
        }
    }

    /** What was read before counts as long as it is the same directory, and was carried over as long as the settings are the same. */
    private void prepare(JsonNode users) {
        var settings = users.isMissingNode() ? NullNode.getInstance() : users;
        parts.store.write(tx -> {
            var state = parts.store.state(tx);
            var directory = app.cloud() + " " + app.directoryId();
            if (!state.path("directory").asText("").equals(directory)) {
                parts.store.forgetDirectory(tx);
            } else if (!state.path("users").equals(settings)) {
                parts.store.allStale(tx);
            }
            parts.store.faultyStale(tx);
            parts.store.saveState(tx, state.put("directory", directory).<ObjectNode>set("users", settings));
            return null;
        });
    }

    private void carryOver(JsonNode users) throws Interrupted {
        for (var outcome = parts.mirror.step(users); outcome.seen() > 0; outcome = parts.mirror.step(users)) {
            tally.add(outcome);
            goOn();
        }
    }

    private void carryPhotos(JsonNode users) throws Interrupted {
        if (!users.path("sync_photo").asBoolean()) {
            return;
        }
        try {
            for (var some = parts.photos.some("", new Choice(users)); !some.isEmpty(); some = parts.photos.some(some.getLast().ms365Id(), new Choice(users))) {
                tally.add(new DirectoryMirror.Outcome(some.size(), 0, 0, parts.photos.carry(app, some), 0));
                goOn();
            }
        } catch (RemoteFailure e) {
            tally.fault("Pictures: " + e.getMessage()); // contacts are read all the same
        }
    }

    private void goOn() throws Interrupted {
        if (stopping.getAsBoolean()) {
            throw new Interrupted("The box is stopping.", Duration.ZERO, false);
        }
    }

    /** Those that are to be read now, by id of what is kept; what is not to be read any more goes with its copies. */
    private List<Source> contactSources(Choice mailboxes) throws Interrupted {
        var people = new Choice(parts.microsoft365.part("personal_contacts"));
        var wanted = new LinkedHashMap<String, Source>();
        var known = parts.store.read(tx -> {
            shared(tx, mailboxes).map(Source::company).forEach(source -> wanted.put(source.name(), source));
            personal(tx, people).forEach(source -> wanted.put(source.name(), source));
            return parts.store.sources(tx);
        });
        for (var source : known) {
            if (source.kind() != Kind.USERS && !wanted.containsKey(source.name())) {
                retire(source);
            }
        }
        return List.copyOf(wanted.values());
    }

    private Stream<String> shared(Tx tx, Choice choice) {
        if (!choice.enabled()) {
            return Stream.empty();
        }
        return choice.namesAlone() ? choice.part().path("selected_users").valueStream().map(JsonNode::asText).distinct()
                : parts.store.mailboxesOfNobody(tx, MOST_MAILBOXES).stream().filter(choice::covers);
    }

    private Stream<Source> personal(Tx tx, Choice choice) {
        return !choice.enabled() ? Stream.empty() : parts.bindings.bindings(tx).entrySet().stream().filter(binding -> choice.covers(binding.getKey()))
                .sorted(Map.Entry.comparingByValue()).map(binding -> Source.personal(binding.getKey(), binding.getValue()));
    }

    private void retire(Source source) throws Interrupted {
        while (sweep(source, Long.MAX_VALUE) > 0) {
            goOn();
        }
        parts.store.write(tx -> {
            parts.store.drop(tx, source);
            return null;
        });
    }

    private int sweep(Source source, long round) {
        var removed = parts.store.write(tx -> parts.contacts.sweep(tx, book(source), round, SWEPT_AT_ONCE));
        tally.add(new CopiedContacts.Outcome(0, 0, removed, 0));
        return removed;
    }

    private static CopiedContacts.Source book(Source source) {
        return new CopiedContacts.Source(source.name(), Optional.ofNullable(source.userId()).orElse(Resources.COMPANY));
    }

    /** To the end of what has changed. */
    private void read(Source fresh) throws Interrupted {
        var source = parts.store.read(tx -> parts.store.source(tx, fresh.name())).orElse(fresh);
        if (source.sweeping()) {
            source = finish(source); // a run before was cut off there
        }
        var through = false;
        while (!through) {
            goOn();
            if (pages++ >= MOST_PAGES) {
                throw new Interrupted("There is more than one run reads at once.", BREATH, false);
            }
            var begins = source.link() == null;
            switch (ask(source)) {
                case Delta.Page page -> {
                    source = keep(source, page);
                    through = page.last();
                }
                case Delta.TooOld() when begins -> through = fail(source, "Microsoft Graph begins no new reading.");
                case Delta.TooOld() -> source = saved(source.anew());
                case Delta.Refused(var why) -> through = fail(source, why);
                case Delta.Later(var pause) -> throw new Interrupted("Microsoft Graph asks for patience.", pause, false);
            }
        }
    }

    private Delta ask(Source source) throws Interrupted {
        try {
            return parts.graph.changes(app, source.link() != null ? source.link()
                    : source.kind() == Kind.USERS ? parts.graph.usersDelta(app) : parts.graph.contactsDelta(app, source.mailbox()));
        } catch (RemoteFailure e) {
            throw new Interrupted(e.getMessage(), MicrosoftSync.AFTER_A_FAILURE, true);
        }
    }

    /** One source that cannot be read does not hold up the others. */
    private boolean fail(Source source, String why) {
        saved(source.failed(why));
        tally.fault((source.mailbox().isEmpty() ? "The directory" : "The contacts of " + source.mailbox()) + ": " + why);
        return true;
    }

    private Source saved(Source source) {
        return parts.store.write(tx -> {
            if (isStill(tx, source)) {
                parts.store.save(tx, source);
            }
            return source;
        });
    }

    /** A user can go, or be untied, while the contacts are read. */
    private boolean isStill(Tx tx, Source source) {
        return source.kind() != Kind.PERSONAL || parts.bindings.userOf(tx, source.mailbox()).filter(source.userId()::equals).isPresent();
    }

    private Source keep(Source source, Delta.Page page) {
        var begun = source.begun();
        var now = begun.at(page.link(), page.last());
        CopiedContacts.Outcome outcome = parts.store.write(tx -> {
            if (!isStill(tx, source)) {
                return CopiedContacts.Outcome.NOTHING;
            }
            parts.store.save(tx, now);
            if (source.kind() == Kind.USERS) {
                parts.store.told(tx, page.items(), now.round());
                return CopiedContacts.Outcome.NOTHING;
            }
            return parts.contacts.apply(tx, book(source), DirectoryMirror.SERVICE, now.round(), page.items().stream().map(SyncRun::copy).toList());
        });
        tally.add(outcome);
        return now.sweeping() ? finish(now) : now;
    }

    private static Copy copy(JsonNode item) {
        return new Copy(item.path("id").asText(""), item.has("@removed") ? Optional.empty() : Optional.of(GraphFields.contact(item)));
    }

    /** A whole reading is over: what it did not bring is not there any more. */
    private Source finish(Source source) {
        if (source.kind() == Kind.USERS) {
            return parts.store.write(tx -> {
                parts.store.sweepDirectory(tx, source.round());
                parts.store.save(tx, source.swept());
                return source.swept();
            });
        }
        var removed = sweep(source, source.round());
        while (removed > 0) {
            removed = sweep(source, source.round());
        }
        return saved(source.swept());
    }
}
