package gatehouse.live;

import gatehouse.api.ApiRequest;
import gatehouse.api.Caller;
import gatehouse.api.EventStream;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Event;
import gatehouse.core.Events;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Server-sent events (WHATWG HTML 9.2): what the signed-in user may see. A client that was cut off says the last id it saw
 * ({@code Last-Event-ID}) and misses nothing, unless it was away for too long: then {@code {"type":"reset"}} tells it to load anew.
 */
public final class LiveRoutes implements Routes, AutoCloseable {
    private static final int KEPT = 4_096; // about 1 MB; minutes of a busy office, for a page that changes its network
    private static final int AT_ONCE = 256;
    private static final int MOST_STREAMS = 160; // each is one of the 256 requests that the server takes at once
    private static final int MOST_OF_A_USER = 24; // windows and programs, with room
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Users users;
    private final Function<User, Caller> callers;
    private final History history;
    private final Map<String, Integer> open = new HashMap<>();

    /** @param callers what a user may do now */
    public LiveRoutes(Events events, Users users, Function<User, Caller> callers, Clock clock) {
        this(events, users, callers, clock, KEPT);
    }

    LiveRoutes(Events events, Users users, Function<User, Caller> callers, Clock clock, int kept) {
        this.users = users;
        this.callers = callers;
        this.history = new History(clock, kept);
        var telling = new Telling(users::byId);
        events.on(Event.class, event -> telling.of(event).ifPresent(history::add));
    }

    @Override
    public void addTo(Operations operations) {
        operations.stream("streamEvents", this::stream);
    }

    private void stream(ApiRequest request, EventStream out) throws InterruptedException {
        var userId = request.caller().userId();
        enter(userId);
        try {
            tell(userId, request.header("Last-Event-ID"), out);
        } finally {
            leave(userId);
        }
    }

    private synchronized void enter(String userId) {
        if (open.getOrDefault(userId, 0) >= MOST_OF_A_USER || open.values().stream().mapToInt(count -> count).sum() >= MOST_STREAMS) {
            throw Problem.of(Code.UNAVAILABLE, "Too many listen to events already. Close some pages and try again.").raise();
        }
        open.merge(userId, 1, Integer::sum);
    }

    private synchronized void leave(String userId) {
        open.computeIfPresent(userId, (_, count) -> count == 1 ? null : count - 1);
    }

    private void tell(String userId, Optional<String> lastSeen, EventStream out) throws InterruptedException {
        var resumed = lastSeen.flatMap(LiveRoutes::number).flatMap(history::after);
        try (var reader = resumed.orElseGet(history::now)) {
            out.mark(Long.toString(reader.at()));
            if (lastSeen.isPresent() && resumed.isEmpty()) {
                out.send(Long.toString(reader.at()), Json.object().put("type", "reset"));
            }
            while (!history.closed()) {
                var entries = reader.next(BEAT, AT_ONCE);
                if (entries.isEmpty() && !history.closed()) {
                    out.mark(Long.toString(reader.at())); // so that what was not for this client does not make it miss the rest
                    out.beat();
                }
                for (var entry : entries) {
                    if (mayHear(userId, entry.told())) {
                        out.send(Long.toString(entry.number()), entry.told().body());
                    }
                    reader.passed(entry.number());
                }
            }
        }
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** By what the user may do now, not when the stream began. */
    private boolean mayHear(String userId, Told told) {
        return users.byId(userId).filter(user -> told.audience().has(callers.apply(user), user.extensionNumber())).isPresent();
    }

    /** How many listen. */
    int listeners() {
        return history.readers();
    }

    /** Ends every stream. */
    @Override
    public void close() {
        history.close();
    }
}
