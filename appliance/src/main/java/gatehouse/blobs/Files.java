package gatehouse.blobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.FileStore.Origin;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.store.Store.Tx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Files, and who needs them. Whoever names a file in a field of its own checks it ({@link #check}, {@link #checkSound}), says that it uses
 * it ({@link #set}) and when it no longer does ({@link #release}), all within its own transaction. Thread-safe.
 */
public final class Files {
    private final FileStore store;
    private final Blobs blobs;
    private final Audit audit;
    private final Clock clock;
    private final Ids ids;

    Files(FileStore store, Blobs blobs, Audit audit, Clock clock, Ids ids) {
        this.store = store;
        this.blobs = blobs;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    public Optional<StoredFile> find(Tx tx, String id) {
        return store.byId(tx, id);
    }

    public Map<String, StoredFile> byIds(Tx tx, Collection<String> fileIds) {
        return store.byIds(tx, fileIds).stream().collect(Collectors.toMap(StoredFile::id, Function.identity()));
    }

    /** Those of {@code fileIds} that people uploaded, and so may name; in one query. */
    public List<StoredFile> uploaded(Tx tx, Collection<String> fileIds) {
        return store.uploaded(tx, fileIds);
    }

    /** What is wrong with the file that {@code field} names: it must have been uploaded and still be there. An empty id is no file and fine. */
    public Optional<Problem> check(Tx tx, String field, String fileId) {
        return fileId.isEmpty() || store.uploaded(tx, fileId).isPresent() ? Optional.empty() : Optional.of(unknown(field));
    }

    /** The same of a file that the box is to play. */
    public Optional<Problem> checkSound(Tx tx, String field, String fileId) {
        return check(tx, field, fileId).or(() -> store.uploaded(tx, fileId).flatMap(StoredFile::soundFault)
                .map(fault -> Problem.invalid(field, "sound", fault)));
    }

    /** The same of a picture. */
    public Optional<Problem> checkImage(Tx tx, String field, String fileId) {
        return check(tx, field, fileId).or(() -> store.uploaded(tx, fileId).filter(file -> !file.mediaType().startsWith("image/"))
                .map(file -> Problem.invalid(field, "image", "This file is " + file.mediaType() + ". Send a PNG, JPEG, GIF or WebP picture.")));
    }

    /** @throws gatehouse.core.ProblemException 400 when there is no such upload */
    public StoredFile require(Tx tx, String field, String fileId) {
        return store.uploaded(tx, fileId).orElseThrow(() -> unknown(field).raise());
    }

    /** @throws gatehouse.core.ProblemException 400 when there is no such upload, or the box cannot play it */
    public StoredFile requireSound(Tx tx, String field, String fileId) {
        checkSound(tx, field, fileId).ifPresent(problem -> {
            throw problem.raise();
        });
        return require(tx, field, fileId);
    }

    private static Problem unknown(String field) {
        return Problem.invalid(field, "unknown", "There is no such file. Upload it first (POST /blobs/uploads) and give the id that its completion answers.");
    }

    /**
     * From now on {@code user} needs the file, besides those it needed before.
     *
     * @param kind what {@code user} is, as in a sentence: "call queue"
     */
    public void use(Tx tx, String fileId, String kind, String user) {
        store.use(tx, kind, user, fileId);
    }

    /** From now on {@code user} needs these files and no others; empty ids count as none. */
    public void set(Tx tx, String kind, String user, Collection<String> fileIds) {
        var wanted = fileIds.stream().filter(id -> !id.isEmpty()).collect(Collectors.toSet());
        var before = Set.copyOf(store.usedBy(tx, kind, user));
        before.stream().filter(id -> !wanted.contains(id)).forEach(id -> store.endUse(tx, kind, user, id, clock.instant()));
        wanted.stream().filter(id -> !before.contains(id)).forEach(id -> store.use(tx, kind, user, id));
    }

    /** {@code user} needs no file any more. They stay for a while, to be used again. */
    public void release(Tx tx, String kind, String user) {
        set(tx, kind, user, List.of());
    }

    /** {@code user} needs no file any more, and those that nobody else needs go at once: for what people delete because it should be gone. */
    public void discard(Tx tx, String kind, String user) {
        var used = store.usedBy(tx, kind, user);
        release(tx, kind, user);
        collect(tx, store.deleteUnused(tx, used));
    }

    /** Those of {@code fileIds} that nobody needs go at once; for whoever has just removed what needed them. */
    public void drop(Tx tx, Collection<String> fileIds) {
        collect(tx, store.deleteUnused(tx, fileIds));
    }

    private void collect(Tx tx, List<Digest> digests) {
        if (!digests.isEmpty()) {
            tx.afterCommit(() -> blobs.collectSoon(digests));
        }
    }

    /**
     * Puts {@code <prefix>file_name}, {@code …size} and {@code …url} beside each {@code <prefix>file_id} of some answers, in one query.
     *
     * @param prefixes such as {@code intro_prompt_}; empty for plain {@code file_id}
     */
    public void describe(Collection<ObjectNode> bodies, String... prefixes) {
        var wanted = new HashSet<String>();
        bodies.forEach(body -> List.of(prefixes).forEach(prefix -> wanted.add(body.path(prefix + "file_id").asText(""))));
        var found = store.read(tx -> byIds(tx, wanted));
        for (var body : bodies) {
            for (var prefix : prefixes) {
                Optional.ofNullable(found.get(body.path(prefix + "file_id").asText(""))).ifPresent(file -> describe(body, prefix, file));
            }
        }
    }

    /** Puts name, size and address of one file into an answer. */
    public static ObjectNode describe(ObjectNode body, String prefix, StoredFile file) {
        return body.put(prefix + "file_name", file.name()).put(prefix + "file_size", file.size()).put(prefix + "file_url", file.url());
    }

    /** Where its bytes are, to be read alone. */
    public Path path(StoredFile file) {
        return blobs.path(file.digest());
    }

    /** Where to write a file that is to be kept; what is not kept goes at the next start. */
    public Path draft() {
        return blobs.draft();
    }

    /** What follows once a file is kept, in the same transaction; it must say who uses it, or the file goes again. */
    @FunctionalInterface
    public interface Kept<T> {
        T in(Tx tx, StoredFile file);
    }

    /**
     * Keeps a file that the box made, and does {@code then} in the same transaction. Afterwards {@code made} is gone from where it was.
     *
     * @throws gatehouse.core.ProblemException UNAVAILABLE when the disk is full or fails
     */
    public <T> T keep(Path made, String name, Kept<T> then) {
        return keepAll(List.of(new Made(made, name)), (tx, kept) -> then.in(tx, kept.getFirst()));
    }

    /** A file that the box made, and how it is to be called. */
    public record Made(Path file, String name) { }

    /** As {@link Kept}, of several. */
    @FunctionalInterface
    public interface KeptAll<T> {
        T in(Tx tx, List<StoredFile> files);
    }

    /** As {@link #keep}, of several in one transaction: all or none. */
    public <T> T keepAll(List<Made> made, KeptAll<T> then) {
        return keepAll(made, Origin.BOX, then);
    }

    /** As {@link #keep}, of a file that stands where people name what they uploaded, such as an avatar. */
    public <T> T keepUpload(Path made, String name, Kept<T> then) {
        return keepAll(List.of(new Made(made, name)), Origin.UPLOAD, (tx, kept) -> then.in(tx, kept.getFirst()));
    }

    private <T> T keepAll(List<Made> made, Origin origin, KeptAll<T> then) {
        return blobs.keep(made.stream().map(Made::file).toList(), (index, digest, size, content) -> new StoredFile(ids.next(), made.get(index).name(), digest,
                size, content.mediaType(), content.duration(), content.soundFault(), clock.instant().truncatedTo(ChronoUnit.MILLIS)), (tx, kept) -> {
            kept.forEach(file -> store.insert(tx, file, origin, false, null));
            return then.in(tx, kept);
        });
    }

    Page<StoredFile> page(ListQuery query) {
        return store.page(query);
    }

    StoredFile uploaded(String id) {
        return store.read(tx -> store.uploaded(tx, id)).orElseThrow(() -> Problem.notFound("file").raise());
    }

    void delete(Actor actor, String id) {
        store.write(tx -> {
            var file = store.uploaded(tx, id).orElseThrow(() -> Problem.notFound("file").raise());
            var users = store.usersOf(tx, id);
            if (!users.isEmpty()) {
                throw new Problem(Code.CONFLICT, "This file is in use (" + String.join(", ", users) + "). Let them use another one first.",
                        Map.of("used_by", String.join(", ", users))).raise();
            }
            collect(tx, store.deleteUnused(tx, List.of(id)));
            audit.record(tx, actor, Action.DELETE, "SYSTEM", file.name(), FileRoutes.json(file).toString(), null);
            return null;
        });
    }
}
