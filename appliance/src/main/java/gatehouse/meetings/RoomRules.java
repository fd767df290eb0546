package gatehouse.meetings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Providers;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What holds for every room and meeting beyond the schema. */
class RoomRules implements Kind.Rules {
    private static final int MOST_INVITED = 200; // as many as the largest room holds
    private static final int SHORTEST_PIN = 3;
    private static final int LONGEST_PIN = 6;
    private static final List<String> TIMES = List.of("scheduled_start_at", "scheduled_end_at");
    private final Users users;
    private final Providers providers;

    RoomRules(Users users, Providers providers) {
        this.users = users;
        this.providers = providers;
    }

    /** Times are kept as the contract shows them: UTC, whole seconds. What is no time stays, and {@link #check} tells. */
    static ObjectNode inUtc(ObjectNode fields) {
        var utc = fields.deepCopy();
        TIMES.forEach(field -> instant(fields.path(field).asText("")).ifPresent(at -> utc.put(field, at.truncatedTo(ChronoUnit.SECONDS).toString())));
        return utc;
    }

    static Optional<Problem> pin(ObjectNode fields, String field) {
        var pin = fields.path(field).asText("");
        return fields.path(field).isTextual() && !pin.isEmpty() && !pin.matches("[0-9]{" + SHORTEST_PIN + "," + LONGEST_PIN + "}")
                ? Optional.of(Problem.invalid(field, "pattern", field + " must have " + SHORTEST_PIN + " to " + LONGEST_PIN + " digits.")) : Optional.empty();
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        times(draft, problems);
        invitees(draft, problems);
        problems.addIf(!isZone(draft.text("timezone")), "timezone", "unknown", "timezone must be a name such as Europe/Berlin.");
        OutboundCallerId.check(tx, providers, draft.document().path("outbound_caller_ids"), problems);
    }

    private static void times(Resource draft, Problems problems) {
        for (var field : TIMES) {
            problems.addIf(!draft.text(field).isEmpty() && instant(draft.text(field)).isEmpty(), field, "format",
                    field + " must be a time such as 2026-03-01T09:30:00Z.");
        }
        var start = instant(draft.text("scheduled_start_at"));
        var end = instant(draft.text("scheduled_end_at"));
        problems.addIf(start.isPresent() && end.isPresent() && !end.get().isAfter(start.get()), "scheduled_end_at", "order",
                "scheduled_end_at must be after scheduled_start_at.");
        problems.addIf(start.isEmpty() && end.isPresent(), "scheduled_start_at", "required", "scheduled_start_at is missing: an end needs a start.");
    }

    private void invitees(Resource draft, Problems problems) {
        var invited = draft.document().path("internal_invitees");
        problems.addIf(invited.size() > MOST_INVITED, "internal_invitees", "maxItems", "internal_invitees may have " + MOST_INVITED + " extensions; it has "
                + invited.size() + ".");
        for (int i = 0; i < Math.min(invited.size(), MOST_INVITED); i++) {
            var number = invited.get(i).asText();
            problems.addIf(users.byNumber(number).isEmpty(), "internal_invitees[" + i + "]", "unknown", "There is no extension " + number + ".");
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static boolean isZone(String name) {
        try {
            return name.isEmpty() || !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
