package gatehouse.calls;

import gatehouse.calls.Directory.Party;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.media.Media;
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
    private final Map<String, Call> live = new ConcurrentHashMap<>();
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
        var callee = directory.byNumber(invitation.destination());
        if (stopping || live.size() >= MOST_CALLS) {
            LOG.log(Level.WARNING, "A call from " + caller.number() + " is refused: " + (stopping ? "the box stops" : MOST_CALLS + " calls are up"));
            return refused(invitation, caller, callee, 503);
        }
        if (callee.isEmpty()) {
            return refused(invitation, caller, callee, 404);
        }
        var bindings = registrations.bindings(callee.get().number());
        if (bindings.isEmpty()) {
            return refused(invitation, caller, callee, 480);
        }
        var call = new Call(this, ids.next(), invitation, caller, callee.get());
        live.put(call.id(), call);
        Thread.ofVirtual().name("call-" + call.id()).start(() -> call.run(bindings));
        return call::on;
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

    void ended(Call call, CallRecord record) {
        live.remove(call.id());
        events.publish(new CallEvent.Ended(call.id(), record));
    }

    public List<LiveCall> live() {
        return live.values().stream().map(Call::live).toList();
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
            live.values().forEach(Call::stop);
            if (!live.isEmpty() && !gone.await(3, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, live.size() + " calls did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
