package gatehouse.blobs;

import gatehouse.core.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Removes, now and then, what nobody needs any more and what a power cut left behind. Its steps may be cut off anywhere, too. */
final class Sweep {
    private static final System.Logger LOG = System.getLogger(Sweep.class.getName());
    private static final Duration FIRST = Duration.ofMinutes(1); // the start has better things to do
    private static final Duration EVERY = Duration.ofHours(1);
    static final Duration UPLOAD_IDLE = Duration.ofDays(1);
    static final Duration UNUSED = Duration.ofDays(90);

    private final FileStore files;
    private final Uploads uploads;
    private final Blobs blobs;
    private final Clock clock;
    private final Timers timers;
    private boolean first = true;

    Sweep(FileStore files, Uploads uploads, Blobs blobs, Clock clock, Timers timers) {
        this.files = files;
        this.uploads = uploads;
        this.blobs = blobs;
        this.clock = clock;
        this.timers = timers;
    }

    /** @param temporary how long a temporary file is kept that nothing uses */
    void start(Supplier<Duration> temporary) {
        timers.after(FIRST, () -> runAndAgain(temporary));
    }

    private void runAndAgain(Supplier<Duration> temporary) {
        try {
            run(temporary.get());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "Files could not be swept", e);
        } finally {
            timers.after(EVERY, () -> runAndAgain(temporary));
        }
    }

    void run(Duration temporary) throws IOException {
        var now = clock.instant();
        uploads.sweep(now.minus(UPLOAD_IDLE));
        files.write(tx -> {
            files.markUnused(tx, now);
            files.deleteStale(tx, now.minus(temporary), now.minus(UNUSED));
            return null;
        });
        blobs.collect(files.read(files::blobsWithoutFile));
        if (first) { // only a start can follow a power cut
            blobs.dropOrphans();
            first = false;
        }
    }
}
