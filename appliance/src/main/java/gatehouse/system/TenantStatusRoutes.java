package gatehouse.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.calls.Calls;
import gatehouse.cdrs.CdrStore;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberKind;
import gatehouse.registrations.Registrations;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.IntSupplier;

/** What the company has and what is going on, in numbers (contract area tenant). */
public final class TenantStatusRoutes implements Routes {
    private static final int HOURS = 24;

    private final String version;
    private final Clock clock;
    private final Users users;
    private final ExtensionNumbers numbers;
    private final Registrations registrations;
    private final Calls calls;
    private final CdrStore cdrs;
    private final IntSupplier trunks;

    public TenantStatusRoutes(String version, Clock clock, Users users, ExtensionNumbers numbers, Registrations registrations, Calls calls, CdrStore cdrs,
                              IntSupplier trunks) {
        this.version = version;
        this.clock = clock;
        this.users = users;
        this.numbers = numbers;
        this.registrations = registrations;
        this.calls = calls;
        this.cdrs = cdrs;
        this.trunks = trunks;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("retrieveCurrentTenantStatus", _ -> Answer.ok(status()));
    }

    /** The numbers; one box has one company, so they are the box's too. */
    public ObjectNode status() {
        var extensions = users.all().stream().map(User::extensionNumber).flatMap(java.util.Optional::stream).toList();
        var owners = numbers.owners();
        var body = Json.object().put("version", version).put("licensed_users", Users.MOST).put("current_users", extensions.size())
                .put("online_users", extensions.stream().filter(registrations::online).count()).put("current_calls", calls.live().size())
                .put("current_queues", owners.getOrDefault(NumberKind.CALL_QUEUE, 0))
                .put("current_conference_rooms", owners.getOrDefault(NumberKind.CONFERENCE_ROOM, 0))
                .put("current_ring_groups", owners.getOrDefault(NumberKind.RING_GROUP, 0))
                .put("current_ivrs", owners.getOrDefault(NumberKind.VIRTUAL_RECEPTIONIST, 0)).put("current_trunks", trunks.getAsInt());
        var hours = body.putArray("calls_in_24_hours");
        var first = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1, ChronoUnit.HOURS);
        var counts = cdrs.callsByHour(first);
        for (int i = 0; i < HOURS; i++) {
            var hour = first.plus(i, ChronoUnit.HOURS);
            hours.addObject().put("time", Json.time(hour)).put("count", counts.getOrDefault(hour, 0));
        }
        return body;
    }
}
