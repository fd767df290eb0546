package gatehouse.blobs;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which bytes of a file a body brings (RFC 9110 14.4), with or without the unit: {@code bytes 0-99/200}, {@code 0-99}.
 *
 * @param to    its last byte
 * @param total the whole file's length, where it is told
 */
record ContentRange(long from, long to, OptionalLong total) {
    private static final Pattern TEXT = Pattern.compile("(?:bytes[ =])?\\s*(\\d{1,18})-(\\d{1,18})(?:/(\\d{1,18}|\\*))?");

    static Optional<ContentRange> parse(String text) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var total = match.group(3) == null || match.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(match.group(3)));
        var range = new ContentRange(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), total);
        var whole = range.to >= range.from && (total.isEmpty() || range.to < total.getAsLong());
        return whole ? Optional.of(range) : Optional.empty();
    }

    long length() {
        return to - from + 1;
    }
}
