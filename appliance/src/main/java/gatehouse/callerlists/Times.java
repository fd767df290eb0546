package gatehouse.callerlists;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.core.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Times in requests: RFC 3339 with any offset, kept in UTC and whole seconds. */
final class Times {
    private Times() {
    }

    /** Empty when it is null, missing, or no time of the years that can be shown. */
    static Optional<Instant> parse(JsonNode given) {
        try {
            return Optional.ofNullable(given.textValue()).map(text -> OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant())
                    .filter(time -> text(time).length() == "2026-01-31T08:00:00Z".length());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static String text(Instant time) {
        return Json.time(time);
    }

    static Optional<Problem> check(String field, JsonNode given) {
        return given.isTextual() && parse(given).isEmpty() ? Optional.of(Problem.invalid(field, "format", field + " must be a time such as "
                + "2026-01-31T08:00:00Z.")) : Optional.empty();
    }
}
