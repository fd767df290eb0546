package gatehouse.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a WAV file holds (RIFF, "Multimedia Programming Interface and Data Specifications 1.0"; format codes as in RFC 2361):
 * <pre>
 *   "RIFF" length "WAVE"  { id length content [pad to even] }
 *   "fmt " code(2) channels(2) rate(4) bytes a second(4) bytes a frame(2) bits a sample(2) [extra length(2) … real code(2) …]
 *   "data" the sound
 * </pre>
 * Numbers are little-endian. A file that was written to a pipe gives its sound no length, or a far too large one: it goes to the end.
 *
 * @param coding     how a sample is written
 * @param rate       frames a second
 * @param dataOffset where the sound begins, in bytes
 * @param dataLength its bytes: whole frames
 */
public record Wav(Coding coding, int channels, int rate, long dataOffset, long dataLength) {
    /** As in RTP: G.711 is one byte a sample; PCM of 8 bits is unsigned, of 16 bits signed little-endian. */
    public enum Coding {
        PCM_8(1), PCM_16(2), ALAW(1), MULAW(1);

        private final int bytes;

        Coding(int bytes) {
            this.bytes = bytes;
        }

        public int bytesPerSample() {
            return bytes;
        }
    }

    private static final int PCM = 1;
    private static final int ALAW = 6;
    private static final int MULAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int SLOWEST = 8_000;
    private static final int FASTEST = 48_000;
    private static final int MOST_CHUNKS = 1_000; // before the sound: players' tags and pictures are a handful
    /** The end of each refusal. */
    public static final String INSTEAD = " Send a WAV file of PCM with 8 or 16 bits, A-law or µ-law; 8000 Hz mono 16 bit PCM is best.";

    /** Whether the first twelve bytes say that it is one. */
    public static boolean isWav(byte[] head) {
        return head.length >= 12 && text(head, 0).equals("RIFF") && text(head, 8).equals("WAVE");
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    public Duration duration() {
        return Duration.ofMillis(dataLength / frameBytes() * 1_000 / rate);
    }

    public int frameBytes() {
        return channels * coding.bytesPerSample();
    }

    /** Reads the header and leaves the sound. @throws UnplayableException when it is another kind of file, damaged, or of another coding */
    public static Wav read(SeekableByteChannel file) throws IOException, UnplayableException {
        var head = read(file, 0, 12);
        if (!isWav(head.array())) {
            throw new UnplayableException("This is not a WAV file." + INSTEAD);
        }
        Wav format = null;
        long at = 12;
        for (int chunk = 0; chunk < MOST_CHUNKS && at + 8 <= file.size(); chunk++) {
            var title = read(file, at, 8);
            var length = Integer.toUnsignedLong(title.getInt(4));
            switch (text(title.array(), 0)) {
                case "fmt " -> format = format(read(file, at + 8, (int) Math.min(length, 40)));
                case "data" -> {
                    return whole(format, at + 8, length, file.size());
                }
                default -> { }
            }
            at += 8 + length + (length & 1);
        }
        throw damaged("it has no sound in it");
    }

    private static Wav whole(Wav format, long offset, long length, long size) throws UnplayableException {
        if (format == null) {
            throw damaged("its sound comes before its format");
        }
        var there = size - offset;
        var bytes = length == 0 || length > there ? there : length;
        var frames = bytes / format.frameBytes();
        if (frames == 0) {
            throw new UnplayableException("There is no sound in this WAV file.");
        }
        return new Wav(format.coding, format.channels, format.rate, offset, frames * format.frameBytes());
    }

    private static Wav format(ByteBuffer chunk) throws UnplayableException {
        if (chunk.remaining() < 16) {
            throw damaged("its format is cut short");
        }
        var code = Short.toUnsignedInt(chunk.getShort(0));
        var bits = Short.toUnsignedInt(chunk.getShort(14));
        if (code == EXTENSIBLE && chunk.remaining() >= 26) {
            code = Short.toUnsignedInt(chunk.getShort(24)); // the first two bytes of the sub-format's GUID
        }
        var channels = Short.toUnsignedInt(chunk.getShort(2));
        var rate = chunk.getInt(4);
        var coding = coding(code, bits);
        if (channels < 1 || channels > 2) {
            throw new UnplayableException("This WAV file has " + channels + " channels; mono and stereo can be played." + INSTEAD);
        }
        if (rate < SLOWEST || rate > FASTEST) {
            throw new UnplayableException("This WAV file has " + Integer.toUnsignedString(rate) + " samples a second; from " + SLOWEST + " to " + FASTEST
                    + " can be played." + INSTEAD);
        }
        return new Wav(coding, channels, rate, 0, 0);
    }

    private static Coding coding(int code, int bits) throws UnplayableException {
        var wanted = switch (code) {
            case PCM -> bits == 8 ? Coding.PCM_8 : Coding.PCM_16;
            case ALAW -> Coding.ALAW;
            case MULAW -> Coding.MULAW;
            default -> throw new UnplayableException("This WAV file is " + name(code) + "." + INSTEAD);
        };
        if (bits != 8 * wanted.bytes) {
            throw new UnplayableException("This WAV file is " + (code == PCM ? "PCM" : wanted) + " with " + bits + " bits a sample." + INSTEAD);
        }
        return wanted;
    }

    /** Codes of RFC 2361 that people meet. */
    private static String name(int code) {
        return switch (code) {
            case 2 -> "Microsoft ADPCM";
            case 3 -> "floating-point PCM";
            case 0x11 -> "IMA ADPCM";
            case 0x31 -> "GSM 6.10";
            case 0x45, 0x64 -> "G.726";
            case 0x55 -> "MP3 in a WAV file";
            default -> "of the coding 0x%04X".formatted(code);
        };
    }

    private static UnplayableException damaged(String how) {
        return new UnplayableException("This WAV file is damaged: " + how + "." + INSTEAD);
    }

    private static ByteBuffer read(SeekableByteChannel file, long at, int count) throws IOException, UnplayableException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        file.position(at);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw damaged("it is cut short");
            }
        }
        return bytes.flip();
    }
}
