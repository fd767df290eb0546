package gatehouse.doors;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.calls.CallEvent;
import gatehouse.core.Events;
import gatehouse.core.Lockouts;
import gatehouse.core.Problem;
import gatehouse.core.Timers;
import gatehouse.hal.RelayOutput;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Opens doors: by a code typed in a call with a door phone, from the page or from the console. Thread-safe. */
public final class Doors {
    private static final System.Logger LOG = System.getLogger(Doors.class.getName());
    private static final String OBJECT = "DOOR";
    private static final Duration PULSE = Duration.ofSeconds(3);
    private static final int WRONG_TRIES = 5;
    private static final Duration FIRST_LOCK = Duration.ofSeconds(30); // what door phones themselves do after five wrong tries
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

    /** @param id the relay's name, which the board description gives */
    public record Door(String id, String name, boolean energised, Optional<Instant> openedAt, Optional<String> openedBy) { }

    private record Opening(Instant at, String by, Timers.Timer end) { }

    private final List<RelayOutput> relays;
    private final DoorCodes codes;
    private final Audit audit;
    private final Events events;
    private final Timers timers;
    private final Clock clock;
    private final Lockouts lockouts;
    private final Map<String, Opening> openings = new HashMap<>();
    private final Map<String, DigitCollector> typing = new HashMap<>();

    /** @param relays a door each, in the board's order */
    public Doors(List<RelayOutput> relays, DoorCodes codes, Audit audit, Events events, Timers timers, Clock clock) {
        this.relays = relays;
        this.codes = codes;
        this.audit = audit;
        this.events = events;
        this.timers = timers;
        this.clock = clock;
        this.lockouts = new Lockouts(clock, WRONG_TRIES, FIRST_LOCK, LONGEST_LOCK);
        events.on(CallEvent.DigitPressed.class, this::pressed);
        events.on(CallEvent.Ended.class, ended -> forget(ended.id()));
    }

    public synchronized List<Door> all() {
        return relays.stream().map(relay -> {
            var opening = Optional.ofNullable(openings.get(relay.name()));
            return new Door(relay.name(), "Door " + (relays.indexOf(relay) + 1), relay.energised(), opening.map(Opening::at), opening.map(Opening::by));
        }).toList();
    }

    /** Opens the door called {@code id} for three seconds. @throws gatehouse.core.ProblemException when there is none */
    public void open(String id, Actor actor) {
        var relay = relays.stream().filter(one -> one.name().equals(id)).findFirst().orElseThrow(() -> Problem.notFound("door").raise());
        open(relay, actor);
    }

    private synchronized void open(RelayOutput relay, Actor actor) {
        Optional.ofNullable(openings.get(relay.name())).ifPresent(opening -> opening.end.cancel());
        relay.energise();
        openings.put(relay.name(), new Opening(clock.instant(), actor.name(), timers.after(PULSE, () -> shut(relay))));
        audit.record(actor, Audit.Action.UPDATE, OBJECT, relay.name(), "opened");
        LOG.log(Level.INFO, "Door " + relay.name() + " opened by " + actor.name());
        events.publish(new DoorEvent.Opened(relay.name(), actor.name()));
    }

    private synchronized void shut(RelayOutput relay) {
        relay.release();
        events.publish(new DoorEvent.Shut(relay.name()));
    }

    /** Digits count when the one at the other end is a door phone. */
    private void pressed(CallEvent.DigitPressed pressed) {
        var doorCodes = codes.of(pressed.otherNumber());
        if (doorCodes.isEmpty()) {
            return;
        }
        var key = pressed.callId() + "/" + pressed.byNumber();
        var step = typing.getOrDefault(key, DigitCollector.EMPTY).press(pressed.digit(), clock.instant());
        typing.put(key, step.next());
        step.code().ifPresent(code -> entered(code, pressed, doorCodes));
    }

    private void entered(String code, CallEvent.DigitPressed pressed, List<String> doorCodes) {
        var actor = new Actor(pressed.byNumber(), "CALL", "");
        var key = pressed.byNumber() + "@" + pressed.otherNumber();
        if (lockouts.lockedUntil(key).isPresent()) {
            refuse(actor, pressed, true);
            return;
        }
        var relay = IntStream.range(0, Math.min(doorCodes.size(), relays.size())).filter(i -> same(doorCodes.get(i), code)).findFirst();
        if (relay.isPresent()) {
            lockouts.succeeded(key);
            open(relays.get(relay.getAsInt()), actor);
        } else {
            refuse(actor, pressed, lockouts.failed(key).isPresent());
        }
    }

    private void refuse(Actor actor, CallEvent.DigitPressed pressed, boolean locked) {
        audit.record(actor, Audit.Action.UPDATE, OBJECT, pressed.otherNumber(), locked ? "wrong code, locked" : "wrong code");
        LOG.log(Level.WARNING, "Wrong door code from " + pressed.byNumber() + " to door phone " + pressed.otherNumber() + (locked ? "; locked" : ""));
        events.publish(new DoorEvent.Refused(pressed.otherNumber(), pressed.byNumber(), locked));
    }

    /** In the same time whatever the first wrong digit is. */
    private static boolean same(String code, String typed) {
        return !code.isEmpty() && MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }

    private void forget(String callId) {
        typing.keySet().removeIf(key -> key.startsWith(callId + "/"));
    }
}
