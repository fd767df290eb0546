package gatehouse.hal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A serial line as two byte streams. Reads block: give each line a platform thread of its own. */
public interface SerialLine extends AutoCloseable {
    String path();

    /** Ends ({@code -1}) when the line is closed or the device goes away. */
    InputStream in();

    OutputStream out();

    @Override
    void close() throws IOException;
}
