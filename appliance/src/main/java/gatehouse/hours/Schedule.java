package gatehouse.hours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When something is open: the contract's {@code office_hours} and {@code holidays} of a rule or a service. Immutable.
 *
 * @param own      its hours, for CUSTOM
 * @param holidays ids of the days on which it is closed
 */
public record Schedule(Mode mode, Week own, List<String> holidays) {
    /** GLOBAL and CUSTOM are the contract's words: the company's hours, or its own. */
    public enum Mode { ALWAYS, GLOBAL, CUSTOM }

    public enum When { OPEN, CLOSED, HOLIDAY }

    private static final int MOST_HOLIDAYS = 100;

    public Schedule {
        holidays = List.copyOf(holidays);
    }

    /** Reads what {@link #check} found right. @param unless what holds where no hours are set */
    public static Schedule of(JsonNode hours, JsonNode holidays, Mode unless) {
        var mode = hours.path("mode").isTextual() ? Mode.valueOf(hours.get("mode").textValue()) : unless;
        return new Schedule(mode, Week.of(hours), ids(holidays));
    }

    private static List<String> ids(JsonNode holidays) {
        var ids = new ArrayList<String>();
        holidays.forEach(id -> ids.add(id.textValue()));
        return ids;
    }

    /** For who calls in: at night it is closed. */
    public When at(Instant now, Calendar calendar) {
        return isHoliday(now, calendar) ? When.HOLIDAY : calendar.nightMode() || !inHours(now, calendar) ? When.CLOSED : When.OPEN;
    }

    /** For who calls out: night mode does not matter. */
    public boolean isOpen(Instant now, Calendar calendar) {
        return inHours(now, calendar) && !isHoliday(now, calendar);
    }

    private boolean isHoliday(Instant now, Calendar calendar) {
        return !holidays.isEmpty() && calendar.isHoliday(holidays, now);
    }

    private boolean inHours(Instant now, Calendar calendar) {
        var local = now.atZone(calendar.zone()).toLocalDateTime();
        return switch (mode) {
            case ALWAYS -> true;
            case GLOBAL -> calendar.companyHours().map(week -> week.covers(local)).orElse(true);
            case CUSTOM -> own.covers(local);
        };
    }

    /** Adds every broken rule of the fields {@code office_hours} and {@code holidays} of {@code fields}. @param place before their names */
    public static void check(Tx tx, JsonNode fields, String place, Calendar calendar, Problems problems) {
        Week.check(fields.path("office_hours"), place + "office_hours", problems);
        var ids = ids(fields.path("holidays"));
        problems.addIf(ids.size() > MOST_HOLIDAYS, place + "holidays", "maxItems", place + "holidays may have " + MOST_HOLIDAYS + " entries.");
        if (ids.isEmpty() || ids.size() > MOST_HOLIDAYS) {
            return;
        }
        var known = byId(calendar.holidays(tx, ids));
        for (int i = 0; i < ids.size(); i++) {
            problems.addIf(!known.containsKey(ids.get(i)), place + "holidays[" + i + "]", "unknown", "There is no holiday with the id that "
                    + place + "holidays[" + i + "] names.");
        }
    }

    /** Puts holidays in the place of their ids, in every one of {@code documents}, with one query for all; what is gone is left out. */
    public static void show(Collection<ObjectNode> documents, Function<Collection<String>, List<ObjectNode>> holidays) {
        var ids = new HashSet<String>();
        documents.forEach(document -> ids.addAll(ids(document.path("holidays"))));
        if (ids.isEmpty()) {
            return;
        }
        var known = byId(holidays.apply(ids));
        documents.stream().filter(document -> document.path("holidays").isArray()).forEach(document -> {
            var shown = JsonNodeFactory.instance.arrayNode();
            ids(document.path("holidays")).stream().filter(known::containsKey).forEach(id -> shown.add(known.get(id)));
            document.set("holidays", shown);
        });
    }

    private static Map<String, ObjectNode> byId(List<ObjectNode> holidays) {
        return holidays.stream().collect(Collectors.toMap(holiday -> holiday.path("id").textValue(), holiday -> holiday));
    }
}
