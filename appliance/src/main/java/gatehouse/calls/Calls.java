package gatehouse.calls;

import gatehouse.calls.Directory.Party;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.media.Media;
import gatehouse.registrations.Binding;
import gatehouse.registrations.Registrations;
import gatehouse.sip.CallTaker;
import gatehouse.sip.Leg;
import gatehouse.sip.SipEdge;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All calls. Thread-safe. */
public final class Calls implements CallTaker, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Calls.class.getName());
    /** At once. */
    public static final int MOST_CALLS = 300; // 1,200 sockets, and about 60 % of one core of a Pi 5 (docs/decisions/001)

    final SipEdge sip;
    final Media media;
    final Events events;
    final Timers timers;
    final Clock clock;
    final Duration ringFor;
    private final Registrations registrations;
    private final Directory directory;
    private final Ids ids;
    private final Map<String, Ongoing> live = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param ringFor how long phones ring before the caller gets 480 */
    public Calls(SipEdge sip, Media media, Registrations registrations, Directory directory, Events events, Timers timers, Clock clock, Ids ids,
                 Duration ringFor) {
        this.sip = sip;
        this.media = media;
        this.registrations = registrations;
        this.directory = directory;
        this.events = events;
        this.timers = timers;
        this.clock = clock;
        this.ids = ids;
        this.ringFor = ringFor;
    }

    @Override
    public Leg.Listener invited(Invitation invitation) {
        var caller = directory.byNumber(invitation.from()).orElse(new Party(invitation.from(), invitation.from()));
        if (stopping || live.size() >= MOST_CALLS) {
            LOG.log(Level.WARNING, "A call from " + caller.number() + " is refused: " + (stopping ? "the box stops" : MOST_CALLS + " calls are up"));
            tellFull();
            return refused(invitation, caller, directory.byNumber(invitation.destination()), 503);
        }
        if (invitation.replaces().isPresent()) {
            return replaced(invitation, invitation.replaces().get());
        }
        return switch (directory.route(caller, invitation.destination())) {
            case Way.Refused(var callee, var status) -> refused(invitation, caller, Optional.of(callee), status);
            case Way.Ring way -> rung(invitation, way);
        };
    }

    private Leg.Listener rung(Invitation invitation, Way.Ring way) {
        var bindings = registrations.bindings(way.callee().number());
        if (bindings.isEmpty()) {
            return refused(invitation, way.caller(), Optional.of(way.callee()), 480);
        }
        var call = new Call(this, ids.next(), invitation, way.caller(), way.callee(), Before.routed(way));
        live.put(call.id(), call);
        start(call, bindings);
        return call::on;
    }

    private void tellFull() {
        if (!stopping) {
            events.publish(new CallsFull(MOST_CALLS));
        }
    }

    void start(Call call, List<Binding> bindings) {
        Thread.ofVirtual().name("call-" + call.id()).start(() -> call.run(() -> bindings));
    }

    /** A call goes on as another. */
    void replace(Ongoing before, Ongoing now) {
        live.put(before.id(), now);
    }

    Way route(Party caller, String dialled) {
        return directory.route(caller, dialled);
    }

    List<Binding> registrations(String number) {
        return registrations.bindings(number);
    }

    /** What became of a wish. */
    public sealed interface Outcome {
        record Done(String id) implements Outcome { }

        /** No such call, or it has no such side. */
        record Unknown() implements Outcome { }

        /** Not now; {@code why} is a sentence. */
        record NotNow(String why) implements Outcome { }

        /** @param field which of the wish's numbers is nobody's */
        record Nobody(String field) implements Outcome { }
    }

    /** Rings the caller's phones, then the callee's. */
    public Outcome place(Placement placement) {
        var caller = directory.byNumber(placement.caller());
        var callee = directory.byNumber(placement.callee());
        if (caller.isEmpty() || callee.isEmpty()) {
            return new Outcome.Nobody(caller.isEmpty() ? "caller" : "callee");
        }
        var phones = registrations.bindings(placement.caller()).stream().filter(placement.phones()).toList();
        if (phones.isEmpty()) {
            return new Outcome.NotNow("No such phone of " + placement.caller() + " is registered. Switch one on and try again.");
        }
        if (registrations.bindings(placement.callee()).isEmpty() && !(directory.route(caller.get(), placement.callee()) instanceof Way.Ring)) {
            return new Outcome.NotNow("No phone of " + placement.callee() + " is registered.");
        }
        if (stopping || live.size() >= MOST_CALLS) {
            tellFull();
            return new Outcome.NotNow(stopping ? "The box is stopping." : MOST_CALLS + " calls are up, which is the most. Try again when one has ended.");
        }
        var callout = new Callout(this, ids.next(), placement, caller.get(), callee.get());
        live.put(callout.id(), callout);
        Thread.ofVirtual().name("call-" + callout.id()).start(() -> callout.run(phones));
        return new Outcome.Done(callout.id());
    }

    /** Ends a call, whatever it is at. */
    public Outcome destroy(String id) {
        var call = live.get(id);
        if (call == null) {
            return new Outcome.Unknown();
        }
        call.destroy();
        return new Outcome.Done(id);
    }

    /** @param number who holds, or takes the call back */
    public Outcome hold(String id, String number, boolean hold) {
        return talking(id, number, call -> call.hold(hold));
    }

    /** Hands the call on from {@code number} to {@code target}, or to where a call to that goes. */
    public Outcome transfer(String id, String number, String target) {
        if (directory.byNumber(target).isEmpty()) {
            return new Outcome.Nobody("refer_to");
        }
        var now = talking(id, number, _ -> { });
        if (!(now instanceof Outcome.Done) || !(live.get(id) instanceof Call call)) {
            return now;
        }
        var status = dialled(call, call.side(number), target);
        return status == 202 ? now : new Outcome.NotNow("No phone rings for " + target + " now (SIP status " + status + ").");
    }

    /**
     * Two calls of one extension that are to become one between the other two.
     *
     * @param with,withSecond the other two
     * @param second          empty for the only one with {@code withSecond}
     */
    public record Consultation(String number, String first, String with, Optional<String> second, String withSecond) { }

    /** Joins the other ends of two calls; the first one's id is that of what they have then, the second ends. */
    public Outcome join(Consultation wish) {
        if (directory.byNumber(wish.with).isEmpty()) {
            return new Outcome.Nobody("refer_to_1");
        }
        if (directory.byNumber(wish.withSecond).isEmpty()) {
            return new Outcome.Nobody("refer_to_2");
        }
        var seconds = wish.second.map(List::of).orElseGet(() -> live.values().stream().filter(call -> !call.id().equals(wish.first)
                && call.isBetween(wish.number, wish.withSecond)).map(Ongoing::id).toList());
        if (seconds.size() > 1) {
            return new Outcome.NotNow("There are " + seconds.size() + " calls between " + wish.number + " and " + wish.withSecond
                    + ". Say in session_2 which one is meant.");
        }
        if (seconds.isEmpty() || !isBetween(wish.first, wish.number, wish.with) || !isBetween(seconds.getFirst(), wish.number, wish.withSecond)) {
            return new Outcome.Unknown();
        }
        if (wish.first.equals(seconds.getFirst())) {
            return new Outcome.NotNow("A call cannot be joined with itself.");
        }
        if (live.get(seconds.getFirst()) instanceof Call second && second.live().answeredAt().isPresent()) {
            return talking(wish.first, wish.number, first -> first.join(first.side(wish.number), second, second.side(wish.number)));
        }
        return new Outcome.NotNow("The second call is not answered yet.");
    }

    private boolean isBetween(String id, String number, String other) {
        var call = live.get(id);
        return call != null && call.isBetween(number, other);
    }

    /** A user's other phone goes on with a call of the first (RFC 3891): nobody else may. */
    private Leg.Listener replaced(Invitation invitation, Leg leg) {
        for (var other : live.values()) {
            if (other instanceof Call call && call.side(leg).isPresent() && call.live().answeredAt().isPresent()) {
                var side = call.side(leg).get();
                if (!call.party(side).number().equals(invitation.from())) {
                    invitation.leg().refuse(403);
                    return _ -> { };
                }
                var told = new Unheard();
                call.replace(side, invitation, told);
                return told;
            }
        }
        invitation.leg().refuse(481);
        return _ -> { };
    }

    /** A phone hands its call on by itself. @return the SIP status that says what becomes of it: 202, or why not */
    int referred(Call call, Media.Leg by, Leg.Event.Referred wish) {
        try {
            return call.live().answeredAt().isEmpty() ? 491 : wish.instead().map(leg -> joined(call, by, leg)).orElseGet(() -> dialled(call, by, wish.target()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Call " + call.id() + " cannot be handed on", e); // and goes on as it is
            return 500;
        }
    }

    /** Where a call of who stays to that number would ring. */
    private int dialled(Call call, Media.Leg by, String number) {
        return switch (directory.route(call.party(by.other()), number)) {
            case Way.Refused(_, var status) -> status;
            case Way.Ring way -> {
                var phones = registrations.bindings(way.callee().number());
                if (phones.isEmpty()) {
                    yield 480;
                }
                call.transfer(by, number, way, phones);
                yield 202;
            }
        };
    }

    /** Only a call of one's own can be given up for another. One that rings still is dialled anew, for who waits. */
    private int joined(Call first, Media.Leg by, Leg instead) {
        for (var other : live.values()) {
            if (other == first || !(other instanceof Call second) || second.side(instead).isEmpty()) {
                continue;
            }
            var side = second.side(instead).get();
            if (!second.party(side).number().equals(first.party(by).number())) {
                return 404;
            }
            if (second.live().answeredAt().isPresent()) {
                first.join(by, second, side);
                return 202;
            }
            var status = dialled(first, by, second.party(side.other()).number());
            if (status == 202) {
                second.destroy();
            }
            return status;
        }
        return 404;
    }

    private Outcome talking(String id, String number, Consumer<Call> wish) {
        return switch (live.get(id)) {
            case Call call when call.involves(number) && call.live().answeredAt().isPresent() -> {
                wish.accept(call);
                yield new Outcome.Done(id);
            }
            case Ongoing call when call.involves(number) -> new Outcome.NotNow("This call is not answered yet.");
            case null, default -> new Outcome.Unknown();
        };
    }

    /** A call that never was: it has a record all the same. */
    private Leg.Listener refused(Invitation invitation, Party caller, Optional<Party> callee, int status) {
        var now = clock.instant();
        invitation.leg().refuse(status);
        events.publish(new CallEvent.Ended(ids.next(), new CallRecord(invitation.leg().callId(), caller.number(), caller.displayName(),
                callee.map(Party::number).orElse(invitation.destination()), callee.map(Party::displayName).orElse(""), invitation.destination(),
                now, Optional.empty(), Optional.empty(), now, status, Optional.empty())));
        return _ -> { };
    }

    void ended(Ongoing call, CallRecord record) {
        live.remove(call.id(), call);
        events.publish(new CallEvent.Ended(call.id(), record));
    }

    public List<LiveCall> live() {
        return live.values().stream().map(Ongoing::live).toList();
    }

    public Optional<LiveCall> live(String id) {
        return Optional.ofNullable(live.get(id)).map(Ongoing::live);
    }

    public boolean onCall(String extensionNumber) {
        return live.values().stream().anyMatch(call -> call.involves(extensionNumber));
    }

    /** Refuses new calls, hangs up all that are up, and waits a moment for their records. */
    @Override
    public void close() {
        stopping = true;
        var gone = new CountDownLatch(live.size());
        try (var _ = events.on(CallEvent.Ended.class, _ -> gone.countDown())) {
            live.values().forEach(Ongoing::stop);
            if (!live.isEmpty() && !gone.await(3, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, live.size() + " calls did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
