package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.hunting.Group;
import gatehouse.queues.Agent;
import gatehouse.queues.QueueLive;
import gatehouse.queues.Queues;
import gatehouse.users.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How things are now, asked of those who know. Thread-safe. */
final class State {
    static final String QUEUES = Queues.TABLE;

    private final TopicRoutes.Parts parts;
    /** Queue to agents' numbers, so that who left can be told. */
    private final Map<String, List<String>> agents = new ConcurrentHashMap<>();

    State(TopicRoutes.Parts parts) {
        this.parts = parts;
    }

    Optional<User> user(String number) {
        return parts.users().byNumber(number);
    }

    String userId(String number) {
        return user(number).map(User::id).orElse("");
    }

    List<String> numbers() {
        return parts.users().all().stream().flatMap(user -> user.extensionNumber().stream()).sorted().toList();
    }

    String uri(String number) {
        return "sip:" + number + "@" + parts.domain();
    }

    ObjectNode status(User user, String number) {
        return Json.object().put("extension", uri(number)).put("extension_id", user.id()).put("call_status", callStatus(number))
                .put("online", parts.registrations().online(number)).put("presence", parts.presence().shown(user).name())
                .put("presence_note", user.presenceNote().orElse("")).put("push_online", false);
    }

    /** ON_CALL for who dials or speaks, RINGING for who is called, else empty. */
    String callStatus(String number) {
        var mine = parts.calls().live().stream().filter(call -> number.equals(call.caller()) || number.equals(call.callee())).toList();
        return mine.stream().anyMatch(call -> call.answeredAt().isPresent() || number.equals(call.caller())) ? "ON_CALL" : mine.isEmpty() ? "" : "RINGING";
    }

    List<Group> queues() {
        return parts.queues().all();
    }

    Optional<Group> queue(String number) {
        return parts.queues().byNumber(number).map(queue -> new Group(queue.id(), queue.name(), queue.number()));
    }

    List<QueueLive.Waiting> waiting(String queueId) {
        return parts.queueLive().waiting(queueId);
    }

    List<Agent> agents(String queueId) {
        var now = parts.agents().of(queueId);
        agents.put(queueId, now.stream().map(agent -> agent.member().number()).toList());
        return now;
    }

    /** As they were when they were last told. */
    List<String> lastAgents(String queueId) {
        return agents.getOrDefault(queueId, List.of());
    }

    boolean isAgent(String userId, String queueNumber) {
        return queue(queueNumber).filter(queue -> parts.agents().of(queue.id()).stream().anyMatch(agent -> agent.member().userId().equals(userId))).isPresent();
    }
}
