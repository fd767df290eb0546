package gatehouse.company;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much of the disk the box's data takes. */
final class DiskUse {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private DiskUse() {
    }

    static long bytes(Path folder) {
        var sum = new SimpleFileVisitor<Path>() {
            private long bytes;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path goneMeanwhile, IOException why) {
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.bytes;
    }

    /** In the contract's way: {@code 17MB}. */
    static String text(long bytes) {
        var unit = 0;
        var left = bytes;
        for (; left >= 10 * 1024 && unit < UNITS.length - 1; unit++) {
            left /= 1024;
        }
        return left + UNITS[unit];
    }
}
