package gatehouse.recordings;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Problem;
import gatehouse.core.Timers;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.recordings.Recording.Track;
import gatehouse.recordings.Recording.Whole;
import gatehouse.resources.Keeping;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recordings: taken in, listed, removed, and forgotten after as long as the company says. Thread-safe. */
public final class Recordings {
    private static final String USE = "recording";
    private static final Duration LOOK_FOR_OLD = Duration.ofHours(1);
    private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Sound that was recorded.
     *
     * @param caller,callee who is heard; of one side alone where the parties are kept apart
     * @param wav           gone once it is kept
     */
    public record Sound(String caller, String callee, Instant startedAt, Instant endedAt, Path wav) { }

    /** A recording with what its files add. */
    record Shown(List<Track> tracks, Map<String, StoredFile> files) { }

    private final RecordingStore store;
    private final Keeping keeping;
    private final Files files;
    private final Users users;
    private final Supplier<Duration> retention;
    private final Timers timers;

    /** @param retention how long the company keeps recordings */
    public Recordings(RecordingStore store, Keeping keeping, Files files, Users users, Supplier<Duration> retention, Timers timers) {
        this.store = store;
        this.keeping = keeping;
        this.files = files;
        this.users = users;
        this.retention = retention;
        this.timers = timers;
        timers.after(LOOK_FOR_OLD, this::forgetAndAgain);
    }

    /** Where to record, before it is kept. */
    public Path draft() {
        return files.draft();
    }

    /**
     * Keeps what was recorded of a call. It is theirs whose extensions now have the caller's, the callee's or another party's number.
     *
     * @param others further parties' numbers: who the call was transferred to, who took it out of a queue
     * @param sounds at least one; all are kept, or none
     */
    public Recording keep(String callId, String caller, String callee, Collection<String> others, List<Sound> sounds) {
        var id = keeping.ids().next();
        var recording = new Recording(id, callId, caller, callee, first(sounds.stream().map(Sound::startedAt)), last(sounds.stream().map(Sound::endedAt)));
        var theirs = Stream.concat(Stream.of(caller, callee), others.stream()).map(users::byNumber).flatMap(Optional::stream).map(User::id)
                .collect(Collectors.toSet());
        var made = IntStream.range(0, sounds.size()).mapToObj(i -> new Files.Made(sounds.get(i).wav(),
                name(recording, sounds.size() == 1 ? "" : "-" + (i + 1)))).toList();
        return files.keepAll(made, (tx, kept) -> {
            var tracks = IntStream.range(0, kept.size()).mapToObj(i -> track(sounds.get(i), kept.get(i))).toList();
            store.insert(tx, new Whole(recording, tracks), theirs);
            files.set(tx, USE, id, kept.stream().map(StoredFile::id).toList());
            tx.afterCommit(() -> keeping.events().publish(new RecordingEvent.Kept(recording)));
            return recording;
        });
    }

    private static Instant first(Stream<Instant> times) {
        return millis(times.min(Instant::compareTo).orElseThrow(() -> new IllegalArgumentException("A recording has sound")));
    }

    private static Instant last(Stream<Instant> times) {
        return millis(times.max(Instant::compareTo).orElseThrow());
    }

    /** As the store keeps it. */
    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Track track(Sound sound, StoredFile file) {
        return new Track(sound.caller(), sound.callee(), millis(sound.startedAt()), millis(sound.endedAt()), file.duration().orElse(Duration.ZERO), file.id());
    }

    private static String name(Recording recording, String part) {
        return (recording.caller() + "-" + recording.callee()).replaceAll("[^0-9A-Za-z+_-]", "") + "-" + IN_NAME.format(recording.startedAt()) + part + ".wav";
    }

    Page<Recording> page(ListQuery query) {
        return store.page(query);
    }

    Page<Recording> pageOf(String userId, ListQuery query) {
        return store.pageOf(userId, query);
    }

    Shown show(String id) {
        return show(tx -> store.byId(tx, id));
    }

    Shown showOf(String userId, String id) {
        return show(tx -> store.byId(tx, userId, id));
    }

    private Shown show(Function<Tx, Optional<Recording>> find) {
        return store.read(tx -> {
            var tracks = store.tracks(tx, get(tx, find).id());
            return new Shown(tracks, files.byIds(tx, tracks.stream().map(Track::fileId).toList()));
        });
    }

    private static Recording get(Tx tx, Function<Tx, Optional<Recording>> find) {
        return find.apply(tx).orElseThrow(() -> Problem.notFound("recording").raise());
    }

    void delete(Actor actor, String id) {
        delete(actor, tx -> store.byId(tx, id));
    }

    /** It is gone for all whose call it was. */
    void deleteOf(String userId, Actor actor, String id) {
        delete(actor, tx -> store.byId(tx, userId, id));
    }

    private void delete(Actor actor, Function<Tx, Optional<Recording>> find) {
        store.write(tx -> {
            var recording = get(tx, find);
            remove(tx, recording);
            keeping.audit().record(tx, actor, Action.DELETE, "CALL_RECORDING", recording.caller() + " to " + recording.callee(),
                    recording.startedAt().toString(), null);
            return null;
        });
    }

    private void remove(Tx tx, Recording recording) {
        var fileIds = store.tracks(tx, recording.id()).stream().map(Track::fileId).toList();
        store.delete(tx, recording.id());
        files.drop(tx, fileIds);
        tx.afterCommit(() -> keeping.events().publish(new RecordingEvent.Deleted(recording)));
    }

    private void forgetAndAgain() {
        try {
            forgetOld();
        } finally {
            timers.after(LOOK_FOR_OLD, this::forgetAndAgain);
        }
    }

    private void forgetOld() {
        var cutoff = keeping.clock().instant().minus(retention.get());
        while (!store.<Boolean>write(tx -> {
            var old = store.before(tx, cutoff);
            old.forEach(recording -> remove(tx, recording));
            return old.isEmpty();
        })) { }
    }
}
