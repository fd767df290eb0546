package gatehouse.blobs;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/** Takes bytes off the wire and puts them on the disk, piece by piece; so many at once, and each for so long. Thread-safe. */
final class Receiving {
    private static final int PIECE = 64 << 10;
    private static final int END = -1;
    private static final int GONE = -2;
    private static final int LOOK_AGAIN = 4 << 20; // bytes between looks at the disk's room
    private static final int MOST_AT_ONCE = 32; // an eighth of all requests
    private static final Duration LONGEST = Duration.ofMinutes(10); // 100 MiB at 1.4 Mbit/s; slower ones go on with another append

    enum Outcome {
        WHOLE,
        /** The client went away, or was too slow. What came is safe. */
        BROKE_OFF,
        TOO_MUCH
    }

    /** @param end how long the file is now */
    record Received(Outcome outcome, long end) { }

    private final BlobFolder folder;
    private final Blobs blobs;
    private final LongSupplier nanoTime;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    Receiving(BlobFolder folder, Blobs blobs, LongSupplier nanoTime) {
        this.folder = folder;
        this.blobs = blobs;
        this.nanoTime = nanoTime;
    }

    /** @param most how long the file may become */
    Received receive(Path draft, long at, long most, InputStream body) throws IOException {
        if (!places.tryAcquire()) {
            throw new Problem(Code.UNAVAILABLE, "The box is taking in " + MOST_AT_ONCE + " files already. Try again in a few seconds.",
                    Map.of("retry_after", 5)).raise();
        }
        try {
            var piece = new byte[PIECE];
            var first = read(body, piece);
            if (first == END) {
                return new Received(Outcome.WHOLE, at); // no body: nothing to open or to sync
            }
            try (var out = folder.open(draft, at)) {
                var received = copy(body, piece, first, out, at, most);
                if (received.outcome != Outcome.TOO_MUCH) {
                    out.sync();
                }
                return received;
            }
        } finally {
            places.release();
        }
    }

    private Received copy(InputStream body, byte[] piece, int first, Disk.Out out, long at, long most) throws IOException {
        var started = nanoTime.getAsLong();
        var end = at;
        var lookAt = at + LOOK_AGAIN;
        for (int count = first; count != END; count = read(body, piece)) {
            if (count == GONE) {
                return new Received(Outcome.BROKE_OFF, end);
            }
            if (end + count > most) {
                return new Received(Outcome.TOO_MUCH, end);
            }
            if (end > lookAt) {
                blobs.checkRoom(0);
                lookAt = end + LOOK_AGAIN;
            }
            out.write(piece, count);
            end += count;
            if (nanoTime.getAsLong() - started > LONGEST.toNanos()) {
                return new Received(Outcome.BROKE_OFF, end);
            }
        }
        return new Received(Outcome.WHOLE, end);
    }

    private static int read(InputStream body, byte[] piece) {
        try {
            return body.read(piece);
        } catch (IOException | RuntimeException clientGone) { // the web server has exceptions of its own for it
            return GONE;
        }
    }
}
