package gatehouse.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** From when to when a report looks: calls that began at {@code from} or later, and before {@code to}. */
record Span(Instant from, Instant to) {
    /** The contract's {@code range}. */
    enum Range { TODAY, YESTERDAY, LAST_WEEK, LAST_SEVEN_DAYS, LAST_MONTH, LAST_THIRTY_DAYS, CUSTOM }

    /** Days are the company's; a week begins on Monday, and all but today are whole days that are over. @param report that was found right */
    static Span of(ObjectNode report, Instant now, ZoneId zone) {
        var today = LocalDate.ofInstant(now, zone);
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var first = today.withDayOfMonth(1);
        return switch (Range.valueOf(report.path("range").asText())) {
            case TODAY -> days(today, today.plusDays(1), zone);
            case YESTERDAY -> days(today.minusDays(1), today, zone);
            case LAST_WEEK -> days(monday.minusWeeks(1), monday, zone);
            case LAST_SEVEN_DAYS -> days(today.minusDays(7), today, zone);
            case LAST_MONTH -> days(first.minusMonths(1), first, zone);
            case LAST_THIRTY_DAYS -> days(today.minusDays(30), today, zone);
            case CUSTOM -> new Span(time(report, "started_at"), time(report, "ended_at"));
        };
    }

    private static Span days(LocalDate from, LocalDate to, ZoneId zone) {
        return new Span(from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }

    static Instant time(ObjectNode report, String field) {
        return OffsetDateTime.parse(report.path(field).textValue()).toInstant();
    }
}
