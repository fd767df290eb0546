package gatehouse.forwarding;

import gatehouse.company.CompanySettings;
import gatehouse.hours.Week;
import gatehouse.users.User;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Follows a call from user to user by their rules until something takes it. Thread-safe. */
public final class Forwards {
    private static final int MOST_HOPS = 10; // nobody means more; what is left goes to voicemail, as a circle does

    private static final int LOST = 480; // RFC 3261 21.4.18: nobody misdialled, and a loop (482) is none of the caller's

    private final Function<String, Optional<Callee>> callees;
    private final Supplier<CompanySettings> company;
    private final Holidays holidays;

    /** @param callees the users by extension number, as their phones stand now; empty for a number that is no user's, or of one shut out */
    public Forwards(Function<String, Optional<Callee>> callees, Supplier<CompanySettings> company, Holidays holidays) {
        this.callees = callees;
        this.company = company;
        this.holidays = holidays;
    }

    /** Where a call to {@code number} goes. @param callerId empty for a caller who withholds it */
    public Route route(String number, String callerId, Instant now) {
        return follow(number, callerId, now, List.of());
    }

    /** Where it goes on when phones rang and nobody answered. */
    public Route unanswered(Route.Ring rang, String callerId, Instant now) {
        return after(rang, callerId, now, callee -> Forwarding.unanswered(callee.user(), rang.as()));
    }

    /** Where it goes on when a phone that rang said it is busy. */
    public Route refused(Route.Ring rang, String callerId, Instant now) {
        return after(rang, callerId, now, callee -> Forwarding.refused(callee.user(), officeHours(callee.user(), now)));
    }

    /** Where it goes on when none of the phones could be reached. */
    public Route unreachable(Route.Ring rang, String callerId, Instant now) {
        return after(rang, callerId, now, callee -> Forwarding.unreachable(callee.user(), officeHours(callee.user(), now)));
    }

    private Route after(Route.Ring rang, String callerId, Instant now, Function<Callee, Decision> decide) {
        return callees.apply(rang.number()).map(callee -> take(rang.number(), decide.apply(callee), callerId, now, rang.via()))
                .orElseGet(() -> new Route.Elsewhere(rang.number(), rang.via())); // the user went while the phones rang
    }

    private Route follow(String number, String callerId, Instant now, List<String> via) {
        if (via.contains(number) || via.size() > MOST_HOPS) {
            return new Route.Voicemail(via.getFirst(), LOST, via);
        }
        return callees.apply(number).map(callee -> take(number, Forwarding.arrival(callee, officeHours(callee.user(), now), local(now), callerId), callerId, now, via))
                .orElseGet(() -> new Route.Elsewhere(number, via));
    }

    private Route take(String number, Decision decision, String callerId, Instant now, List<String> via) {
        return switch (decision) {
            case Decision.Ring(var as, var atMost) -> new Route.Ring(number, as, atMost, via);
            case Decision.Voicemail(var whose, var otherwise) -> new Route.Voicemail(whose.isEmpty() ? number : whose, otherwise, via);
            case Decision.Refuse(var status) -> new Route.Refused(number, status, via);
            case Decision.Forward(var next) -> {
                var longer = new ArrayList<>(via);
                longer.add(number);
                yield follow(next, callerId, now, List.copyOf(longer));
            }
        };
    }

    private LocalDateTime local(Instant now) {
        return now.atZone(company.get().zone()).toLocalDateTime();
    }

    /** The user's own hours or the company's; on a holiday nobody has any. */
    boolean officeHours(User user, Instant now) {
        var settings = company.get();
        if (holidays.isHoliday(user.id(), now, settings.zone())) {
            return false;
        }
        var own = user.settings().path("office_hours");
        return own.path("mode").asText().equals("CUSTOM") ? Week.of(own).covers(local(now)) : settings.isOpen(now);
    }
}
