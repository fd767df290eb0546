package gatehouse.blobs;

import gatehouse.audit.Audit;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The parts of this package, joined. */
public final class FileKeeping {
    private final Files files;
    private final Uploads uploads;
    private final FileStore store;
    private final Blobs blobs;
    private final Sweep sweep;

    /**
     * @param data      the folder of the box's data
     * @param nanoTime  a clock for how long an upload takes
     */
    public FileKeeping(Path data, Store store, Audit audit, Clock clock, LongSupplier nanoTime, Timers timers, Ids ids) {
        this(data, new SystemDisk(), store, audit, clock, nanoTime, timers, ids);
    }

    FileKeeping(Path data, Disk disk, Store database, Audit audit, Clock clock, LongSupplier nanoTime, Timers timers, Ids ids) {
        var folder = new BlobFolder(data, disk);
        store = new FileStore(database);
        blobs = new Blobs(folder, store, timers, ids);
        files = new Files(store, blobs, audit, clock, ids);
        uploads = new Uploads(new UploadStore(database), store, folder, blobs, clock, nanoTime, ids);
        sweep = new Sweep(store, uploads, blobs, clock, timers);
        dropDrafts(folder);
    }

    /** What the box was recording when it stopped. */
    private static void dropDrafts(BlobFolder folder) {
        try {
            for (var draft : folder.drafts()) {
                if (Blobs.isOwnDraft(draft)) {
                    folder.delete(draft);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of uploads cannot be used", e);
        }
    }

    /** From now on removes what nobody needs any more. @param temporary how long a temporary file is kept that nothing uses */
    public void sweepNowAndThen(Supplier<Duration> temporary) {
        sweep.start(temporary);
    }

    public Files files() {
        return files;
    }

    public BlobRoutes blobRoutes() {
        return new BlobRoutes(uploads, store, blobs);
    }

    public FileRoutes fileRoutes() {
        return new FileRoutes(files);
    }

    Path path(Digest digest) {
        return blobs.path(digest);
    }

    Uploads uploads() {
        return uploads;
    }

    Sweep sweep() {
        return sweep;
    }
}
