package gatehouse.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.listing.MemoryListing;
import gatehouse.listing.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** The calls that are up, over HTTP. */
public final class CallRoutes implements Routes {
    private static final MemoryListing<LiveCall> LISTING = MemoryListing.of(Value.text("id", LiveCall::id),
            Value.searchedText("caller", LiveCall::caller), Value.searchedText("caller_display_name", LiveCall::callerDisplayName),
            Value.searchedText("callee", LiveCall::callee), Value.time("started_at", LiveCall::startedAt));

    private final Calls calls;
    private final Clock clock;

    public CallRoutes(Calls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listCallSessions", this::list);
    }

    /** 201 is the contract's own status for this list. */
    private Answer list(ApiRequest request) {
        var page = LISTING.page(LISTING.query(request),
                calls.live().stream().sorted(Comparator.comparing(LiveCall::startedAt).thenComparing(LiveCall::id)).toList());
        return Answer.ok(Json.page(page.count(), page.map(call -> json(call, clock.instant())).items()));
    }

    static ObjectNode json(LiveCall call, Instant now) {
        var session = Json.object().put("id", call.id());
        session.putArray("calls").addObject().put("caller", call.caller()).put("caller_display_name", call.callerDisplayName())
                .put("callee", call.callee()).putNull("trunk").put("started_at", Json.time(call.startedAt()))
                .put("talking_time", call.answeredAt().map(at -> Duration.between(at, now).toSeconds()).orElse(0L));
        return session;
    }
}
