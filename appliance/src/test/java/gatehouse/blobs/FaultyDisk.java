package gatehouse.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk of which one step fails, or at which the power is cut. After a cut nothing works any more, and {@link #settle} leaves what a disk
 * must keep and no more: bytes that were synced, names whose folder was.
 */
final class FaultyDisk implements Disk {
    /** What a step does that goes wrong. */
    enum Fault { FAILS, CUTS }

    /** The power is gone; no code of ours runs on. */
    static final class Cut extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A change of names that a power cut undoes until its folder is synced. */
    private record Change(Path folder, Runnable undo) { }

    private final Disk real = new SystemDisk();
    private final Fault fault;
    private int stepsLeft;
    private boolean cut;
    private long room = 1L << 40;
    private final Map<Path, Long> synced = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    /** @param wrong which step goes wrong, from 1; 0 for none */
    FaultyDisk(Fault fault, int wrong) {
        this.fault = fault;
        this.stepsLeft = wrong == 0 ? Integer.MAX_VALUE : wrong;
    }

    void room(long bytes) {
        room = bytes;
    }

    /** Whether the step that should go wrong was reached. */
    boolean wentWrong() {
        return stepsLeft <= 0;
    }

    /** Counts a step of the disk, or of the store beside it. @return whether this one fails */
    boolean step() {
        if (cut) {
            throw new Cut();
        }
        if (--stepsLeft != 0) {
            return false;
        }
        if (fault == Fault.CUTS) {
            cut = true;
            throw new Cut();
        }
        return true;
    }

    /** A step of the store: cut before and after it, but only the disk fails by itself. */
    void stepUnlessFails() {
        if (fault == Fault.CUTS) {
            step();
        }
    }

    private void stepOrFail() throws IOException {
        if (step()) {
            throw new IOException("on purpose");
        }
    }

    private final class Watched implements Out {
        private final Path file;
        private final Out out;

        Watched(Path file, Out out) {
            this.file = file;
            this.out = out;
        }

        @Override
        public void write(byte[] bytes, int count) throws IOException {
            if (step()) {
                out.write(bytes, count / 2);
                throw new IOException("no room, on purpose");
            }
            out.write(bytes, count);
        }

        @Override
        public void sync() throws IOException {
            stepOrFail();
            out.sync();
            synced.put(file, Files.size(file));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    @Override
    public Out open(Path file, long at) throws IOException {
        stepOrFail();
        if (!Files.exists(file)) {
            changes.add(new Change(file.getParent(), () -> deleted(file)));
            synced.put(file, 0L);
        }
        synced.merge(file, at, Math::min);
        return new Watched(file, real.open(file, at));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        stepOrFail();
        real.link(file, name);
        synced.put(name, synced.getOrDefault(file, Files.size(name)));
        changes.add(new Change(name.getParent(), () -> deleted(name)));
    }

    @Override
    public void delete(Path file) throws IOException {
        stepOrFail();
        real.delete(file);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        stepOrFail();
        if (!Files.exists(folder)) {
            changes.add(new Change(folder.getParent(), () -> deleted(folder)));
        }
        real.makeFolder(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        stepOrFail();
        real.syncFolder(folder);
        changes.removeIf(change -> change.folder.equals(folder));
    }

    @Override
    public long room(Path folder) throws IOException {
        stepOrFail();
        return room;
    }

    /** Leaves the folder as a power cut may: whatever was not synced is gone. */
    void settle() throws IOException {
        for (var change : changes.reversed()) {
            change.undo.run();
        }
        for (var file : synced.entrySet()) {
            if (Files.isRegularFile(file.getKey()) && Files.size(file.getKey()) > file.getValue()) {
                try (var channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(file.getValue());
                }
            }
        }
    }

    private static void deleted(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (var all = Files.walk(path)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
