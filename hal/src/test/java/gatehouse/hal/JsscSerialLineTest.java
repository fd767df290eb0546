package gatehouse.hal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JsscSerialLineTest {
    @TempDir
    Path folder;

    @Test
    void bytes_go_both_ways_unchanged() throws Exception {
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (var pair = new PtyPair(folder); var near = JsscSerialLine.open(pair.near.toString(), 9600);
                var far = JsscSerialLine.open(pair.far.toString(), 9600)) {
            near.out().write(all);
            assertArrayEquals(all, far.in().readNBytes(all.length));
            far.out().write("back".getBytes(StandardCharsets.US_ASCII));
            assertEquals("back", new String(near.in().readNBytes(4), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void closing_the_line_ends_a_waiting_reader() throws Exception {
        try (var pair = new PtyPair(folder); var line = JsscSerialLine.open(pair.near.toString(), 9600)) {
            var reader = new FutureTask<>(() -> line.in().read());
            Thread.ofPlatform().start(reader);
            line.close();
            assertEquals(-1, reader.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_device_that_goes_away_ends_the_stream() throws Exception {
        var pair = new PtyPair(folder);
        try (var line = JsscSerialLine.open(pair.near.toString(), 9600)) {
            pair.close();
            assertEquals(-1, line.in().read());
        }
    }

    @Test
    void a_missing_device_is_named_with_the_cure() {
        var missing = assertThrows(IOException.class, () -> JsscSerialLine.open(folder.resolve("ttyNone").toString(), 9600));
        assertTrue(missing.getMessage().contains("ttyNone") && missing.getMessage().contains("dialout"), missing.getMessage());
    }
}
