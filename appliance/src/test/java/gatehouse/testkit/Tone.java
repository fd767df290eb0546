package gatehouse.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Sound that can be told apart: what one phone plays is proved in what the other one recorded by its frequency. */
public final class Tone {
    private static final int RATE = 8000;
    private static final double WINDOW_SECONDS = 0.1; // 10 Hz apart is the best it can tell
    private static final int LOWEST = 100;
    private static final int HIGHEST = 3400; // the telephone band
    private static final int STEP = 10;
    private static final double SILENCE = 0.01; // of full scale; comfort noise and dither stay below
    private static final double PURITY = 0.6; // of a window's energy, or it is noise and no tone

    /**
     * The tone that sounds longest in a recording.
     *
     * @param hertz  within 10 Hz; 0 when only silence or noise was heard
     * @param level  mean amplitude, full scale is 1
     * @param length for how long it was heard; silence and other sounds not counted
     */
    public record Heard(int hertz, double level, Duration length) {
        public static final Heard NOTHING = new Heard(0, 0, Duration.ZERO);

        public boolean near(double wanted) {
            return Math.abs(hertz - wanted) <= 15;
        }
    }

    private record Samples(int rate, double[] values) { }

    private Tone() {
    }

    /** Writes {@code length} of a sine at half of full scale: WAV, 8 kHz, 16 bit, mono. */
    public static Path write(Path file, double hertz, Duration length) throws IOException {
        var samples = (int) (length.toMillis() * RATE / 1000);
        var wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) Math.round(16_384 * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
        return Files.write(file, wav.array());
    }

    /** The longest tone of a WAV file that may still be open in its writer; the first channel when there are more. */
    public static Heard in(Path file) throws IOException {
        return in(file, Duration.ZERO, Duration.ofDays(1));
    }

    /** The longest tone between {@code from} and {@code to} of a WAV file. */
    public static Heard in(Path file, Duration from, Duration to) throws IOException {
        var all = read(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        var first = Math.min(all.values.length, from.toMillis() * all.rate / 1000);
        var last = Math.min(all.values.length, to.toMillis() * all.rate / 1000);
        return strongest(new Samples(all.rate, Arrays.copyOfRange(all.values, (int) first, (int) Math.max(first, last))));
    }

    /** For how long it has been recorded so far. */
    public static Duration length(Path file) throws IOException {
        var all = read(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        return Duration.ofMillis(1000L * all.values.length / all.rate);
    }

    private static Heard strongest(Samples samples) {
        var windows = new int[HIGHEST / STEP + 1];
        var levels = new double[HIGHEST / STEP + 1];
        var width = (int) (samples.rate * WINDOW_SECONDS);
        for (int start = 0; start + width <= samples.values.length; start += width) {
            var window = Arrays.copyOfRange(samples.values, start, start + width);
            var bin = bin(window, samples.rate);
            if (bin > 0) {
                windows[bin]++;
                levels[bin] += rms(window) * Math.sqrt(2);
            }
        }
        var best = 0;
        for (int bin = 1; bin < windows.length; bin++) {
            best = windows[bin] > windows[best] ? bin : best;
        }
        return windows[best] == 0 ? Heard.NOTHING
                : new Heard(best * STEP, levels[best] / windows[best], Duration.ofMillis((long) (1000 * WINDOW_SECONDS * windows[best])));
    }

    /** The bin that holds most of a window's energy; 0 for silence and noise. */
    private static int bin(double[] window, int rate) {
        var rms = rms(window);
        if (rms < SILENCE) {
            return 0;
        }
        var best = 0;
        double most = 0;
        for (int hertz = LOWEST; hertz <= HIGHEST; hertz += STEP) {
            var power = power(window, hertz, rate);
            if (power > most) {
                most = power;
                best = hertz / STEP;
            }
        }
        // A sine of amplitude a has the power (a·n/2)² in its bin, and a mean square of a²/2.
        var tone = 2 * most / ((double) window.length * window.length);
        return tone / (rms * rms) >= PURITY ? best : 0;
    }

    /** Goertzel's algorithm: the squared magnitude of one frequency. */
    private static double power(double[] window, double hertz, int rate) {
        var coefficient = 2 * Math.cos(2 * Math.PI * hertz / rate);
        double last = 0;
        double lastButOne = 0;
        for (var sample : window) {
            var next = sample + coefficient * last - lastButOne;
            lastButOne = last;
            last = next;
        }
        return last * last + lastButOne * lastButOne - coefficient * last * lastButOne;
    }

    private static double rms(double[] window) {
        double sum = 0;
        for (var sample : window) {
            sum += sample * sample;
        }
        return Math.sqrt(sum / window.length);
    }

    /** Chunk by chunk; a length that was never filled in (the writer is still open, or crashed) means up to the end of the file. */
    private static Samples read(ByteBuffer wav) throws IOException {
        if (wav.remaining() < 12 || !chunk(wav).equals("RIFF") || !chunk(wav.position(8)).equals("WAVE")) {
            throw new EOFException("Not a WAV file, or nothing in it yet");
        }
        int channels = 0;
        int rate = 0;
        while (wav.remaining() >= 8) {
            var name = chunk(wav);
            var given = Integer.toUnsignedLong(wav.getInt());
            if (name.equals("data")) {
                return new Samples(rate, samples(wav, given == 0 ? wav.remaining() : (int) Math.min(given, wav.remaining()), channels));
            }
            var body = wav.slice(wav.position(), (int) Math.min(given, wav.remaining())).order(ByteOrder.LITTLE_ENDIAN);
            if (name.equals("fmt ")) {
                channels = body.getShort(2);
                rate = body.getInt(4);
                if (body.getShort(14) != 16) {
                    throw new IOException("Only 16-bit samples are read here, not " + body.getShort(14));
                }
            }
            wav.position(Math.min(wav.limit(), wav.position() + body.capacity() + (body.capacity() & 1))); // chunks are even
        }
        throw new EOFException("No samples in the WAV file yet");
    }

    private static double[] samples(ByteBuffer wav, int bytes, int channels) throws IOException {
        if (channels < 1) {
            throw new IOException("The WAV file does not say what its samples are");
        }
        var values = new double[bytes / (2 * channels)];
        for (int i = 0; i < values.length; i++) {
            values[i] = wav.getShort(wav.position() + 2 * channels * i) / 32_768.0;
        }
        return values;
    }

    private static String chunk(ByteBuffer wav) {
        var name = new byte[4];
        wav.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
