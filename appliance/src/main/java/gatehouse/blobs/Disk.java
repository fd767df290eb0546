package gatehouse.blobs;

import java.io.IOException;
import java.nio.file.Path;

/** The few steps by which bytes become safe, one method each, so that tests can make each fail in turn. */
interface Disk {
    /** Opens for writing at {@code at}, making the file if need be; what lies beyond is cut off. */
    Out open(Path file, long at) throws IOException;

    /** Gives a file a second name on the same file system. */
    void link(Path file, Path name) throws IOException;

    /** Also when it is not there. */
    void delete(Path file) throws IOException;

    /** Also when it is there already. */
    void makeFolder(Path folder) throws IOException;

    /** Until then a power cut may undo which names a folder has (fsync of the folder). */
    void syncFolder(Path folder) throws IOException;

    /** Bytes that can still be written. */
    long room(Path folder) throws IOException;

    /** A file being written. */
    interface Out extends AutoCloseable {
        void write(byte[] bytes, int count) throws IOException;

        /** Until then a power cut may take back what was written (fdatasync). */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }
}
