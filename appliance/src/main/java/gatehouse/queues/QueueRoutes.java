package gatehouse.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.hunting.Member;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Call queues over HTTP (contract area call-queue). */
public final class QueueRoutes implements Routes {
    private static final Listing LISTING = Listing.of(Queues.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("extension_number", Kind.TEXT).asSearched(),
            Field.json("ring_time", Kind.NUMBER), Field.json("polling_strategy", Kind.TEXT));
    private static final String VIEW = "phone_system.view_only";
    private static final String CHANGE = "phone_system.full_access";

    private final Queues queues;
    private final Agents agents;
    private final QueueLive live;
    private final Users users;
    private final Clock clock;

    public QueueRoutes(Queues queues, Agents agents, QueueLive live, Users users, Clock clock) {
        this.queues = queues;
        this.agents = agents;
        this.live = live;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(queues.resources(), LISTING).list(operations, "listQueues").delete(operations, "deleteQueue");
        operations.bind("createQueue", request -> Answer.created(queues.create(Actor.of(request), request.filledBody())));
        operations.bind("showQueue", request -> Answer.ok(queues.show(request.path("id"))));
        operations.bind("updateQueue", request -> {
            queues.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("getQueueStatus", request ->
                Answer.ok(Json.object().put("status", agents.anyOnline(watched(request, VIEW)) ? "ONLINE" : "OFFLINE")));
        operations.bind("getQueueWaitingList", this::waiting);
        operations.bind("pickupQueueWaiting", this::pickUp);
        operations.bind("listQueueAgents", request -> Answer.ok(Json.items(queues.agents(request.path("id")).stream().map(Member::json).toList())));
        operations.bind("updateQueueAgentList", this::replaceAgents);
    }

    /** What goes on in a queue is seen by its agents too. @return the queue's id */
    private String watched(ApiRequest request, String permission) {
        var id = request.path("id");
        if (!request.caller().may(permission) && !agents.isAgent(id, request.caller().userId())) {
            throw Problem.of(Code.FORBIDDEN, "This is for the queue's agents, and for roles with " + permission + ".").raise();
        }
        queues.show(id); // there it must be
        return id;
    }

    private Answer waiting(ApiRequest request) {
        var now = clock.instant();
        return Answer.ok(Json.items(live.waiting(watched(request, VIEW)).stream().map(waiting -> json(waiting, now)).toList()));
    }

    private static ObjectNode json(QueueLive.Waiting waiting, Instant now) {
        return Json.object().put("session_id", waiting.sessionId()).put("extension_number", waiting.number()).put("display_name", waiting.displayName())
                .put("waiting_time", Math.max(0, Duration.between(waiting.since(), now).toSeconds()));
    }

    private Answer pickUp(ApiRequest request) {
        var id = watched(request, CHANGE);
        var session = request.path("session_id");
        if (live.waiting(id).stream().noneMatch(waiting -> waiting.sessionId().equals(session))) {
            throw nobodyWaits().raise();
        }
        var number = users.byId(request.caller().userId()).flatMap(User::extensionNumber)
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "You have no extension that the caller could be connected to.").raise());
        if (!live.pickUp(id, session, number)) {
            throw nobodyWaits().raise();
        }
        return Answer.done();
    }

    private static Problem nobodyWaits() {
        return Problem.of(Code.NOT_FOUND, "This caller waits no more; somebody else may have answered.");
    }

    private Answer replaceAgents(ApiRequest request) {
        if (request.body().has("items")) {
            queues.replaceAgents(Actor.of(request), request.path("id"), request.body().get("items"));
        } else {
            queues.show(request.path("id")); // there it must be, even when nothing changes
        }
        return Answer.done();
    }
}
