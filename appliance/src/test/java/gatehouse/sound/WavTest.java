package gatehouse.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Sounds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what real programs write. */
class WavTest {
    @TempDir
    Path folder;

    private static Wav read(Path file) throws IOException, UnplayableException {
        try (var channel = FileChannel.open(file)) {
            return Wav.read(channel);
        }
    }

    private static String refusal(Path file) {
        return assertThrows(UnplayableException.class, () -> read(file)).getMessage();
    }

    @Test
    void what_can_be_played_is_told_by_coding_channels_rate_and_length() throws Exception {
        assertEquals(new Wav(Wav.Coding.PCM_16, 1, 8_000, 44, 16_000), read(Sounds.wav(folder, 1.0)));
        assertEquals(new Wav(Wav.Coding.PCM_8, 1, 8_000, 44, 8_000), read(Sounds.sox(folder, 1.0, "-b", "8", "-e", "unsigned-integer")));
        assertEquals(Wav.Coding.ALAW, read(Sounds.sox(folder, 1.0, "-e", "a-law")).coding());
        assertEquals(Wav.Coding.MULAW, read(Sounds.sox(folder, 1.0, "-e", "u-law")).coding());
        var stereo = read(Sounds.sox(folder, 2.5, "-r", "44100", "-c", "2", "-b", "16"));
        assertEquals(2, stereo.channels());
        assertEquals(44_100, stereo.rate());
        assertEquals(Duration.ofMillis(2_500), stereo.duration());
    }

    @Test
    void what_cannot_be_played_is_refused_with_its_name_and_what_to_send_instead() throws Exception {
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-e", "gsm-full-rate")).contains("GSM"));
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-e", "ima-adpcm")).contains("IMA ADPCM"));
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-b", "24", "-e", "signed-integer")).contains("24 bits"));
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-b", "32", "-e", "floating-point")).contains("floating-point"));
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-r", "96000", "-b", "16")).contains("96000 samples"));
        assertTrue(refusal(Sounds.sox(folder, 1.0, "-c", "4", "-b", "16")).contains("4 channels"));
        var text = Files.writeString(folder.resolve("text.wav"), "This is not a sound at all.");
        assertTrue(refusal(text).contains("not a WAV file"));
        assertTrue(refusal(text).contains("PCM"), "and it says what to send");
    }

    @Test
    void a_sound_without_a_length_goes_to_the_end_of_the_file() throws Exception {
        var bytes = Files.readAllBytes(Sounds.wav(folder, 1.0));
        for (var length : new int[] {0, -1, Integer.MAX_VALUE}) {
            var piped = bytes.clone();
            for (int i = 0; i < 4; i++) {
                piped[40 + i] = (byte) (length >> 8 * i);
            }
            assertEquals(16_000, read(Files.write(folder.resolve("piped.wav"), piped)).dataLength());
        }
    }

    @Test
    void a_file_cut_anywhere_is_short_or_refused_and_never_worse() throws Exception {
        var bytes = Files.readAllBytes(Sounds.wav(folder, 0.01));
        for (int length = 0; length < bytes.length; length++) {
            var cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, length));
            if (length < 46) {
                refusal(cut);
            } else {
                assertEquals((length - 44) / 2 * 2, read(cut).dataLength());
            }
        }
    }

    @Test
    void a_header_of_nonsense_is_read_or_refused() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var bytes = Files.readAllBytes(Sounds.wav(folder, 0.01));
        for (int i = 0; i < 2_000; i++) {
            var spoilt = bytes.clone();
            for (int change = 0; change <= i % 4; change++) {
                spoilt[random.nextInt(48)] = (byte) random.nextInt();
            }
            try {
                var wav = read(Files.write(folder.resolve("spoilt.wav"), spoilt));
                assertTrue(wav.dataOffset() + wav.dataLength() <= spoilt.length && wav.dataLength() > 0 && !wav.duration().isNegative(), "seed " + seed);
            } catch (UnplayableException expected) {
                assertTrue(expected.getMessage().contains("WAV"), "seed " + seed);
            }
        }
    }
}
