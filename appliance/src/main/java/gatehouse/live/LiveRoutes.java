package gatehouse.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.ApiRequest;
import gatehouse.api.EventStream;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.calls.CallEvent;
import gatehouse.calls.LiveCall;
import gatehouse.core.Event;
import gatehouse.core.Events;
import gatehouse.doors.DoorEvent;
import gatehouse.queues.QueueEvent;
import gatehouse.presence.PresenceChanged;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Server-sent events: what the signed-in user may see. */
public final class LiveRoutes implements Routes, AutoCloseable {
    private static final int WAITING = 512; // a listener that is this far behind has gone to sleep; it reconnects
    private static final long BEAT_SECONDS = 15;
    private static final String SEES_ALL = "user_management.users";

    private record Numbered(String id, ObjectNode event) { }

    private static final Numbered END = new Numbered("", Json.object());

    private final Events events;
    private final Users users;
    private final Set<BlockingQueue<Numbered>> open = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final AtomicLong last = new AtomicLong();
    private volatile boolean closing;

    public LiveRoutes(Events events, Users users) {
        this.events = events;
        this.users = users;
    }

    @Override
    public void addTo(Operations operations) {
        operations.stream("streamEvents", this::stream);
    }

    private void stream(ApiRequest request, EventStream out) throws InterruptedException {
        var queue = new ArrayBlockingQueue<Numbered>(WAITING);
        var own = users.byId(request.caller().userId()).flatMap(User::extensionNumber);
        var all = request.caller().may(SEES_ALL);
        open.add(queue);
        try (var _ = events.on(Event.class, event -> json(event, all, own).ifPresent(body ->
                queue.offer(new Numbered(Long.toString(last.incrementAndGet()), body))))) {
            out.beat(); // the client knows now that it is connected
            while (!closing && queue.remainingCapacity() > 0) {
                var next = queue.poll(BEAT_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    out.beat();
                } else if (next != END) {
                    out.send(next.id, next.event);
                }
            }
        } finally {
            open.remove(queue);
        }
    }

    private static Optional<ObjectNode> json(Event event, boolean all, Optional<String> own) {
        return switch (event) {
            case RegistrationChanged(var number, var online) when all || own.filter(number::equals).isPresent() ->
                    Optional.of(typed("registration").put("extension_number", number).put("online", online));
            case PresenceChanged(var number, var presence, var note) when all || own.filter(number::equals).isPresent() ->
                    Optional.of(typed("presence").put("extension_number", number).put("presence", presence.name()).put("presence_note", note.orElse(null)));
            case CallEvent.Started(var call) -> call("started", call, all, own);
            case CallEvent.Ringing(var call) -> call("ringing", call, all, own);
            case CallEvent.Answered(var call) -> call("answered", call, all, own);
            case CallEvent.Ended(var id, var record) when all || own.filter(number -> number.equals(record.caller()) || number.equals(record.callee())).isPresent() ->
                    Optional.of(typed("call").put("state", "ended").put("id", id).put("caller", record.caller()).put("callee", record.callee()));
            case DoorEvent.Opened(var id, var by) when all -> Optional.of(typed("door").put("id", id).put("energised", true).put("by", by));
            case DoorEvent.Shut(var id) when all -> Optional.of(typed("door").put("id", id).put("energised", false));
            case QueueEvent.AgentStatusChanged(var id, var queue, var agent, var status) when all || own.filter(agent::equals).isPresent() ->
                    Optional.of(typed("agent").put("queue_id", id).put("queue", queue).put("extension_number", agent).put("status", status.name()));
            case QueueEvent.AgentsChanged(var id, var queue) when all -> Optional.of(typed("agents").put("queue_id", id).put("queue", queue));
            case UserEvent changed when all -> Optional.of(typed("user").put("id", changed.user().id()));
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> call(String state, LiveCall call, boolean all, Optional<String> own) {
        var visible = all || own.filter(number -> number.equals(call.caller()) || number.equals(call.callee())).isPresent();
        return visible ? Optional.of(typed("call").put("state", state).put("id", call.id()).put("caller", call.caller()).put("callee", call.callee()))
                : Optional.empty();
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    /** Ends every stream. */
    @Override
    public void close() {
        closing = true;
        open.forEach(queue -> {
            queue.clear();
            queue.offer(END);
        });
    }
}
