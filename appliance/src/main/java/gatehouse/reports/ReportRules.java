package gatehouse.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.cdrs.CallCriteria;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a report may be. */
final class ReportRules {
    /** The one that call records can answer. */
    static final String CALLS = "NORMAL";
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern EXTENSIONS = Pattern.compile("[0-9]{3,64}(-[0-9]{3,64})?(\\s*,\\s*[0-9]{3,64}(-[0-9]{3,64})?){0,99}");
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z+*#._-]{1,64}");
    private static final List<String> OF_CALLS = List.of("from", "from_value", "to", "to_value", "answer_state", "duration", "duration_from", "duration_to");

    private ReportRules() {
    }

    static void check(ObjectNode report, Problems problems) {
        type(report.path("type").asText(), problems);
        var name = report.path("name").asText("");
        problems.addIf(name.length() > 128, "name", "maxLength", "name may have 128 characters.");
        var email = report.path("email").asText("");
        problems.addIf(!email.isEmpty() && !EMAIL.matcher(email).matches(), "email", "format", "email must be an address such as office@example.org.");
        span(report, problems);
        cron(report.path("cron_expr").asText(""), problems);
        if (report.path("type").asText().equals(CALLS)) {
            filter(report.path("filter"), problems);
        }
    }

    /** The box tells what it cannot know yet, and makes nothing up. */
    private static void type(String type, Problems problems) {
        if (!type.equals(CALLS)) {
            problems.add(new Problem(Code.VALIDATE_FAILED, "A report of the type " + type + " needs " + needs(type)
                    + ", which this box does not record yet. Reports of the type " + CALLS + " are to be had.",
                    Map.of("field", "type", "rule", "unsupported", "limit", CALLS)));
        }
    }

    private static String needs(String type) {
        return switch (type) {
            case "EXTENSION_GROUP_CALL_COST" -> "what calls cost";
            case "RING_GROUP_STATISTICS" -> "calls that came by a ring group";
            default -> "callers who waited in queues";
        };
    }

    private static void span(ObjectNode report, Problems problems) {
        if (!report.path("range").asText().equals("CUSTOM")) {
            return;
        }
        var right = true;
        for (var field : List.of("started_at", "ended_at")) {
            var given = isTime(report, field);
            problems.addIf(!given, field, "required", field + " must be a time such as 2026-01-31T08:00:00Z when range is CUSTOM.");
            right &= given;
        }
        problems.addIf(right && !Span.time(report, "started_at").isBefore(Span.time(report, "ended_at")), "ended_at", "order",
                "ended_at must be later than started_at.");
    }

    private static boolean isTime(ObjectNode report, String field) {
        try {
            return report.path(field).isTextual() && Span.time(report, field).toEpochMilli() >= 0;
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static void cron(String expression, Problems problems) {
        if (expression.isEmpty()) {
            return;
        }
        try {
            var never = Cron.parse(expression).after(ZonedDateTime.of(2001, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)).isEmpty();
            problems.addIf(never, "cron_expr", "never", "cron_expr names a day that never comes.");
        } catch (IllegalArgumentException e) {
            problems.add(Problem.invalid("cron_expr", "format", "cron_expr cannot be read: " + e.getMessage() + "."));
        }
    }

    private static void filter(JsonNode filter, Problems problems) {
        filter.properties().stream().filter(field -> !OF_CALLS.contains(field.getKey()) && !field.getValue().isNull())
                .forEach(field -> problems.add(Problem.invalid("filter." + field.getKey(), "unsupported",
                        "filter." + field.getKey() + " is not for reports of the type " + CALLS + ".")));
        party(filter, "from", problems);
        party(filter, "to", problems);
        var from = filter.path("duration_from");
        var to = filter.path("duration_to");
        problems.addIf(from.isNumber() && to.isNumber() && from.asInt() > to.asInt(), "filter.duration_to", "order",
                "filter.duration_to must not be less than filter.duration_from.");
    }

    private static void party(JsonNode filter, String side, Problems problems) {
        var field = "filter." + side + "_value";
        var value = filter.path(side + "_value").asText("").strip();
        switch (CallCriteria.Which.valueOf(filter.path(side).asText("ANY").equals("null") ? "ANY" : filter.path(side).asText("ANY"))) {
            case EXTENSION_OR_EXTENSION_RANGE -> problems.addIf(!EXTENSIONS.matcher(value).matches(), field, "pattern",
                    field + " must be extensions such as 101, 110-120.");
            case NUMBER, NUMBERS_START_WITH, NUMBERS_CONTAIN -> problems.addIf(!NUMBER.matcher(value).matches(), field, "pattern",
                    field + " must be a number of up to 64 characters.");
            case ANY, INTERNAL_EXTENSIONS, EXTERNAL_NUMBERS -> { }
        }
    }
}
