package gatehouse.queues;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.hunting.Group;
import gatehouse.users.User;
import gatehouse.users.Users;

/** Agents over HTTP: by the queue, by the user, and one's own (contract areas call-queue and user). */
public final class AgentRoutes implements Routes {
    private final Agents agents;
    private final Queues queues;
    private final Users users;

    public AgentRoutes(Agents agents, Queues queues, Users users) {
        this.agents = agents;
        this.queues = queues;
        this.users = users;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showQueueAgent", request -> show(request.path("id"), byNumber(request)));
        operations.bind("setQueueAgentStatus", request -> set(request, request.path("id"), byNumber(request)));
        operations.bind("listCurrentUserBelongedCallQueues", request -> list(request.caller().userId()));
        operations.bind("getCurrentUserCallQueueAgentStatus", request -> show(request.path("id"), request.caller().userId()));
        operations.bind("setCurrentUserCallQueueAgentStatus", request -> {
            agents.choose(request.path("id"), request.caller().userId(), word(request));
            return Answer.done();
        });
        operations.bind("listUserBelongedCallQueues", request -> list(byId(request)));
        operations.bind("getUserCallQueueAgentStatus", request -> show(request.path("queue_id"), byId(request)));
        operations.bind("setUserCallQueueAgentStatus", request -> set(request, request.path("queue_id"), byId(request)));
    }

    private Answer show(String queueId, String userId) {
        return Answer.ok(agents.get(queueId, userId).json());
    }

    private Answer set(ApiRequest request, String queueId, String userId) {
        agents.set(Actor.of(request), queueId, userId, word(request));
        return Answer.done();
    }

    private static String word(ApiRequest request) {
        var word = request.body().path("status").textValue();
        if (word == null) {
            throw Problem.invalid("status", "required", "status is missing; say which.").raise();
        }
        return word;
    }

    private Answer list(String userId) {
        return Answer.ok(Json.items(queues.of(userId).stream().map(Group::json).toList()));
    }

    private String byNumber(ApiRequest request) {
        return users.byNumber(request.path("agent_number")).map(User::id).orElseThrow(() -> Problem.notFound("agent of this queue").raise());
    }

    private String byId(ApiRequest request) {
        return users.byId(request.path("id")).map(User::id).orElseThrow(() -> Problem.notFound("user").raise());
    }
}
