package gatehouse.holidays;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * A day or a run of days, once or every year, by the clock on the wall where it is kept: a night with two two o'clocks has it twice, one
 * without has it not at all. From the start of its first minute to the end of its last. Every year, it may go past new year; a 29 February
 * is only in leap years, but days before and after it are not lost when it bounds a run. Immutable.
 */
public record Holiday(String id, String name, Minute first, Minute last, boolean everyYear) {
    /** A minute of a calendar; of every year when {@code year} is 0. */
    public record Minute(int year, int month, int day, int hour, int minute) implements Comparable<Minute> {
        private long order() {
            return (((year * 13L + month) * 32 + day) * 24 + hour) * 60 + minute;
        }

        @Override
        public int compareTo(Minute other) {
            return Long.compare(order(), other.order());
        }
    }

    public boolean covers(Instant at, ZoneId zone) {
        return covers(at.atZone(zone).toLocalDateTime());
    }

    boolean covers(LocalDateTime at) {
        var now = new Minute(everyYear ? 0 : at.getYear(), at.getMonthValue(), at.getDayOfMonth(), at.getHour(), at.getMinute());
        var begun = first.compareTo(now) <= 0;
        var notOver = now.compareTo(last) <= 0;
        return first.compareTo(last) <= 0 ? begun && notOver : begun || notOver;
    }

    /** Of a document that {@link HolidayRules} found right. */
    static Holiday of(String id, ObjectNode document) {
        return new Holiday(id, document.path("name").asText(), HolidayRules.first(document), HolidayRules.last(document),
                document.path("every_year").asBoolean());
    }
}
