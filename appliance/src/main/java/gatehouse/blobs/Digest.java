package gatehouse.blobs;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a content.
 *
 * @param hex 64 lower-case digits
 */
public record Digest(String hex) {
    private static final Pattern TEXT = Pattern.compile("(?:sha256:)?([0-9A-Fa-f]{64})");
    private static final int PIECE = 64 << 10;

    /** As clients write it: {@code sha256:} and hex digits, or these alone. */
    public static Optional<Digest> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches() ? Optional.of(new Digest(match.group(1).toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /** Of a file's first {@code length} bytes. */
    static Digest of(Path file, long length) throws IOException {
        var sha256 = sha256();
        var piece = new byte[PIECE];
        try (var in = new FileInputStream(file.toFile())) {
            for (var left = length; left > 0; ) {
                var count = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (count < 0) {
                    throw new EOFException(file + " is shorter than " + length + " bytes");
                }
                sha256.update(piece, 0, count);
                left -= count;
            }
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
