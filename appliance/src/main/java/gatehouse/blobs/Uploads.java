package gatehouse.blobs;

import gatehouse.api.Caller;
import gatehouse.blobs.Blobs.Placing;
import gatehouse.blobs.FileStore.Origin;
import gatehouse.blobs.UploadStore.Upload;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Uploads that can be resumed. What an answer says was received is safe on the disk; after a break the client asks and goes on from there.
 * An upload belongs to the user who began it, and to one request at a time. Thread-safe.
 */
final class Uploads {
    static final long LARGEST = 100L << 20; // three hours of sound at 8000 Hz and 16 bits take 173 MB, two hours of G.711 58 MB; nobody plays either
    private static final int MOST_OPEN = 8;
    private static final int MOST_UNUSED = 1_000;
    private static final long MOST_UNUSED_BYTES = 500L << 20;
    private static final int LONGEST_NAME = 255;
    private static final String NAMELESS = "upload";

    /** The body of an append. @param length as its header says */
    record Body(InputStream bytes, OptionalLong length) { }

    /** How an append ended. */
    sealed interface Appended {
        long received();

        record Ok(long received) implements Appended { }

        /** It does not begin where the last one ended: nothing was taken. */
        record Elsewhere(long received) implements Appended { }

        /** The body broke off or came too slowly; what came is kept. */
        record BrokeOff(long received) implements Appended { }
    }

    /** How a completion ended. */
    sealed interface Completed {
        record Ok(StoredFile file) implements Completed { }

        record BrokeOff(long received) implements Completed { }
    }

    record Begun(String id, String token) { }

    private final UploadStore store;
    private final FileStore files;
    private final BlobFolder folder;
    private final Blobs blobs;
    private final Clock clock;
    private final Ids ids;
    private final Receiving receiving;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Uploads(UploadStore store, FileStore files, BlobFolder folder, Blobs blobs, Clock clock, LongSupplier nanoTime, Ids ids) {
        this.store = store;
        this.files = files;
        this.folder = folder;
        this.blobs = blobs;
        this.clock = clock;
        this.ids = ids;
        this.receiving = new Receiving(folder, blobs, nanoTime);
    }

    Begun begin(Caller caller, String filename, boolean temporary) {
        var token = ids.text(52);
        var upload = new Upload(ids.next(), hash(token), caller.userId(), name(filename), temporary, 0, Optional.empty());
        return store.write(tx -> {
            if (store.openOf(tx, upload.owner()).count() >= MOST_OPEN) {
                throw new Problem(Code.TOO_MANY_REQUESTS, "You have " + MOST_OPEN + " uploads under way, which is the most. Complete or destroy one; "
                        + "those left alone end after a day.", Map.of("rule", "most", "limit", MOST_OPEN)).raise();
            }
            if (files.unusedOf(tx, upload.owner()).count() >= MOST_UNUSED) {
                throw new Problem(Code.CONFLICT, "You have " + MOST_UNUSED + " files that nothing uses, which is the most. Delete some first.",
                        Map.of("rule", "most", "limit", MOST_UNUSED)).raise();
            }
            store.insert(tx, upload, clock.instant());
            return new Begun(upload.id(), token);
        });
    }

