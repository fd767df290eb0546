package gatehouse.phones;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A phone came for a file of its own.
 *
 * @param address   where it is
 * @param userAgent what it says it is; vendors put model, firmware and MAC there
 */
public record Fetch(Instant at, String address, String userAgent) {
    private static final Pattern FIRMWARE = Pattern.compile("(?<![\\w.])\\d+(\\.\\d+){2,5}(?![\\w.])");

    /** The first word that looks like a firmware's version, such as {@code 66.86.0.15}; empty when none does. */
    public static String firmware(String userAgent) {
        var version = FIRMWARE.matcher(userAgent);
        return version.find() ? version.group() : "";
    }
}
