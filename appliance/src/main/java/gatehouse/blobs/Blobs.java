package gatehouse.blobs;

import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.core.Timers;
import gatehouse.store.Store.Tx;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps rows and bytes together: bytes are safe before the row that names them is written, and go after it is gone. What a power cut
 * leaves between the two has bytes and no row; {@link Sweep} finds it. Thread-safe.
 */
final class Blobs {
    private static final System.Logger LOG = System.getLogger(Blobs.class.getName());
    private static final long RESERVE = 256L << 20; // for the database, its log and updates: a full disk stops the telephone
    private static final String DRAFT = "made-";

    /** Names the file that some bytes become; the {@code index}-th of several. */
    interface Making {
        StoredFile file(int index, Digest digest, long size, Content content);
    }

    private final BlobFolder folder;
    private final FileStore store;
    private final Timers timers;
    private final Ids ids;
    /** Held while bytes and their row come or go, so that what one thread places another does not take for garbage. Never taken inside a transaction. */
    private final ReentrantLock placing = new ReentrantLock();

    Blobs(BlobFolder folder, FileStore store, Timers timers, Ids ids) {
        this.folder = folder;
        this.store = store;
        this.timers = timers;
        this.ids = ids;
    }

    Path path(Digest digest) {
        return folder.blob(digest);
    }

    Path draft() {
        return folder.draft(DRAFT + ids.next());
    }

    static boolean isOwnDraft(Path file) {
        return file.getFileName().toString().startsWith(DRAFT);
    }

    /** @param more bytes that are about to be written; @throws ProblemException UNAVAILABLE when the disk is nearly full */
    void checkRoom(long more) throws IOException {
        if (folder.room() - more < RESERVE) {
            throw new Problem(Code.UNAVAILABLE, "The box's disk is nearly full, so it takes no more files. Delete recordings or files that are no longer "
                    + "needed, then try again.", Map.of("rule", "disk")).raise();
        }
    }

    /** All of {@code made} in one transaction, in the same order. */
    <T> T keep(List<Path> made, Making making, KeptAll<T> then) {
        var drafts = made.stream().map(file -> folder.isDraft(file) ? file : draft()).toList();
        try {
            var placings = new ArrayList<Placing>();
            for (int i = 0; i < made.size(); i++) {
                bringIn(made.get(i), drafts.get(i));
                var size = BlobFolder.size(drafts.get(i));
                placings.add(new Placing(drafts.get(i), making.file(i, Digest.of(drafts.get(i), size), size, Content.of(drafts.get(i)))));
            }
            var kept = place(placings, then);
            made.forEach(this::deleteQuietly);
            return kept;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            drafts.stream().filter(draft -> !made.contains(draft)).forEach(this::deleteQuietly);
        }
    }

    private void bringIn(Path made, Path draft) throws IOException {
        checkRoom(draft.equals(made) ? 0 : BlobFolder.size(made));
        if (!draft.equals(made)) {
            folder.bringIn(made, draft);
            return;
        }
        if (!Files.exists(draft)) {
            throw new NoSuchFileException(draft.toString());
        }
        try (var out = folder.open(draft, BlobFolder.size(draft))) {
            out.sync();
        }
    }

    /** What becomes the bytes of which file. */
    record Placing(Path draft, StoredFile file) { }

    /** What follows once files are kept, in the same transaction. */
    interface KeptAll<T> {
        T in(Tx tx, List<StoredFile> files);
    }

    /** Makes drafts, whose bytes are safe, the bytes of files, and does {@code then} in the transaction that writes their rows. The drafts stay. */
    <T> T place(List<Placing> placings, KeptAll<T> then) throws IOException {
        placing.lock();
        try {
            for (var one : placings) {
                folder.place(one.draft, one.file.digest());
            }
            try {
                return store.write(tx -> then.in(tx, placings.stream().map(Placing::file).toList()));
            } catch (RuntimeException e) {
                placings.forEach(one -> dropUnlessKnown(one.file.digest()));
                throw e;
            }
        } finally {
            placing.unlock();
        }
    }

    private void dropUnlessKnown(Digest digest) {
        try {
            if (!store.<Boolean>read(tx -> store.hasBlob(tx, digest))) {
                folder.delete(folder.blob(digest));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "Bytes without a file stay until the next sweep", e);
        }
    }

    /** Removes the bytes of those that no file has any more, a moment later: whoever deletes need not wait for the disk. */
    void collectSoon(List<Digest> maybe) {
        timers.after(Duration.ZERO, () -> collect(maybe));
    }

    void collect(List<Digest> maybe) {
        placing.lock();
        try {
            for (var digest : store.write(tx -> store.deleteBlobs(tx, maybe))) {
                deleteQuietly(folder.blob(digest));
            }
        } finally {
            placing.unlock();
        }
    }

    /** Removes bytes that have no row: those of a transaction that was never written, or of a row whose end was all that was. */
    void dropOrphans() throws IOException {
        folder.eachBlob(some -> {
            for (var digest : store.read(tx -> store.unknown(tx, some))) {
                placing.lock();
                try {
                    dropUnlessKnown(digest);
                } finally {
                    placing.unlock();
                }
            }
        });
    }

    void deleteQuietly(Path file) {
        try {
            folder.delete(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A file stays until the next sweep: " + e);
        }
    }

    static ProblemException failed(IOException e) {
        LOG.log(Level.ERROR, "The disk failed: " + e);
        return Problem.of(Code.UNAVAILABLE, "The box could not use its disk. Try again; if it fails again, see its log.").raise();
    }
}
