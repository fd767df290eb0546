package gatehouse.notifications;

import gatehouse.core.Events;
import gatehouse.mail.Addresses;
import gatehouse.meetings.Meetings;
import gatehouse.resources.Resource;
import gatehouse.resources.ResourceEvent;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Invites people to conference rooms and meetings: who is new, and everybody again when something changed that they need to come in. Who is no
 * more invited hears that too, unless it is over. Thread-safe.
 */
public final class MeetingNotices {
    private static final Duration LONGEST = Duration.ofDays(1); // of what has no end
    private static final List<String> TO_COME_IN = List.of("subject", "extension_number", "scheduled_start_at", "timezone");

    private final Letters letters;
    private final Meetings meetings;
    private final Users users;
    private final Clock clock;

    public MeetingNotices(Letters letters, Meetings meetings, Users users, Clock clock) {
        this.letters = letters;
        this.meetings = meetings;
        this.users = users;
        this.clock = clock;
    }

    public void listen(Events events) {
        events.on(ResourceEvent.class, event -> {
            if (Meetings.isOneOf(event.table())) {
                follow(event);
            }
        });
    }

    private void follow(ResourceEvent event) {
        switch (event) {
            case ResourceEvent.Created(_, var meeting) -> invite(meeting, invited(meeting));
            case ResourceEvent.Updated(_, var meeting, var before) -> {
                var now = invited(meeting);
                var already = invited(before);
                var uninvited = new LinkedHashMap<>(already);
                now.keySet().forEach(uninvited::remove);
                if (!otherwise(meeting, before)) {
                    already.keySet().forEach(now::remove);
                }
                invite(meeting, now);
                tell(before, uninvited, "Not invited any more", "you are not invited any more to");
            }
            case ResourceEvent.Deleted(_, var meeting) -> tell(meeting, invited(meeting), "Cancelled", "this meeting does not take place:");
        }
    }

    private boolean otherwise(Resource meeting, Resource before) {
        return TO_COME_IN.stream().anyMatch(field -> !meeting.text(field).equals(before.text(field)))
                || !meetings.pin(meeting, "room_pin").equals(meetings.pin(before, "room_pin"));
    }

    /** Their names by their addresses; who has none cannot be told. */
    private Map<String, String> invited(Resource meeting) {
        var people = new LinkedHashMap<String, String>();
        meeting.document().path("internal_invitees").forEach(number -> users.byNumber(number.asText()).filter(User::enabled)
                .filter(user -> Addresses.isAddress(user.email())).ifPresent(user -> people.put(user.email(), user.displayName())));
        Addresses.list(meeting.text("external_invitees")).stream().filter(Addresses::isAddress).forEach(address -> people.putIfAbsent(address, address));
        return people;
    }

    private void invite(Resource meeting, Map<String, String> people) {
        if (isOver(meeting)) {
            return;
        }
        var invitation = new Letters.Invitation(meeting.text("subject"), meeting.text("extension_number"), meetings.pin(meeting, "room_pin").orElse("none"),
                start(meeting).map(at -> letters.time(at, zone(meeting))).orElse("at any time"), organizer(meeting));
        people.forEach((address, name) -> letters.invite(address, name, invitation));
    }

    private void tell(Resource meeting, Map<String, String> people, String about, String what) {
        if (isOver(meeting)) {
            return;
        }
        var at = start(meeting).map(start -> " at " + letters.time(start, zone(meeting))).orElse("");
        people.forEach((address, name) -> letters.tell(address, about + ": " + meeting.text("subject"), "Hello " + name + ",\n\n" + what
                + " " + meeting.text("subject") + ", by " + organizer(meeting) + at + ".\n"));
    }

    private String organizer(Resource meeting) {
        return users.byId(meeting.owner()).map(User::displayName).orElseGet(letters::companyName);
    }

    private boolean isOver(Resource meeting) {
        var end = time(meeting, "scheduled_end_at").or(() -> start(meeting).map(at -> at.plus(LONGEST)));
        return end.filter(clock.instant()::isAfter).isPresent();
    }

    private static Optional<Instant> start(Resource meeting) {
        return time(meeting, "scheduled_start_at");
    }

    private static Optional<Instant> time(Resource meeting, String field) {
        return Stream.of(meeting.text(field)).filter(text -> !text.isEmpty()).map(Instant::parse).findFirst();
    }

    private static Optional<ZoneId> zone(Resource meeting) {
        return Stream.of(meeting.text("timezone")).filter(name -> !name.isEmpty()).map(ZoneId::of).findFirst();
    }
}
