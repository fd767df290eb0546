package gatehouse.hal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real pair of pseudo terminals, by socat: what is written to one end comes out of the other. */
final class PtyPair implements AutoCloseable {
    final Path near;
    final Path far;
    private final Process socat;

    PtyPair(Path folder) throws IOException {
        near = folder.resolve("near");
        far = folder.resolve("far");
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far).inheritIO().start();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!(Files.exists(near) && Files.exists(far))) {
            if (System.nanoTime() > end || !socat.isAlive()) {
                throw new IOException("socat made no pty pair");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() {
        socat.destroy();
        socat.onExit().join();
    }
}