    /** The last part of a path that a client gave, without what a name on a screen or in a header cannot have. */
    private static String name(String filename) {
        var name = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1).replaceAll("\\p{Cntrl}", "").strip();
        return name.isEmpty() ? NAMELESS : name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }

    private static byte[] hash(String token) {
        return Digest.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    private Upload own(Caller caller, String id) {
        return store.byId(caller.userId(), id).orElseThrow(() -> Problem.notFound("upload").raise());
    }

    private Upload own(Caller caller, String id, String token) {
        var upload = own(caller, id);
        if (!MessageDigest.isEqual(upload.tokenHash(), hash(token))) {
            throw Problem.of(Code.FORBIDDEN, "This is not the token of this upload. Send the one that its beginning answered.").raise();
        }
        return upload;
    }

    /** How much is safe: no more than what was told, and no more than what lies there. */
    private long received(Upload upload) {
        return upload.fileId().isPresent() ? upload.received() : Math.min(upload.received(), BlobFolder.size(draft(upload)));
    }

    long received(Caller caller, String id) {
        return received(own(caller, id));
    }

    private Path draft(Upload upload) {
        return folder.draft(upload.id());
    }

    Appended append(Caller caller, String id, String token, Optional<ContentRange> range, Body body) {
        return alone(id, () -> append(own(caller, id, token), range, body));
    }

    private Appended append(Upload upload, Optional<ContentRange> range, Body body) throws IOException {
        if (upload.fileId().isPresent()) {
            throw Problem.of(Code.CONFLICT, "This upload is complete. Begin another.").raise();
        }
        var at = received(upload);
        if (range.isPresent() && range.get().from() != at) {
            return new Appended.Elsewhere(at);
        }
        var most = Math.min(LARGEST, at + unusedLeft(upload.owner()));
        var told = range.map(ContentRange::length).map(OptionalLong::of).orElse(body.length());
        var end = range.map(ContentRange::total).orElse(OptionalLong.empty()).orElse(at + told.orElse(0));
        if (told.orElse(0) > 0 && end > most) {
            throw tooLarge(most);
        }
        blobs.checkRoom(told.orElse(0));
        var got = receiving.receive(draft(upload), at, most, body.bytes());
        if (got.outcome() == Receiving.Outcome.TOO_MUCH) {
            throw tooLarge(most);
        }
        if (got.outcome() == Receiving.Outcome.WHOLE && range.isPresent() && got.end() - at != range.get().length()) {
            throw Problem.invalid("Content-Range", "length", "Content-Range promises " + range.get().length() + " bytes, but the body has "
                    + (got.end() - at) + ". Nothing of it was kept.").raise();
        }
        if (!store.received(upload.id(), got.end(), clock.instant())) {
            throw Problem.notFound("upload").raise();
        }
        return got.outcome() == Receiving.Outcome.BROKE_OFF ? new Appended.BrokeOff(got.end()) : new Appended.Ok(got.end());
    }

    private long unusedLeft(String owner) {
        return files.<Long>read(tx -> MOST_UNUSED_BYTES - files.unusedOf(tx, owner).bytes() - store.openOf(tx, owner).bytes());
    }

    private static ProblemException tooLarge(long most) {
        return new Problem(Code.PAYLOAD_TOO_LARGE, most < LARGEST ? "Your uploads and the files of yours that nothing uses may have " + (MOST_UNUSED_BYTES >> 20)
                + " MiB together; " + Math.max(0, most) + " bytes are left. Delete some first." : "A file may have " + (LARGEST >> 20) + " MiB.",
                Map.of("rule", "maxLength", "limit", most)).raise();
    }

    /** @param claimed what the client says its digest is; an answer that was lost can be asked for again */
    Completed complete(Caller caller, String id, String token, Optional<Digest> claimed, Body last) {
        return alone(id, () -> {
            var upload = own(caller, id, token);
            if (upload.fileId().isPresent()) {
                return new Completed.Ok(files.read(tx -> files.byId(tx, upload.fileId().get())).orElseThrow(() -> Problem.notFound("upload").raise()));
            }
            return append(upload, Optional.empty(), last) instanceof Appended.BrokeOff(var received) ? new Completed.BrokeOff(received)
                    : new Completed.Ok(complete(own(caller, id, token), claimed));
        });
    }

    private StoredFile complete(Upload upload, Optional<Digest> claimed) throws IOException {
        var draft = draft(upload);
        var size = received(upload);
        if (size == 0) {
            throw Problem.invalid("", "minLength", "Nothing was uploaded: append the file's bytes first.").raise();
        }
        var digest = Digest.of(draft, size);
        if (claimed.isPresent() && !claimed.get().equals(digest)) {
            throw new Problem(Code.VALIDATE_FAILED, "What arrived has another digest than the one given. Destroy this upload and begin again.",
                    Map.of("field", "digest", "rule", "digest", "size", size)).raise();
        }
        try (var out = folder.open(draft, size)) { // what a broken append left behind is cut off
            out.sync();
        }
        var content = Content.of(draft);
        var file = new StoredFile(ids.next(), upload.name(), digest, size, content.mediaType(), content.duration(), content.soundFault(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var placed = blobs.place(List.of(new Placing(draft, file)), (tx, _) -> {
            files.insert(tx, file, Origin.UPLOAD, upload.temporary(), upload.owner());
            if (!store.completed(tx, upload.id(), file.id())) {
                throw Problem.notFound("upload").raise();
            }
            return file;
        });
        blobs.deleteQuietly(draft);
        return placed;
    }

    void destroy(Caller caller, String id) {
        alone(id, () -> {
            var upload = own(caller, id);
            store.delete(id);
            folder.delete(draft(upload));
            return null;
        });
    }

    /** Ends what nobody went on with, and removes bytes that belong to no upload. */
    void sweep(Instant untouchedSince) throws IOException {
        store.write(tx -> {
            store.deleteUntouchedSince(tx, untouchedSince);
            return null;
        });
        var drafts = folder.drafts(); // first the files, then the rows: a row is there before its file
        var known = Set.copyOf(store.write(store::ids));
        for (var draft : drafts) {
            var id = draft.getFileName().toString();
            if (!Blobs.isOwnDraft(draft) && !known.contains(id) && busy.add(id)) {
                try {
                    folder.delete(draft);
                } finally {
                    busy.remove(id);
                }
            }
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T alone(String id, Work<T> work) {
        if (!busy.add(id)) {
            throw new Problem(Code.CONFLICT, "Another request is at work on this upload. Wait for it to end.", Map.of("retry_after", 1)).raise();
        }
        try {
            return work.run();
        } catch (IOException e) {
            throw Blobs.failed(e);
        } finally {
            busy.remove(id);
        }
    }
}
