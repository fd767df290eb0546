package gatehouse.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.api.Json;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    /** Wednesday, 00:30 in Berlin, still Tuesday in UTC; summer time began on Sunday. */
    private static final Instant NOW = Instant.parse("2026-03-31T22:30:00Z");

    @ParameterizedTest
    @CsvSource({"TODAY, 2026-03-31T22:00:00Z, 2026-04-01T22:00:00Z", "YESTERDAY, 2026-03-30T22:00:00Z, 2026-03-31T22:00:00Z",
        "LAST_WEEK, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z", "LAST_SEVEN_DAYS, 2026-03-24T23:00:00Z, 2026-03-31T22:00:00Z",
        "LAST_MONTH, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z", "LAST_THIRTY_DAYS, 2026-03-01T23:00:00Z, 2026-03-31T22:00:00Z",
        "CUSTOM, 2026-01-01T00:00:00Z, 2026-01-02T03:00:00Z"})
    void days_are_those_of_the_company(String range, String from, String to) {
        var report = Json.object().put("range", range).put("started_at", "2026-01-01T01:00:00+01:00").put("ended_at", "2026-01-02T03:00:00Z");
        assertEquals(new Span(Instant.parse(from), Instant.parse(to)), Span.of(report, NOW, ZoneId.of("Europe/Berlin")));
    }
}
