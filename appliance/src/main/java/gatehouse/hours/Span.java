package gatehouse.hours;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stretch of one day.
 *
 * @param from the first second of the day that belongs to it
 * @param to   the first that does not; {@value #DAY} for the day's end
 */
public record Span(int from, int to) {
    static final int DAY = 86_400;
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

    boolean covers(LocalTime time) {
        var second = time.toSecondOfDay();
        return second >= from && second < to;
    }

    /** {@code 8:30}, {@code 08:30} or {@code 08:30:00}, up to {@code 24:00}; empty for anything else. */
    static Optional<Integer> second(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var minute = Integer.parseInt(parts.group(2));
        var second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        var all = Integer.parseInt(parts.group(1)) * 3600 + minute * 60 + second;
        return minute > 59 || second > 59 || all > DAY ? Optional.empty() : Optional.of(all);
    }
}
