package gatehouse.blobs;

import gatehouse.sound.UnplayableException;
import gatehouse.sound.Wav;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What kind of content a file has, told by its first bytes and never by its name.
 *
 * @param duration   of a sound that the box can play
 * @param soundFault why it cannot be played; empty when it can
 */
record Content(String mediaType, Optional<Duration> duration, Optional<String> soundFault) {
    static final String UNKNOWN = "application/octet-stream";

    /** The bytes by which a kind of file is known: {@code mark} at {@code at}, and maybe {@code second} at {@code secondAt}. */
    private record Magic(String mediaType, int at, String mark, int secondAt, String second) {
        boolean fits(String head) {
            return head.startsWith(mark, at) && head.startsWith(second, secondAt);
        }
    }

    private static final List<Magic> KNOWN = List.of(
            magic("image/png", 0, "\u0089PNG\r\n\u001a\n"), magic("image/jpeg", 0, "\u00ff\u00d8\u00ff"), magic("image/gif", 0, "GIF8"),
            new Magic("image/webp", 0, "RIFF", 8, "WEBP"), magic("audio/mpeg", 0, "ID3"), magic("audio/mpeg", 0, "\u00ff\u00fb"),
            magic("audio/mpeg", 0, "\u00ff\u00f3"), magic("audio/mpeg", 0, "\u00ff\u00f2"), magic("audio/ogg", 0, "OggS"), magic("audio/flac", 0, "fLaC"),
            magic("video/mp4", 4, "ftyp"), magic("application/pdf", 0, "%PDF-"), magic("application/zip", 0, "PK\u0003\u0004"));

    private static Magic magic(String mediaType, int at, String mark) {
        return new Magic(mediaType, at, mark, 0, "");
    }

    static Content of(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var bytes = new byte[(int) Math.min(16, channel.size())];
            channel.read(ByteBuffer.wrap(bytes));
            if (Wav.isWav(bytes)) {
                return sound(channel);
            }
            var head = new String(bytes, StandardCharsets.ISO_8859_1);
            var type = KNOWN.stream().filter(magic -> magic.fits(head)).findFirst().map(Magic::mediaType).orElse(UNKNOWN);
            return new Content(type, Optional.empty(), Optional.of("This file is " + type + ", not a WAV file." + Wav.INSTEAD));
        }
    }

    private static Content sound(FileChannel channel) throws IOException {
        try {
            return new Content("audio/wav", Optional.of(Wav.read(channel).duration()), Optional.empty());
        } catch (UnplayableException e) {
            return new Content("audio/wav", Optional.empty(), Optional.of(e.getMessage()));
        }
    }
}
