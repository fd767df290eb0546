package gatehouse.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.blobs.FaultyDisk.Cut;
import gatehouse.blobs.FaultyDisk.Fault;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every step of the life of a file fails in turn, and the power goes at every one: before and after each write, sync, rename and transaction. */
class FileFaultsTest {
    private static final byte[] MUSIC = bytes(150_000, 1);
    private static final byte[] MESSAGE = bytes(70_000, 2);

    @TempDir
    Path top;

    private static byte[] bytes(int count, int seed) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 251 + seed);
        }
        return bytes;
    }

    /** How far it came: what was answered must hold whatever happens next. */
    private static final class Story {
        Uploads.Begun music;
        long received;
        StoredFile file;
        StoredFile message;
        boolean messageGone;
        StoredFile second;
        boolean deleting;
        boolean deleted;

        /** @param again how to do a step that may fail */
        void live(FilesBench bench, Again again) {
            music = again.of(() -> bench.uploads().begin(FilesBench.ALICE, "music.wav", false));
            received = again.of(() -> append(bench, 0, 100_000));
            received = again.of(() -> append(bench, received, 150_000));
            file = again.of(() -> ((Uploads.Completed.Ok) bench.uploads().complete(FilesBench.ALICE, music.id(), music.token(), digestOf(MUSIC),
                    FilesBench.nothing())).file());
            message = again.of(() -> bench.files().keep(made(bench), "message.wav", (tx, kept) -> {
                bench.files().use(tx, kept.id(), "voicemail", "v1");
                return kept;
            }));
            again.of(() -> bench.store.write(tx -> {
                bench.files().discard(tx, "voicemail", "v1");
                return true;
            }));
            messageGone = true;
            again.of(() -> {
                bench.timers.push(Duration.ofSeconds(1));
                return true;
            });
            second = again.of(() -> bench.uploaded(FilesBench.BOB, "music again.wav", false, MUSIC));
            deleting = true;
            again.of(() -> {
                bench.files().delete(FilesBench.ADMIN, file.id());
                return true;
            });
            deleted = true;
            again.of(() -> {
                bench.timers.push(Duration.ofSeconds(1));
                bench.sweep();
                return true;
            });
        }

        private long append(FilesBench bench, long from, int to) {
            var here = bench.uploads().received(FilesBench.ALICE, music.id());
            return bench.uploads().append(FilesBench.ALICE, music.id(), music.token(), Optional.empty(),
                    FilesBench.body(Arrays.copyOfRange(MUSIC, (int) Math.max(here, from), to))).received();
        }

        private static Path made(FilesBench bench) {
            try {
                var made = bench.folder.resolve("recorder.wav");
                return java.nio.file.Files.write(made, MESSAGE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private interface Again {
        <T> T of(Supplier<T> step);
    }

    private static final Again ONCE = new Again() {
        @Override
        public <T> T of(Supplier<T> step) {
            return step.get();
        }
    };

    private static Optional<Digest> digestOf(byte[] bytes) {
        return Digest.parse(java.util.HexFormat.of().formatHex(Digest.sha256().digest(bytes)));
    }

    @Test
    void the_power_may_go_at_any_step() throws IOException {
        var step = 1;
        for (var went = true; went; step++) {
            var folder = java.nio.file.Files.createDirectory(top.resolve("cut-" + step));
            var disk = new FaultyDisk(Fault.CUTS, step);
            var story = new Story();
            cutShort(folder, disk, story);
            disk.settle();
            went = disk.wentWrong();
            try (var after = new FilesBench(folder)) {
                holds(after, story, "step " + step);
            }
        }
        assertTrue(step > 60, "only " + step + " steps");
    }

    private static void cutShort(Path folder, FaultyDisk disk, Story story) {
        try (var bench = new FilesBench(folder, disk)) {
            story.live(bench, ONCE);
        } catch (Cut expected) {
            assertTrue(disk.wentWrong());
        }
    }

    private static void holds(FilesBench bench, Story story, String when) throws IOException {
        assertTrue(bench.onDisk().containsAll(bench.inStore()), when + ": a row without its bytes");
        for (var hex : bench.inStore()) {
            var file = bench.keeping.path(new Digest(hex));
            assertEquals(hex, Digest.of(file, BlobFolder.size(file)).hex(), when + ": other bytes than its name says");
        }
        if (story.received > 0 && story.file == null) {
            assertTrue(bench.uploads().received(FilesBench.ALICE, story.music.id()) >= story.received
                    || completed(bench, story), when + ": bytes were lost that were told to be safe");
        }
        if (story.music != null && story.file == null) {
            var done = finish(bench, story);
            assertArrayEquals(MUSIC, java.nio.file.Files.readAllBytes(bench.files().path(done)), when);
        }
        assertTrue(story.file == null || story.deleting || there(bench, story.file), when + ": a file is lost");
        assertTrue(!story.deleted || !there(bench, story.file), when + ": what was deleted is back");
        assertTrue(story.second == null || there(bench, story.second), when + ": a file is lost");
        assertTrue(!story.messageGone || !there(bench, story.message), when + ": what was discarded is back");
        bench.sweep();
        assertEquals(bench.inStore(), bench.onDisk(), when + ": bytes that nobody names");
        assertEquals(Set.of(), strays(bench), when);
    }

    /** What lies in the folder of uploads and belongs to none; the box's own drafts go at a start. */
    private static Set<String> strays(FilesBench bench) throws IOException {
        List<String> known = bench.store.read(tx -> tx.list("SELECT id FROM uploads", row -> row.getString("id")));
        var strays = bench.drafts();
        strays.removeIf(name -> known.contains(name) || bench.isOld() && name.startsWith("made-"));
        return strays;
    }

    private static boolean completed(FilesBench bench, Story story) {
        return bench.store.<Boolean>read(tx -> tx.one("SELECT file_id FROM uploads WHERE id = ?", row -> row.getString("file_id") != null, story.music.id())
                .orElse(false));
    }

    /** As a client does after a break: asks how far it came, sends the rest, completes. */
    private static StoredFile finish(FilesBench bench, Story story) {
        var here = completed(bench, story) ? MUSIC.length : (int) bench.uploads().received(FilesBench.ALICE, story.music.id());
        return ((Uploads.Completed.Ok) bench.uploads().complete(FilesBench.ALICE, story.music.id(), story.music.token(), digestOf(MUSIC),
                FilesBench.body(Arrays.copyOfRange(MUSIC, here, MUSIC.length)))).file();
    }

    private static boolean there(FilesBench bench, StoredFile file) {
        return bench.store.<Boolean>read(tx -> bench.files().find(tx, file.id()).isPresent());
    }

    @Test
    void any_step_of_the_disk_may_fail_and_is_done_again() throws IOException {
        var step = 4; // the first three make the folders, without which nothing starts
        for (var went = true; went; step++) {
            var folder = java.nio.file.Files.createDirectory(top.resolve("fail-" + step));
            var disk = new FaultyDisk(Fault.FAILS, step);
            var story = new Story();
            try (var bench = new FilesBench(folder, disk)) {
                story.live(bench, again("step " + step));
                went = disk.wentWrong();
                holds(bench, story, "step " + step);
                assertEquals(1, bench.inStore().size(), "step " + step);
            }
        }
        assertTrue(step > 30, "only " + step + " steps");
    }

    private static Again again(String when) {
        return new Again() {
            @Override
            public <T> T of(Supplier<T> step) {
                try {
                    return step.get();
                } catch (ProblemException e) {
                    assertEquals(Code.UNAVAILABLE, e.problems().getFirst().code(), when);
                } catch (java.io.UncheckedIOException sweepEndedEarly) {
                    assertTrue(sweepEndedEarly.getMessage().contains("on purpose"), when);
                }
                return step.get();
            }
        };
    }

    @Test
    void a_store_that_is_gone_leaves_no_bytes_behind_for_good() throws IOException {
        var folder = java.nio.file.Files.createDirectory(top.resolve("closed"));
        try (var bench = new FilesBench(folder)) {
            var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
            bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(MUSIC));
            org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, () -> bench.files().keep(
                    java.nio.file.Files.write(folder.resolve("made.wav"), MESSAGE), "m", (_, _) -> {
                        throw new IllegalStateException("on purpose");
                    }));
            assertEquals(java.util.Set.of(), bench.onDisk(), "a transaction that failed took its bytes along");
        }
        try (var store = new SqliteStore(folder.resolve("gatehouse.db"))) {
            assertEquals(0, store.read(tx -> tx.one("SELECT count(*) AS n FROM files", row -> row.getInt("n"))).orElseThrow());
        }
    }
}
