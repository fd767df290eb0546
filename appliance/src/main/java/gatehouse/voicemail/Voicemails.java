package gatehouse.voicemail;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Timers;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.sound.UnplayableException;
import gatehouse.sound.Wav;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import gatehouse.voicemail.Voicemail.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages: taken in, listed, marked, removed, and forgotten after as long as the server's settings say. Thread-safe. */
public final class Voicemails {
    static final String USE = "voicemail";
    private static final int MOST = 1_000; // of one mailbox: at two minutes each, 2 GB
    private static final Duration LOOK_FOR_OLD = Duration.ofHours(1);
    private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** How a message was taken in. */
    public sealed interface Deposited {
        record Kept(Voicemail voicemail) implements Deposited { }

        /** Shorter than the server's settings want, or silent from the start; it is gone. */
        record TooShort() implements Deposited { }

        /** The mailbox has as many as it may have; the caller should hear so. */
        record Full() implements Deposited { }

        record NoSuchMailbox() implements Deposited { }
    }

    /** What a phone's lamp tells (RFC 3842). */
    public record Count(int unread, int read) { }

    /** A page with what their files add. */
    record Mails(Page<Voicemail> page, Map<String, StoredFile> files) { }

    private final VoicemailStore store;
    private final Files files;
    private final Users users;
    private final SharedVoicemails shared;
    private final VoicemailServer server;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Timers timers;
    private final Ids ids;

    public Voicemails(VoicemailStore store, Files files, Users users, SharedVoicemails shared, VoicemailServer server, Audit audit, Events events,
                      Clock clock, Timers timers, Ids ids) {
        this.store = store;
        this.files = files;
        this.users = users;
        this.shared = shared;
        this.server = server;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.timers = timers;
        this.ids = ids;
        timers.after(LOOK_FOR_OLD, this::forgetAndAgain);
    }

    /** Where to record a message, before it is deposited. */
    public Path draft() {
        return files.draft();
    }

    /**
     * Takes a message in. Its length is that of the sound.
     *
     * @param sender    the caller's number; empty when it is withheld
     * @param startedAt when the caller began to speak
     * @param wav       what was recorded; gone afterwards, whatever came of it
     */
    public Deposited deposit(Mailbox mailbox, String sender, String senderName, Instant startedAt, Path wav) {
        var duration = duration(wav);
        var refused = !exists(mailbox) ? new Deposited.NoSuchMailbox()
                : duration.isEmpty() || duration.get().compareTo(Duration.ofSeconds(server.settings().minSeconds())) < 0 ? new Deposited.TooShort()
                : isFull(mailbox) ? new Deposited.Full() : null;
        if (refused != null) {
            delete(wav);
            return refused;
        }
        return files.keep(wav, name(sender, startedAt), (tx, file) -> {
            var mail = new Voicemail(ids.next(), mailbox, sender, senderName, startedAt.truncatedTo(ChronoUnit.MILLIS), duration.get(), Status.UNREAD,
                    file.id(), file.name(), file.size());
            store.insert(tx, mail);
            files.use(tx, file.id(), USE, mail.id());
            tx.afterCommit(() -> events.publish(new VoicemailEvent.Arrived(mail)));
            return new Deposited.Kept(mail);
        });
    }

    private boolean exists(Mailbox mailbox) {
        return switch (mailbox) {
            case Mailbox.Own(var id) -> users.byId(id).isPresent();
            case Mailbox.Shared(var id) -> shared.exists(id);
        };
    }

    private static String name(String sender, Instant startedAt) {
        var caller = sender.replaceAll("[^0-9A-Za-z+_-]", "");
        return "voicemail-" + (caller.isEmpty() ? "unknown" : caller) + "-" + IN_NAME.format(startedAt) + ".wav";
    }

    /** Of what was recorded; none when nothing was. */
    private static Optional<Duration> duration(Path wav) {
        try (var channel = FileChannel.open(wav)) {
            return Optional.of(Wav.read(channel).duration());
        } catch (UnplayableException nothing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("What was recorded cannot be read", e);
        }
    }

    private static void delete(Path wav) {
        try {
            java.nio.file.Files.deleteIfExists(wav);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isFull(Mailbox mailbox) {
        var count = count(mailbox);
        return count.unread + count.read >= MOST;
    }

    public Count count(Mailbox mailbox) {
        return store.read(tx -> store.count(tx, mailbox));
    }

    Mails page(Mailbox mailbox, ListQuery query) {
        return store.read(tx -> {
            var page = store.page(tx, mailbox, query);
            return new Mails(page, files.byIds(tx, page.items().stream().map(Voicemail::fileId).toList()));
        });
    }

    Mails one(Mailbox mailbox, String id) {
        return store.read(tx -> {
            var mail = get(tx, mailbox, id);
            return new Mails(new Page<>(1, List.of(mail)), files.byIds(tx, List.of(mail.fileId())));
        });
    }

    private Voicemail get(Tx tx, Mailbox mailbox, String id) {
        return store.byId(tx, mailbox, id).orElseThrow(() -> Problem.notFound("voicemail").raise());
    }

    /** By id within a mailbox: for the menu that a phone hears. */
    public Optional<Voicemail> find(Mailbox mailbox, String id) {
        return store.read(tx -> store.byId(tx, mailbox, id));
    }

    /** Newest first, at most a hundred: for the menu that a phone hears. */
    public List<Voicemail> newest(Mailbox mailbox) {
        return store.read(tx -> store.page(tx, mailbox, VoicemailStore.LISTING.all())).items();
    }

    /** Where its sound is. */
    public Path sound(Voicemail mail) {
        return files.path(store.read(tx -> files.find(tx, mail.fileId())).orElseThrow(() -> Problem.notFound("voicemail").raise()));
    }

    public void mark(Mailbox mailbox, String id, Status status) {
        store.write(tx -> {
            var mail = get(tx, mailbox, id);
            if (mail.status() != status) {
                store.mark(tx, id, status);
                tx.afterCommit(() -> events.publish(new VoicemailEvent.Marked(mail.with(status))));
            }
            return null;
        });
    }

    public void delete(Actor actor, Mailbox mailbox, String id) {
        store.write(tx -> {
            var mail = get(tx, mailbox, id);
            store.delete(tx, id);
            gone(tx, List.of(mail));
            if (mailbox instanceof Mailbox.Shared(var of)) { // what belongs to several is not taken from them in secret
                audit.record(tx, actor, Action.DELETE, SharedVoicemails.OBJECT, shared.name(tx, of), "message from " + mail.sender(), null);
            }
            return null;
        });
    }

    private void gone(Tx tx, List<Voicemail> mails) {
        files.drop(tx, mails.stream().map(Voicemail::fileId).toList());
        tx.afterCommit(() -> mails.forEach(mail -> events.publish(new VoicemailEvent.Deleted(mail))));
    }

    private void forgetAndAgain() {
        try {
            forgetOld();
        } finally {
            timers.after(LOOK_FOR_OLD, this::forgetAndAgain);
        }
    }

    private void forgetOld() {
        var days = server.settings().retainDays();
        if (days == 0) {
            return; // kept for ever
        }
        var cutoff = clock.instant().minus(Duration.ofDays(days));
        while (!store.<Boolean>write(tx -> {
            var old = store.deleteBefore(tx, cutoff);
            gone(tx, old);
            return old.isEmpty();
        })) { }
    }
}
