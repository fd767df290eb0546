package gatehouse.calls;

import gatehouse.calls.CallMachine.Action;
import gatehouse.calls.CallMachine.Input;
import gatehouse.calls.CallMachine.State;
import gatehouse.calls.Directory.Party;
import gatehouse.core.Timers;
import gatehouse.media.Media;
import gatehouse.media.Media.SdpException;
import gatehouse.registrations.Binding;
import gatehouse.sip.CallTaker.Invitation;
import gatehouse.sip.Leg;
import gatehouse.sip.SipEdge;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * One call's owner: a virtual thread that takes what the legs and timers tell from a bounded mailbox, asks {@link CallMachine} what
 * follows, and does it. Nobody else touches the call's state.
 */
final class Call {
    private static final System.Logger LOG = System.getLogger(Call.class.getName());
    private static final int MAILBOX = 256; // a call that floods its owner is ended; digits and re-INVITEs come one at a time

    /** What comes in; {@code leg} events are translated by who the leg is. */
    private sealed interface Mail {
        record FromLeg(Leg.Event event) implements Mail { }

        record Decided(Input input) implements Mail { }
    }

    private final Calls calls;
    private final String id;
    private final Invitation invitation;
    private final Party caller;
    private final Party callee;
    private final Instant startedAt;
    private final ArrayBlockingQueue<Mail> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final List<Leg> branches = new ArrayList<>();
    private volatile Instant rangAt;
    private volatile Instant answeredAt;
    private volatile boolean overflowed;
    private Media.RtpRelay relay;
    private State state;
    private Timers.Timer noAnswer;
    private String earlyMedia = "";
    private String answer = "";
    private Leg reoffering;

    Call(Calls calls, String id, Invitation invitation, Party caller, Party callee) {
        this.calls = calls;
        this.id = id;
        this.invitation = invitation;
        this.caller = caller;
        this.callee = callee;
        this.startedAt = calls.clock.instant();
    }

    LiveCall live() {
        return new LiveCall(id, caller.number(), caller.displayName(), callee.number(), callee.displayName(), startedAt, Optional.ofNullable(answeredAt));
    }

    boolean involves(String number) {
        return caller.number().equals(number) || callee.number().equals(number);
    }

    /** The legs' listener: hands over and returns. */
    void on(Leg.Event event) {
        post(new Mail.FromLeg(event));
    }

    void stop() {
        post(new Mail.Decided(new Input.Stopping()));
    }

    private void post(Mail mail) {
        if (!mailbox.offer(mail)) {
            overflowed = true;
        }
    }

