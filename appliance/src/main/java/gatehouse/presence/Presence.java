package gatehouse.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.calls.CallEvent;
import gatehouse.calls.Calls;
import gatehouse.core.Events;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.registrations.Registrations;
import gatehouse.users.User;
import gatehouse.users.UserChanges;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user's presence now: what the user said, overlaid by what the phones show. What was said is kept with the user's settings, and do not
 * disturb is the setting of that name, so that both can never say different things. Thread-safe.
 */
public final class Presence {
    /** Whether the phones can be reached; the contract's words. */
    public enum Status { ONLINE, ON_CALL, OFFLINE }

    /** What others see; the contract's words. The last two are never set, only observed. */
    public enum Shown { DO_NOT_DISTURB, AVAILABLE, AWAY, BUSINESS_TRIP, LUNCH, ON_CALL, OFFLINE }

    private record Seen(Shown presence, Optional<String> note) { }

    private final Users users;
    private final UserChanges changes;
    private final Registrations registrations;
    private final Calls calls;
    private final Events events;
    private final Map<String, Seen> last = new ConcurrentHashMap<>();

    public Presence(Users users, UserChanges changes, Registrations registrations, Calls calls, Events events) {
        this.users = users;
        this.changes = changes;
        this.registrations = registrations;
        this.calls = calls;
        this.events = events;
        users.all().forEach(user -> user.extensionNumber().ifPresent(number -> last.put(number, seen(user))));
        events.on(RegistrationChanged.class, event -> look(event.extensionNumber()));
        events.on(CallEvent.class, this::look);
        events.on(UserEvent.class, event -> event.user().extensionNumber().ifPresent(this::look));
    }

    public Status status(User user) {
        return user.extensionNumber().map(number -> calls.onCall(number) ? Status.ON_CALL : registrations.online(number) ? Status.ONLINE : Status.OFFLINE)
                .orElse(Status.OFFLINE);
    }

    /** What the user said counts more than a phone that is off: who is on a trip is on a trip. A call under way is shown whatever was said. */
    public Shown shown(User user) {
        return switch (status(user)) {
            case ON_CALL -> Shown.ON_CALL;
            case ONLINE -> said(user);
            case OFFLINE -> said(user) == Shown.AVAILABLE ? Shown.OFFLINE : said(user);
        };
    }

    private static Shown said(User user) {
        return user.dnd() ? Shown.DO_NOT_DISTURB : Shown.valueOf(user.presence().name());
    }

    /** What the fields that are given say; an explicit null takes it back. */
    void set(Actor actor, String userId, ObjectNode body) {
        var fields = Json.object();
        if (body.has("presence")) {
            var dnd = body.get("presence").asText("").equals(Shown.DO_NOT_DISTURB.name());
            fields.put("enable_dnd", dnd);
            if (!dnd) {
                fields.set("presence", body.get("presence"));
            }
        }
        if (body.has("presence_note")) {
            fields.set("presence_note", body.get("presence_note"));
        }
        if (!fields.isEmpty()) {
            changes.set(actor, userId, fields);
        }
    }

    private Seen seen(User user) {
        return new Seen(shown(user), user.presenceNote());
    }

    private void look(CallEvent event) {
        switch (event) {
            case CallEvent.Started(var call) -> look(call.caller(), call.callee());
            case CallEvent.Ended(_, var record) -> look(record.caller(), record.callee());
            case CallEvent.Ringing _, CallEvent.Answered _, CallEvent.DigitPressed _ -> { }
        }
    }

    private void look(String... numbers) {
        for (var number : numbers) {
            users.byNumber(number).ifPresentOrElse(user -> {
                var now = seen(user);
                if (!now.equals(last.put(number, now))) {
                    events.publish(new PresenceChanged(number, now.presence, now.note));
                }
            }, () -> last.remove(number));
        }
    }
}
