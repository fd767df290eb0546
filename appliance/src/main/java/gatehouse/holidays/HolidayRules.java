package gatehouse.holidays;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problems;
import gatehouse.holidays.Holiday.Minute;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.store.Store.Tx;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Optional;
import java.util.Set;

/** What a holiday must be. Fields that mean nothing to its form (an end date without a run, years of a yearly one) are kept, not looked at. */
record HolidayRules() implements Kind.Rules {
    private static final Set<String> COUNTRIES = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA3);
    private static final int LEAP_YEAR = 2000;

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        check(draft.document(), problems);
    }

    static void check(ObjectNode holiday, Problems problems) {
        var region = holiday.path("region").asText("");
        problems.addIf(!region.isEmpty() && !COUNTRIES.contains(region), "region", "unknown",
                "There is no country " + region + "; give its three letters of ISO 3166-1, such as DEU.");
        var known = problems.list().size();
        date(holiday, "start", problems);
        if (holiday.path("consecutive").asBoolean()) {
            date(holiday, "end", problems);
        }
        time(holiday, "start", 23, problems);
        time(holiday, "end", 24, problems);
        if (problems.list().size() == known) {
            order(holiday, problems);
        }
    }

    private static void date(ObjectNode holiday, String which, Problems problems) {
        var everyYear = holiday.path("every_year").asBoolean();
        var known = problems.list().size();
        if (!everyYear) {
            number(holiday, "year_" + which, 1, 9999, problems);
        }
        number(holiday, "month_" + which, 1, 12, problems);
        number(holiday, "day_" + which, 1, 31, problems);
        if (problems.list().size() > known) {
            return;
        }
        var year = everyYear ? LEAP_YEAR : holiday.path("year_" + which).asInt();
        try {
            LocalDate.of(year, holiday.path("month_" + which).asInt(), holiday.path("day_" + which).asInt());
        } catch (DateTimeException noSuchDay) {
            problems.addIf(true, "day_" + which, "calendar", "day_" + which + ": there is no such day in that month.");
        }
    }

    private static void number(ObjectNode holiday, String field, int least, int most, Problems problems) {
        var value = holiday.path(field);
        problems.addIf(!value.isNumber(), field, "required", field + " is missing; a holiday of this form needs it.");
        problems.addIf(value.isNumber() && (value.asInt() < least || value.asInt() > most), field, "range",
                field + " must be from " + least + " to " + most + ".");
    }

    private static void time(ObjectNode holiday, String which, int latestHour, Problems problems) {
        var minute = holiday.path("minute_" + which);
        if (holiday.path("hour_" + which).isNumber()) {
            number(holiday, "hour_" + which, 0, latestHour, problems);
        } else {
            problems.addIf(minute.isNumber() && minute.asInt() != 0, "hour_" + which, "required", "hour_" + which + " is missing, though minute_" + which
                    + " is there.");
        }
        if (minute.isNumber()) {
            number(holiday, "minute_" + which, 0, 59, problems);
            problems.addIf(holiday.path("hour_" + which).asInt() == 24 && minute.asInt() != 0, "minute_" + which, "range", "The day ends at 24:00.");
        }
    }

    private static void order(ObjectNode holiday, Problems problems) {
        var first = first(holiday);
        var last = last(holiday);
        var pastNewYear = holiday.path("every_year").asBoolean() && (first.month() != last.month() || first.day() != last.day());
        problems.addIf(last.compareTo(first) < 0 && !pastNewYear, holiday.path("consecutive").asBoolean() ? "day_end" : "hour_end", "order",
                "The holiday must end after it begins.");
    }

    /** From midnight, unless it says when. */
    static Minute first(ObjectNode holiday) {
        return new Minute(year(holiday, "year_start"), holiday.path("month_start").asInt(), holiday.path("day_start").asInt(),
                holiday.path("hour_start").asInt(), holiday.path("minute_start").asInt());
    }

    /** To the end of the day, unless it says when. */
    static Minute last(ObjectNode holiday) {
        var on = holiday.path("consecutive").asBoolean() ? "_end" : "_start";
        var hour = holiday.path("hour_end").isNumber() ? holiday.path("hour_end").asInt() : 24;
        return new Minute(year(holiday, "year" + on), holiday.path("month" + on).asInt(), holiday.path("day" + on).asInt(), Math.min(hour, 23),
                hour == 24 ? 59 : holiday.path("minute_end").asInt());
    }

    private static int year(ObjectNode holiday, String field) {
        return holiday.path("every_year").asBoolean() ? 0 : holiday.path(field).asInt();
    }
}
