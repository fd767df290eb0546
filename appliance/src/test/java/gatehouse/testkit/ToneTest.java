package gatehouse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToneTest {
    @TempDir
    Path folder;

    private Path wav(double hertz, int milliseconds) throws IOException {
        return Tone.write(folder.resolve("tone.wav"), hertz, Duration.ofMillis(milliseconds));
    }

    /** Changes the samples of a WAV file in place. */
    private static Path change(Path file, java.util.function.IntBinaryOperator sample) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 44; at < bytes.capacity(); at += 2) {
            bytes.putShort(at, (short) sample.applyAsInt((at - 44) / 2, bytes.getShort(at)));
        }
        return Files.write(file, bytes.array());
    }

    @Test
    void what_was_written_is_heard() throws IOException {
        for (var hertz : new int[] {300, 440, 1000, 3000}) {
            var heard = Tone.in(wav(hertz, 1000));
            assertTrue(heard.near(hertz), hertz + " was heard as " + heard);
            assertEquals(0.5, heard.level(), 0.01);
            assertEquals(Duration.ofSeconds(1), heard.length());
        }
        assertFalse(Tone.in(wav(440, 1000)).near(1000));
    }

    @Test
    void a_tone_between_silences_is_heard_for_its_own_length() throws IOException {
        var heard = Tone.in(change(wav(1000, 3000), (at, value) -> at < 8000 || at > 16_000 ? 0 : value / 4));
        assertTrue(heard.near(1000), heard.toString());
        assertEquals(Duration.ofSeconds(1), heard.length());
        assertFalse(Tone.in(folder.resolve("tone.wav"), Duration.ZERO, Duration.ofSeconds(1)).near(1000));
    }

    @Test
    void a_tone_with_some_noise_is_a_tone_and_noise_alone_is_not() throws IOException {
        var random = new Random(5);
        assertTrue(Tone.in(change(wav(440, 1000), (_, value) -> value / 4 + random.nextInt(-1500, 1500))).near(440));
        assertEquals(Tone.Heard.NOTHING, Tone.in(change(wav(440, 1000), (_, _) -> random.nextInt(-15_000, 15_000))));
        assertEquals(Tone.Heard.NOTHING, Tone.in(change(wav(440, 1000), (_, _) -> 0)));
    }

    @Test
    void a_recording_that_is_still_being_written_is_read_so_far() throws IOException {
        var bytes = Files.readAllBytes(wav(440, 1000));
        ByteBuffer.wrap(bytes).putInt(4, 0).putInt(40, 0);
        assertTrue(Tone.in(Files.write(folder.resolve("open.wav"), Arrays.copyOf(bytes, 9001))).near(440));
        var empty = Files.write(folder.resolve("empty.wav"), new byte[0]);
        assertThrows(EOFException.class, () -> Tone.in(empty));
    }
}