    /** The owner's thread, from the first INVITE to the record. */
    void run(List<Binding> bindings) {
        try {
            begin(bindings);
            while (!(state instanceof State.Over)) {
                take(overflowed ? new Mail.Decided(new Input.Stopping()) : mailbox.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Call " + invitation.leg().callId() + " failed and is ended", e);
            abort();
        }
    }

    /** Our own fault: the rules no longer hold, so everything is let go. */
    private void abort() {
        branches.forEach(Leg::end);
        invitation.leg().refuse(500);
        invitation.leg().end();
        finish(500, Optional.empty());
    }

    private void begin(List<Binding> bindings) {
        calls.events.publish(new CallEvent.Started(live()));
        state = CallMachine.begin(bindings.size());
        try {
            relay = calls.media.relay(this::pressed);
            for (int branch = 0; branch < bindings.size(); branch++) {
                invite(bindings.get(branch));
            }
            noAnswer = calls.timers.after(calls.ringFor, () -> post(new Mail.Decided(new Input.NobodyAnswered())));
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Call " + invitation.leg().callId() + " has no sound we can carry: " + e.getMessage());
            refuse(488);
        } catch (Media.PortsExhausted e) {
            LOG.log(Level.ERROR, e.getMessage());
            refuse(503);
        }
    }

    private void refuse(int status) {
        branches.forEach(Leg::end);
        state = new State.Over();
        act(new Action.RefuseCaller(status));
        act(new Action.Finish(status, Optional.empty()));
    }

    private void invite(Binding binding) throws SdpException {
        var offer = relay.pass(Media.Leg.CALLER, invitation.sessionDescription(), calls.sip.localAddress(binding.flow()));
        branches.add(calls.sip.invite(new SipEdge.Outgoing(binding.contact(), binding.flow(), caller.number(), caller.displayName(),
                callee.number(), offer), this::on));
    }

    private void take(Mail mail) {
        switch (mail) {
            case Mail.Decided(var input) -> step(input);
            case Mail.FromLeg(var event) when event.leg() == invitation.leg() -> fromCaller(event);
            case Mail.FromLeg(var event) -> fromBranch(event, branches.indexOf(event.leg()));
        }
    }

    private void fromCaller(Leg.Event event) {
        switch (event) {
            case Leg.Event.Cancelled _ -> step(new Input.CallerCancelled());
            case Leg.Event.Ended _ -> step(new Input.CallerEnded());
            case Leg.Event.Reoffered(_, var offer) -> reoffered(invitation.leg(), Media.Leg.CALLER, offer);
            case Leg.Event.Answered(_, var description) -> reanswered(Media.Leg.CALLER, description);
            case Leg.Event.Refused(_, var status) -> rerefused(status);
            case Leg.Event.Digit(_, var digit) -> pressed(Media.Leg.CALLER, digit);
            case Leg.Event.Ringing _ -> { }
        }
    }

    private void fromBranch(Leg.Event event, int branch) {
        var talking = state instanceof State.Talking(var on) && on == branch;
        switch (event) {
            case Leg.Event.Ringing(_, var early) -> {
                earlyMedia = early.orElse(earlyMedia);
                step(new Input.Ringing(branch, early.isPresent()));
            }
            case Leg.Event.Answered(_, var description) when talking -> reanswered(Media.Leg.CALLEE, description);
            case Leg.Event.Answered(_, var description) -> {
                answer = description;
                step(new Input.Answered(branch));
            }
            case Leg.Event.Refused(_, var status) when talking -> rerefused(status);
            case Leg.Event.Refused(_, var status) -> step(new Input.Refused(branch, status));
            case Leg.Event.Reoffered(var leg, var offer) -> reoffered(leg, Media.Leg.CALLEE, offer);
            case Leg.Event.Ended _ -> step(new Input.BranchEnded(branch));
            case Leg.Event.Digit(_, var digit) -> pressed(Media.Leg.CALLEE, digit);
            case Leg.Event.Cancelled _ -> { }
        }
    }

    private void step(Input input) {
        var step = CallMachine.on(state, input);
        state = step.next();
        step.actions().forEach(this::act);
    }

    private void act(Action action) {
        switch (action) {
            case Action.Ring(var early, var branch) -> ring(early, branches.get(branch));
            case Action.Connect(var branch) -> connect(branches.get(branch));
            case Action.RefuseCaller(var status) -> invitation.leg().refuse(status);
            case Action.EndCaller() -> invitation.leg().end();
            case Action.EndBranch(var branch) -> branches.get(branch).end();
            case Action.Finish(var status, var reason) -> finish(status, reason);
        }
    }

    private void ring(boolean early, Leg branch) {
        if (rangAt == null) {
            rangAt = calls.clock.instant();
            calls.events.publish(new CallEvent.Ringing(live()));
        }
        try {
            var description = early ? Optional.of(relay.pass(Media.Leg.CALLEE, earlyMedia, invitation.leg().localAddress())) : Optional.<String>empty();
            invitation.leg().ringing(description);
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Call " + branch.callId() + " has early media we cannot carry: " + e.getMessage());
            invitation.leg().ringing(Optional.empty());
        }
    }

    private void connect(Leg branch) {
        noAnswer.cancel();
        try {
            invitation.leg().answer(relay.pass(Media.Leg.CALLEE, answer, invitation.leg().localAddress()));
            answeredAt = calls.clock.instant();
            calls.events.publish(new CallEvent.Answered(live()));
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Call " + branch.callId() + " was answered with sound we cannot carry: " + e.getMessage());
            branch.end();
            refuse(488);
        }
    }

    /** One side wants other media (hold, another codec): the other is asked, and its answer goes back. */
    private void reoffered(Leg from, Media.Leg side, String offer) {
        var other = side == Media.Leg.CALLER ? talkingBranch() : Optional.of(invitation.leg());
        if (other.isEmpty() || reoffering != null) {
            from.refuse(491);
            return;
        }
        try {
            reoffering = from;
            other.get().reinvite(relay.pass(side, offer, other.get().localAddress()));
        } catch (SdpException e) {
            reoffering = null;
            from.refuse(488);
        }
    }

    private void reanswered(Media.Leg side, String description) {
        if (reoffering == null) {
            return;
        }
        try {
            reoffering.answer(relay.pass(side, description, reoffering.localAddress()));
        } catch (SdpException e) {
            reoffering.refuse(488);
        }
        reoffering = null;
    }

    private void rerefused(int status) {
        if (reoffering != null) {
            reoffering.refuse(status);
            reoffering = null;
        }
    }

    private Optional<Leg> talkingBranch() {
        return state instanceof State.Talking(var branch) ? Optional.of(branches.get(branch)) : Optional.empty();
    }

    /** From the media side or by INFO; may come on any thread. */
    private void pressed(Media.Leg from, char digit) {
        var by = from == Media.Leg.CALLER ? caller : callee;
        var other = from == Media.Leg.CALLER ? callee : caller;
        calls.events.publish(new CallEvent.DigitPressed(id, by.number(), other.number(), digit));
    }

    private void finish(int status, Optional<EndReason> reason) {
        if (noAnswer != null) {
            noAnswer.cancel();
        }
        if (relay != null) {
            relay.close();
        }
        calls.ended(this, new CallRecord(invitation.leg().callId(), caller.number(), caller.displayName(), callee.number(), callee.displayName(),
                invitation.destination(), startedAt, Optional.ofNullable(rangAt), Optional.ofNullable(answeredAt), calls.clock.instant(), status, reason));
    }

    String id() {
        return id;
    }
}
