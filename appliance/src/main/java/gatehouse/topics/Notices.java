package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.calls.CallEvent;
import gatehouse.calls.LiveCall;
import gatehouse.core.Event;
import gatehouse.presence.PresenceChanged;
import gatehouse.queues.QueueEvent;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.resources.ResourceEvent;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts events, and how things are, into the words of the topics. Times are Unix seconds, as text. Thread-safe. */
final class Notices {
    private final State state;
    private final Supplier<String> company;
    private final Clock clock;

    /** @param company the company's id */
    Notices(State state, Supplier<String> company, Clock clock) {
        this.state = state;
        this.company = company;
        this.clock = clock;
    }

    List<Notice> of(Event event) {
        return switch (event) {
            case RegistrationChanged(var number, var _) -> extension(number, statuses(List.of(number)));
            case PresenceChanged(var number, var presence, var note) -> extension(number, about("extension_presence", number)
                    .put("presence", presence.name()).put("presence_note", note.orElse("")));
            case CallEvent call -> call(call);
            case UserEvent user -> user(user);
            case QueueEvent queue -> agents(queue);
            case ResourceEvent resource when resource.table().equals(State.QUEUES) -> List.of(queue(resource));
            default -> List.of();
        };
    }

    private static List<Notice> extension(String number, ObjectNode body) {
        return List.of(new Notice(Topic.EXTENSION_EVENTS, number, body));
    }

    private ObjectNode typed(String type) {
        return Json.object().put("event_type", type).put("tenant_id", company.get());
    }

    private String now() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private ObjectNode about(String type, String number) {
        return typed(type).put("extension", state.uri(number)).put("extension_id", state.userId(number)).put("time", now());
    }

    /** How extensions are now: what a subscription begins with. */
    ObjectNode statuses(List<String> numbers) {
        var body = typed("extension_status");
        var status = body.putArray("status");
        numbers.forEach(number -> state.user(number).ifPresent(user -> status.add(state.status(user, number).put("time", now()))));
        return body;
    }

    private List<Notice> call(CallEvent event) {
        return switch (event) {
            case CallEvent.Started(var call) -> live("call_start", call);
            case CallEvent.Ringing(var call) -> live("call_update_info", call);
            case CallEvent.Answered(var call) -> live("call_update_info", call);
            case CallEvent.Ended(var id, var record) -> calls(Records.ended(typed("call_cdr"), id, record), record.caller(), record.callee());
            default -> List.of();
        };
    }

    private List<Notice> live(String type, LiveCall call) {
        return calls(Records.live(typed(type), call, clock.instant()), call.caller(), call.callee());
    }

    private List<Notice> calls(ObjectNode record, String... numbers) {
        var notices = new ArrayList<>(List.of(new Notice(Topic.CDR_EVENTS, "", record)));
        Stream.of(numbers).distinct().filter(number -> state.user(number).isPresent()).forEach(number ->
                notices.addAll(extension(number, about("extension_call", number).put("call_status", state.callStatus(number)))));
        return notices;
    }

    private List<Notice> user(UserEvent event) {
        var word = switch (event) {
            case UserEvent.Created _ -> "extension_created";
            case UserEvent.Updated _ -> "extension_updated";
            case UserEvent.Deleted _ -> "extension_destroyed";
        };
        return event.user().extensionNumber().map(number -> List.of(new Notice(Topic.EXTENSION_MANAGEMENT_EVENTS, "", managed(word, event.user(), number))))
                .orElse(List.of());
    }

    private ObjectNode managed(String word, User user, String number) {
        var body = typed(word).put("extension_number", number).put("disp_name", user.displayName()).put("email", user.email())
                .put("extension_id", user.id()).put("username", user.name()).put("enabled", user.enabled());
        Optional.ofNullable(user.settings().path("department").textValue()).ifPresent(department -> body.put("department", department));
        return body;
    }

    private Notice queue(ResourceEvent event) {
        return new Notice(Topic.QUEUE_MANAGEMENT_EVENTS, "", managed(switch (event) {
            case ResourceEvent.Created _ -> "queue_created";
            case ResourceEvent.Updated _ -> "queue_updated";
            case ResourceEvent.Deleted _ -> "queue_destroy";
        }, event.resource().text("extension_number")));
    }

    private ObjectNode managed(String word, String queueNumber) {
        return typed(word).put("queue_number", queueNumber);
    }

    /** The queues there are: what a subscription begins with. */
    List<ObjectNode> queues() {
        return state.queues().stream().map(queue -> managed("queue_created", queue.number())).toList();
    }

    /** Who waits in a queue and how its agents are; empty when there is no such queue. */
    Optional<ObjectNode> queue(String number) {
        return state.queue(number).map(queue -> {
            var body = typed("queue_status").put("queue_id", queue.id()).put("queue_number", number).put("queue_name", queue.name());
            var waiting = body.putArray("waiting_list");
            var position = 0;
            for (var one : state.waiting(queue.id())) {
                waiting.addObject().put("position", Integer.toString(++position)).put("session_id", one.sessionId()).put("caller_number", one.number())
                        .put("caller_name", one.displayName()).put("timestamp", Long.toString(one.since().getEpochSecond())).put("type", "normal");
            }
            var agents = body.putArray("agents");
            state.agents(queue.id()).forEach(agent -> agent(agents, agent.member().number(), agent.status().name()));
            return body;
        });
    }

    private void agent(ArrayNode agents, String number, String status) {
        agents.addObject().put("state", status).put("agent_extension_number", number).put("session_id", "").put("caller_number", "").put("caller_name", "")
                .put("timestamp", now());
    }

    private List<Notice> agents(QueueEvent event) {
        var body = typed("queue_agent_status").put("queue_id", event.queueId());
        var updated = body.putArray("updated_agents");
        var removed = body.putArray("removed_agents");
        return switch (event) {
            case QueueEvent.AgentStatusChanged(var _, var queue, var number, var status) -> {
                agent(updated, number, status.name());
                var own = about("extension_agent_status", number);
                own.putArray("agent_status").addObject().put("queue_number", queue).put("status", status.name());
                yield List.of(new Notice(Topic.QUEUE_EVENTS, queue, body), new Notice(Topic.EXTENSION_EVENTS, number, own));
            }
            case QueueEvent.AgentsChanged(var id, var queue) -> {
                var before = state.lastAgents(id);
                var agents = state.agents(id);
                agents.forEach(agent -> agent(updated, agent.member().number(), agent.status().name()));
                before.stream().filter(number -> agents.stream().noneMatch(agent -> agent.member().number().equals(number)))
                        .forEach(number -> removed.addObject().put("agent_extension_number", number));
                yield List.of(new Notice(Topic.QUEUE_EVENTS, queue, body));
            }
            default -> List.of();
        };
    }
}
