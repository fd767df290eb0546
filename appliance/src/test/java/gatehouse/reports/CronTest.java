package gatehouse.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static String after(String expression, String time) {
        return Cron.parse(expression).after(LocalDateTime.parse(time).atZone(BERLIN)).map(next -> next.toLocalDateTime().toString()).orElse("never");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "* * * * *           | 2026-03-04T10:15:30 | 2026-03-04T10:16",
        "0 8 * * *           | 2026-03-04T08:00    | 2026-03-05T08:00",
        "0 8 * * *           | 2026-03-04T07:59:59 | 2026-03-04T08:00",
        "*/20 9-10 * * *     | 2026-03-04T09:40    | 2026-03-04T10:00",
        "50-59/5 * * * *     | 2026-03-04T09:56    | 2026-03-04T10:50",
        "5/30 * * * *        | 2026-03-04T09:05    | 2026-03-04T09:35",
        "0 0 * * 1           | 2026-03-04T10:00    | 2026-03-09T00:00",
        "0 0 * * mon,FRI     | 2026-03-04T10:00    | 2026-03-06T00:00",
        "0 0 * * 7           | 2026-03-04T10:00    | 2026-03-08T00:00",
        "0 0 * * 5-7         | 2026-03-07T10:00    | 2026-03-08T00:00",
        "0 0 1 JAN *         | 2026-03-04T10:00    | 2027-01-01T00:00",
        "0 6 31 * *          | 2026-04-01T00:00    | 2026-05-31T06:00",
        "0 0 29 2 *          | 2026-03-01T00:00    | 2028-02-29T00:00",
        "0 0 13 * 5          | 2026-03-04T10:00    | 2026-03-06T00:00",
        "0 0 */2 * 5         | 2026-03-04T10:00    | 2026-03-13T00:00",
        "0 0 30 2 *          | 2026-03-04T10:00    | never"})
    void it_finds_the_next_time(String expression, String from, String next) {
        assertEquals(next, after(expression, from));
    }

    @Test
    void the_hour_that_summer_time_leaves_out_is_made_up_for() {
        assertEquals("2026-03-29T03:30", after("30 2 * * *", "2026-03-28T12:00")); // 02:30 does not exist that night
        assertEquals("2026-03-30T02:30", after("30 2 * * *", "2026-03-29T03:30"));
    }

    @Test
    void the_hour_that_comes_twice_counts_once() {
        var first = Cron.parse("30 2 * * *").after(LocalDateTime.parse("2026-10-24T12:00").atZone(BERLIN)).orElseThrow();
        assertEquals("2026-10-25T00:30:00Z", first.toInstant().toString());
        assertEquals("2026-10-26T01:30:00Z", Cron.parse("30 2 * * *").after(first).orElseThrow().toInstant().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *",
        "*/0 * * * *", "*/ * * * *", "a * * * *", "1,,2 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "-1 * * * *", "* * * * MON-", "* * JAN * *"})
    void nonsense_is_refused(String expression) {
        var problem = assertThrows(IllegalArgumentException.class, () -> Cron.parse(expression));
        assertTrue(!problem.getMessage().isBlank());
    }
}
