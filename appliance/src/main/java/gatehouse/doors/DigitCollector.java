package gatehouse.doors;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Collects the digits of one person in one call into codes: digits, then {@code #}. {@code *} begins anew, and so does a long pause.
 * A value: each step gives the next.
 */
record DigitCollector(String digits, Instant last) {
    static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST = 16; // twice the longest code; more is somebody leaning on the keys

    static final DigitCollector EMPTY = new DigitCollector("", Instant.EPOCH);

    /** @param code what was typed before {@code #}, if this digit was one */
    record Step(DigitCollector next, Optional<String> code) { }

    Step press(char digit, Instant now) {
        var kept = Duration.between(last, now).compareTo(PAUSE) > 0 ? "" : digits;
        return switch (digit) {
            case '#' -> new Step(EMPTY, kept.isEmpty() ? Optional.empty() : Optional.of(kept));
            case '*' -> new Step(EMPTY, Optional.empty());
            default -> new Step(new DigitCollector(kept.length() < LONGEST ? kept + digit : kept, now), Optional.empty());
        };
    }
}
