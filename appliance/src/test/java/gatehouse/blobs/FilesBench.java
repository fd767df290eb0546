package gatehouse.blobs;

import gatehouse.api.Caller;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.core.Ids;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The whole package on a folder and a disk of the test's choice, with two users. */
final class FilesBench implements AutoCloseable {
    private static final Duration TEMPORARY = Duration.ofDays(30);
    static final Caller ALICE = new Caller("alice-id", "alice", "StandardUser", Set.of());
    static final Caller BOB = new Caller("bob-id", "bob", "StandardUser", Set.of());
    static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");

    final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    final AtomicLong nanos = new AtomicLong();
    final ManualTimers timers = new ManualTimers();
    final Path folder;
    final Store store;
    final FileKeeping keeping;
    private final Store real;

    FilesBench(Path folder) {
        this(folder, new SystemDisk(), new SqliteStore(folder.resolve("gatehouse.db")));
    }

    FilesBench(Path folder, FaultyDisk disk) {
        this(folder, disk, new SqliteStore(folder.resolve("gatehouse.db")), disk);
    }

    private FilesBench(Path folder, FaultyDisk disk, Store real, FaultyDisk same) {
        this(folder, same, real, counting(real, disk));
    }

    private FilesBench(Path folder, Disk disk, Store store) {
        this(folder, disk, store, store);
    }

    private FilesBench(Path folder, Disk disk, Store real, Store store) {
        this.folder = folder;
        this.real = real;
        this.store = store;
        real.write(tx -> {
            for (var name : List.of("alice", "bob")) {
                tx.run("""
                        INSERT INTO users (id, name, name_key, role, display_name, email, password_hash, created_at) VALUES (?, ?, ?, 'r', ?, '', '', 0)
                        ON CONFLICT DO NOTHING""", name + "-id", name, name, name);
            }
            return null;
        });
        try {
            var ids = new Ids(new SecureRandom());
            keeping = new FileKeeping(folder, disk, store, new Audit(new AuditStore(store), clock, ids), clock, nanos::get, timers, ids);
            keeping.sweepNowAndThen(() -> TEMPORARY);
        } catch (RuntimeException | Error e) {
            real.close();
            throw e;
        }
    }

    /** A store whose transactions are steps too: the power may go before one and after it. */
    private static Store counting(Store real, FaultyDisk disk) {
        return new Store() {
            @Override
            public <T> T write(Work<T> work) {
                disk.stepUnlessFails();
                var value = real.write(work);
                disk.stepUnlessFails();
                return value;
            }

            @Override
            public <T> T read(Work<T> work) {
                return real.read(work);
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    /** Whether a fault may have left something that the next start removes. */
    boolean isOld() {
        return real != store;
    }

    Files files() {
        return keeping.files();
    }

    Uploads uploads() {
        return keeping.uploads();
    }

    static Uploads.Body body(byte[] bytes) {
        return new Uploads.Body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    static Uploads.Body nothing() {
        return body(new byte[0]);
    }

    StoredFile uploaded(Caller by, String name, boolean temporary, byte[] bytes) {
        var begun = uploads().begin(by, name, temporary);
        return ((Uploads.Completed.Ok) uploads().complete(by, begun.id(), begun.token(), Optional.empty(), body(bytes))).file();
    }

    void sweep() {
        try {
            keeping.sweep().run(TEMPORARY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Digests that have bytes. */
    Set<String> onDisk() throws IOException {
        var all = new TreeSet<String>();
        try (var walk = java.nio.file.Files.walk(folder.resolve("blobs"))) {
            walk.filter(java.nio.file.Files::isRegularFile).forEach(file -> all.add(file.getParent().getFileName() + file.getFileName().toString()));
        }
        return all;
    }

    /** Digests that have rows. */
    Set<String> inStore() {
        List<String> digests = real.read(tx -> tx.list("SELECT digest FROM blobs", row -> row.getString("digest")));
        return new TreeSet<>(digests);
    }

    Set<String> drafts() throws IOException {
        try (var list = java.nio.file.Files.list(folder.resolve("uploads"))) {
            return new TreeSet<>(list.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Override
    public void close() {
        real.close();
    }
}
