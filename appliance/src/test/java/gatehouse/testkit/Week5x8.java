package gatehouse.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.hours.Calendar;
import gatehouse.hours.Week;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A company in Berlin that is open from nine to five, Monday to Friday, and has one holiday: {@code may-day}, the first of May. */
public record Week5x8(boolean nightMode) implements Calendar {
    private static final String OPEN = "{\"enabled\":true,\"ranges\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]}";
    public static final Week5x8 BY_DAY = new Week5x8(false);

    /** On the clocks of the company: {@code 2026-05-04T10:00} is a Monday morning. */
    public static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Europe/Berlin")).toInstant();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("Europe/Berlin");
    }

    @Override
    public Optional<Week> companyHours() {
        return Optional.of(Week.of(Json.parse(("{\"monday\":%1$s,\"tuesday\":%1$s,\"wednesday\":%1$s,\"thursday\":%1$s,"
                + "\"friday\":%1$s}").formatted(OPEN))));
    }

    @Override
    public boolean isHoliday(Collection<String> ids, Instant at) {
        var day = at.atZone(zone());
        return ids.contains("may-day") && day.getMonthValue() == 5 && day.getDayOfMonth() == 1;
    }

    @Override
    public List<ObjectNode> holidays(Tx tx, Collection<String> ids) {
        return ids.contains("may-day") ? List.of(Json.object().put("id", "may-day").put("name", "May Day")) : List.of();
    }
}
