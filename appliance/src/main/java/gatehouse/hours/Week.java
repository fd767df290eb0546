package gatehouse.hours;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The hours of each day of a week: the contract's {@code {"monday": {"enabled": …, "ranges": [{"from": "08:00", "to": "17:00"}]}, …}}.
 * A day that is not there, or not enabled, has none; one that is enabled and names no ranges is whole. A range that goes past midnight is
 * written as two. Immutable.
 */
public record Week(Map<DayOfWeek, List<Span>> days) {
    private static final int MOST_RANGES = 24; // a day; more is a mistake
    private static final List<Span> WHOLE_DAY = List.of(new Span(0, Span.DAY));

    public Week {
        days = Map.copyOf(days);
    }

    public boolean covers(LocalDateTime at) {
        return days.getOrDefault(at.getDayOfWeek(), List.of()).stream().anyMatch(span -> span.covers(at.toLocalTime()));
    }

    /** Reads a week that {@link #check} found right; what is null or absent is an empty one. */
    public static Week of(JsonNode week) {
        var days = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            var given = week.path(name(day));
            if (given.path("enabled").asBoolean()) {
                days.put(day, spans(given.path("ranges")));
            }
        }
        return new Week(days);
    }

    private static List<Span> spans(JsonNode ranges) {
        var spans = new ArrayList<Span>();
        ranges.forEach(range -> spans.add(new Span(from(range).orElseThrow(), to(range).orElseThrow())));
        return spans.isEmpty() ? WHOLE_DAY : List.copyOf(spans);
    }

    /** Adds every broken rule of a week whose schema was checked already. @param field what the request calls it */
    public static void check(JsonNode week, String field, Problems problems) {
        for (var day : DayOfWeek.values()) {
            var ranges = week.path(name(day)).path("ranges");
            var place = field + "." + name(day) + ".ranges";
            problems.addIf(ranges.size() > MOST_RANGES, place, "maxItems", place + " may have " + MOST_RANGES + " ranges.");
            for (int i = 0; i < Math.min(ranges.size(), MOST_RANGES); i++) {
                range(ranges.get(i), place + "[" + i + "]", problems);
            }
        }
    }

    private static void range(JsonNode range, String place, Problems problems) {
        var from = from(range);
        var to = to(range);
        problems.addIf(from.isEmpty(), place + ".from", "format", place + ".from must be a time of day such as 08:30.");
        problems.addIf(to.isEmpty(), place + ".to", "format", place + ".to must be a time of day such as 17:00, or 24:00 for the day's end.");
        problems.addIf(from.isPresent() && to.isPresent() && from.get() >= to.get(), place, "order", place
                + " must begin before it ends; write hours past midnight as two ranges, one on each day.");
    }

    private static Optional<Integer> from(JsonNode range) {
        return Span.second(range.path("from").asText());
    }

    /** Midnight at the end of a range is the day's end. */
    private static Optional<Integer> to(JsonNode range) {
        return Span.second(range.path("to").asText()).map(second -> second == 0 ? Span.DAY : second);
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
