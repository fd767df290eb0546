package gatehouse.cdrs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.changes.Diff.Item;
import gatehouse.changes.Followed;
import gatehouse.changes.SyncTokens;
import gatehouse.core.Problem;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps a client's copy of its user's calls up to date. */
public final class CdrSyncRoutes implements Routes {
    private final CdrStore store;
    private final SyncTokens tokens;
    private final Users users;

    public CdrSyncRoutes(CdrStore store, SyncTokens tokens, Users users) {
        this.store = store;
        this.tokens = tokens;
        this.users = users;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createPersonalCdrSyncToken", this::create);
        operations.bind("listPersonalCdrChanges", this::diff);
    }

    private Answer create(ApiRequest request) {
        var me = request.caller().userId();
        var token = request.query("date_from").map(CdrSyncRoutes::time).map(from -> tokens.create(me, own(request), from))
                .orElseGet(() -> tokens.create(me, own(request)));
        return Answer.ok(Json.object().put("token", token));
    }

    private static Instant time(String text) {
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1970 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException notATime) {
            // told below
        }
        throw Problem.invalid("date_from", "format", "date_from must be a time such as 2026-01-31T08:00:00Z.").raise();
    }

    /** The calls of one's number, as the list of them shows; who has no number follows a feed that stays empty. */
    private Followed own(ApiRequest request) {
        var id = request.caller().userId();
        var number = users.byId(id).flatMap(User::extensionNumber).orElse(id);
        return Followed.of("cdrs of " + number, CdrStore.feed(number));
    }

    private Answer diff(ApiRequest request) {
        var diff = tokens.diff(request.path("token"), request.caller().userId(), own(request), this::read);
        var body = Json.object().put("token", diff.token());
        var items = body.putArray("items");
        diff.items().forEach(item -> items.add(json(item)));
        return Answer.ok(body);
    }

    private Map<String, Cdr> read(Tx tx, Collection<String> ids, Instant from) {
        return store.byIds(tx, ids).stream().filter(cdr -> !cdr.call().startedAt().isBefore(from)).collect(Collectors.toMap(Cdr::id, cdr -> cdr));
    }

    private static ObjectNode json(Item<Cdr> item) {
        var body = Json.object().put("id", item.id()).put("change_type", item.change().name());
        var legs = body.putArray("items");
        item.state().map(Cdr::call).ifPresent(call -> legs.addObject().put("caller", call.caller()).put("callee", call.callee())
                .put("started_at", Json.time(call.startedAt())).put("answered_at", Json.time(call.answeredAt().orElse(null)))
                .put("ended_at", Json.time(call.endedAt())).put("status_code", call.statusCode()));
        return body;
    }
}
