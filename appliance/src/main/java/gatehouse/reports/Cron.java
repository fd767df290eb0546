package gatehouse.reports;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When something recurs, in crontab's five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Each is
 * {@code *}, numbers, ranges and steps, with commas between; months and days have their English names too. Where both kinds of day are
 * restricted, either will do. Immutable.
 */
final class Cron {
    private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FURTHEST_DAYS = 8 * 366 + 1; // February 29 can be eight years away (1896 to 1904, 2096 to 2104)

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean eitherDay;

    private Cron(String[] fields) {
        minutes = field(fields[0], 0, 59, List.of());
        hours = field(fields[1], 0, 23, List.of());
        daysOfMonth = field(fields[2], 1, 31, List.of());
        months = field(fields[3], 1, 12, MONTHS);
        daysOfWeek = field(fields[4], 0, 7, DAYS);
        if (daysOfWeek.get(7)) {
            daysOfWeek.set(0);
        }
        eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /** @throws IllegalArgumentException whose message says what is wrong */
    static Cron parse(String text) {
        var fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("it has five fields: minute, hour, day of the month, month, day of the week");
        }
        return new Cron(fields);
    }

    private static BitSet field(String text, int first, int last, List<String> names) {
        var values = new BitSet(last + 1);
        for (var part : text.split(",", -1)) {
            var step = part.split("/", -1);
            var ends = step[0].equals("*") ? new int[] {first, last} : ends(step[0], first, last, names, step.length > 1);
            var by = step.length > 1 ? number(step[1], 1, last) : 1;
            if (step.length > 2 || ends[0] > ends[1]) {
                throw new IllegalArgumentException("'" + part + "' is no value, range or step");
            }
            for (int value = ends[0]; value <= ends[1]; value += by) {
                values.set(value);
            }
        }
        return values;
    }

    /** A number alone has only itself, but with a step it goes on to the end. */
    private static int[] ends(String text, int first, int last, List<String> names, boolean stepped) {
        var range = text.split("-", -1);
        if (range.length > 2) {
            throw new IllegalArgumentException("'" + text + "' is no range");
        }
        var from = value(range[0], first, last, names);
        return new int[] {from, range.length == 2 ? value(range[1], first, last, names) : stepped ? last : from};
    }

    private static int value(String text, int first, int last, List<String> names) {
        var named = names.indexOf(text.toUpperCase(Locale.ROOT));
        return named >= 0 ? named + (names == MONTHS ? 1 : 0) : number(text, first, last);
    }

    private static int number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("'" + text + "' is not from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /**
     * The first time after {@code time}, in its zone; empty when there is none (February 30). What falls into the hour that summer time leaves
     * out comes right after it; what falls into the hour that comes twice comes once.
     */
    Optional<ZonedDateTime> after(ZonedDateTime time) {
        var day = time.toLocalDate();
        for (int ahead = 0; ahead <= FURTHEST_DAYS; ahead++, day = day.plusDays(1)) {
            if (on(day)) {
                var found = within(day, time);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean on(LocalDate day) {
        var byMonth = daysOfMonth.get(day.getDayOfMonth());
        var byWeek = daysOfWeek.get(day.getDayOfWeek().getValue() % 7);
        return months.get(day.getMonthValue()) && (eitherDay ? byMonth || byWeek : byMonth && byWeek);
    }

    private Optional<ZonedDateTime> within(LocalDate day, ZonedDateTime time) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                var found = day.atTime(LocalTime.of(hour, minute)).atZone(time.getZone());
                if (found.isAfter(time)) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }
}
