package gatehouse.blobs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where bytes lie: {@code blobs/ab/cdef…} by digest, {@code uploads/} while they come. Thread-safe as far as one content or upload is
 * handled by one thread at a time.
 */
final class BlobFolder {
    private static final int FAN_OUT = 2; // 256 folders: some hundred files each on a full disk
    private static final int PIECE = 64 << 10;

    private final Path blobs;
    private final Path drafts;
    private final Disk disk;

    BlobFolder(Path data, Disk disk) {
        this.blobs = data.resolve("blobs");
        this.drafts = data.resolve("uploads");
        this.disk = disk;
        try {
            disk.makeFolder(blobs);
            disk.makeFolder(drafts);
            disk.syncFolder(data);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + data + " cannot be used", e);
        }
    }

    Path blob(Digest digest) {
        return blobs.resolve(digest.hex().substring(0, FAN_OUT)).resolve(digest.hex().substring(FAN_OUT));
    }

    /** A file that is being written, by a name of its own. */
    Path draft(String name) {
        return drafts.resolve(name);
    }

    boolean isDraft(Path file) {
        return drafts.equals(file.getParent());
    }

    static long size(Path file) {
        return file.toFile().length(); // 0 when it is not there
    }

    /** Opens a draft at {@code at}; a new one has its name safe before anything is told of it. */
    Disk.Out open(Path draft, long at) throws IOException {
        var isNew = !Files.exists(draft);
        var out = disk.open(draft, at);
        if (isNew) {
            try {
                disk.syncFolder(drafts);
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }
        return out;
    }

    /** Brings a file from elsewhere in as a draft; its bytes are safe then. */
    void bringIn(Path from, Path draft) throws IOException {
        try (var in = new FileInputStream(from.toFile()); var out = disk.open(draft, 0)) {
            var piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, count);
            }
            out.sync();
        }
    }

    /**
     * Gives a draft, whose bytes are safe, the blob's name too, so that a power cut cannot take it once this returns. The draft's own name
     * stays until the row is there. What has the blob's name already is the same content, safe as well.
     */
    void place(Path draft, Digest digest) throws IOException {
        var to = blob(digest);
        if (!Files.isDirectory(to.getParent())) {
            disk.makeFolder(to.getParent());
            disk.syncFolder(blobs);
        }
        if (!Files.exists(to)) {
            disk.link(draft, to);
        }
        disk.syncFolder(to.getParent());
    }

    void delete(Path file) throws IOException {
        disk.delete(file);
    }

    long room() throws IOException {
        return disk.room(drafts);
    }

    List<Path> drafts() throws IOException {
        try (var files = Files.list(drafts)) {
            return files.toList();
        }
    }

    /** Every digest that has bytes here, some hundred at a time. */
    void eachBlob(Consumer<List<Digest>> some) throws IOException {
        List<Path> folders;
        try (var all = Files.list(blobs)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (var folder : folders) {
            var digests = new ArrayList<Digest>();
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> Digest.parse(folder.getFileName() + file.getFileName().toString())).flatMap(Optional::stream).forEach(digests::add);
            }
            some.accept(digests);
        }
    }
}
