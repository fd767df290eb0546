package gatehouse.sip;

import java.util.Arrays;
import java.util.Optional;

/**
 * A dialog, as who is not its owner names it (RFC 3891).
 *
 * @param toTag     ours
 * @param earlyOnly whether it is not meant once it is answered
 */
record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    static final String NAME = "Replaces";

    /** @param text what the header says; @return empty when that names no dialog (6.1) */
    static Optional<Replaces> parse(String text) {
        var parts = text.strip().split("\\s*;\\s*");
        var to = tag(parts, "to-tag=");
        var from = tag(parts, "from-tag=");
        return to.isEmpty() || from.isEmpty() || parts[0].isEmpty() ? Optional.empty() : Optional.of(new Replaces(parts[0], to.get(), from.get(),
                Arrays.stream(parts).anyMatch("early-only"::equalsIgnoreCase)));
    }

    private static Optional<String> tag(String[] parts, String name) {
        return Arrays.stream(parts).skip(1).filter(part -> part.regionMatches(true, 0, name, 0, name.length())).map(part -> part.substring(name.length()))
                .findFirst();
    }
}
