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
import java.util.Map;
import java.util.Optional;

/**
 * One call's owner: a virtual thread that takes what the legs and timers tell from a bounded mailbox, asks {@link CallMachine} what
 * follows, and does it. Nobody else touches the call's state.
 */
final class Call implements Ongoing {
    private static final System.Logger LOG = System.getLogger(Call.class.getName());
    private static final int MAILBOX = 256; // a call that floods its owner is ended; digits and re-INVITEs come one at a time

    /** What comes in; {@code leg} events are translated by who the leg is. */
    private sealed interface Mail {
        record FromLeg(Leg.Event event) implements Mail { }

        record Decided(Input input) implements Mail { }

        record Hold(boolean hold) implements Mail { }

        record AskAgain(Media.Leg side) implements Mail { }

        record Transfer(boolean byCaller, Party target, List<Binding> phones) implements Mail { }
    }

    private final Calls calls;
    private final String id;
    private final Invitation invitation;
    private final Party caller;
    private final Party callee;
    private final Before before;
    private final Instant startedAt;
    private final Mailbox<Mail> mailbox = new Mailbox<>(MAILBOX);
    private final List<Leg> branches = new ArrayList<>();
    private volatile Instant rangAt;
    private volatile Instant answeredAt;
    private Media.RtpRelay relay;
    private Renegotiation renegotiation;
    private State state;
    private Timers.Timer noAnswer;
    private String earlyMedia = "";
    private String answer = "";

    Call(Calls calls, String id, Invitation invitation, Party caller, Party callee, Before before) {
        this.calls = calls;
        this.id = id;
        this.invitation = invitation;
        this.caller = caller;
        this.callee = callee;
        this.before = before;
        this.startedAt = before.startedAt().orElseGet(calls.clock::instant);
    }

    @Override
    public LiveCall live() {
        return new LiveCall(id, caller.number(), caller.displayName(), callee.number(), callee.displayName(), startedAt, Optional.ofNullable(answeredAt));
    }

    @Override
    public boolean involves(String number) {
        return caller.number().equals(number) || callee.number().equals(number);
    }

    /** The legs' listener: hands over and returns. */
    void on(Leg.Event event) {
        mailbox.post(new Mail.FromLeg(event));
    }

    @Override
    public void stop() {
        mailbox.post(new Mail.Decided(new Input.Stopping()));
    }

    @Override
    public void destroy() {
        mailbox.post(new Mail.Decided(new Input.Destroyed()));
    }

    /** Silences both sides, or lets them hear each other again; does nothing unless they talk. */
    void hold(boolean hold) {
        mailbox.post(new Mail.Hold(hold));
    }

    /** @param number whose side hands the call on; that one is out of it */
    void transfer(String number, Party target, List<Binding> phones) {
        mailbox.post(new Mail.Transfer(caller.number().equals(number), target, phones));
    }

    /** The owner's thread, from the first INVITE to the record. */
    void run(List<Binding> bindings) {
        try {
            begin(bindings);
            while (!(state instanceof State.Over)) {
                take(mailbox.overflowed() ? new Mail.Decided(new Input.Stopping()) : mailbox.take());
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
        if (before.startedAt().isEmpty()) {
            calls.events.publish(new CallEvent.Started(live()));
        }
        state = CallMachine.begin(bindings.size());
        try {
            relay = before.relay().orElseGet(() -> calls.media.relay(this::pressed));
            renegotiation = new Renegotiation(relay, invitation.leg(), invitation.sessionDescription(),
                    (side, delay) -> calls.timers.after(delay, () -> mailbox.post(new Mail.AskAgain(side))));
            if (bindings.isEmpty()) {
                refuse(480);
                return;
            }
            for (int branch = 0; branch < bindings.size(); branch++) {
                invite(bindings.get(branch));
            }
            noAnswer = calls.timers.after(calls.ringFor, () -> mailbox.post(new Mail.Decided(new Input.NobodyAnswered())));
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
                callee.number(), offer, before.headers()), this::on));
    }

    private void take(Mail mail) {
        switch (mail) {
            case Mail.Decided(var input) -> step(input);
            case Mail.Hold(var hold) -> renegotiation.held(hold);
            case Mail.AskAgain(var side) -> renegotiation.again(side);
            case Mail.Transfer(var byCaller, var target, var phones) -> transferred(byCaller, target, phones);
            case Mail.FromLeg(var event) when event.leg() == invitation.leg() -> fromCaller(event);
            case Mail.FromLeg(var event) -> fromBranch(event, branches.indexOf(event.leg()));
        }
    }

    private void fromCaller(Leg.Event event) {
        switch (event) {
            case Leg.Event.Cancelled _ -> step(new Input.CallerCancelled());
            case Leg.Event.Ended _ -> step(new Input.CallerEnded());
            case Leg.Event.Reoffered(_, var offer) -> {
                if (invitation.leg() instanceof EstablishedLeg established) {
                    established.offered();
                }
                renegotiation.reoffered(invitation.leg(), Media.Leg.CALLER, offer);
            }
            case Leg.Event.Answered(_, var description) -> renegotiation.answered(Media.Leg.CALLER, description);
            case Leg.Event.Refused(_, var status) -> renegotiation.refused(Media.Leg.CALLER, status);
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
            case Leg.Event.Answered(_, var description) when talking -> renegotiation.answered(Media.Leg.CALLEE, description);
            case Leg.Event.Answered(_, var description) -> {
                answer = description;
                step(new Input.Answered(branch));
            }
            case Leg.Event.Refused(_, var status) when talking -> renegotiation.refused(Media.Leg.CALLEE, status);
            case Leg.Event.Refused(_, var status) -> step(new Input.Refused(branch, status));
            case Leg.Event.Reoffered(var leg, var offer) -> renegotiation.reoffered(leg, Media.Leg.CALLEE, offer);
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
            var caller = invitation.leg();
            var description = relay.pass(Media.Leg.CALLEE, answer, caller.localAddress());
            renegotiation.talking(branch, answer);
            if (caller instanceof EstablishedLeg) { // RFC 3725: asked for what the callee answered
                renegotiation.ask(Media.Leg.CALLER, caller, description);
            } else {
                caller.answer(description);
            }
            answeredAt = calls.clock.instant();
            calls.events.publish(new CallEvent.Answered(live()));
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Call " + branch.callId() + " was answered with sound we cannot carry: " + e.getMessage());
            branch.end();
            refuse(488);
        }
    }

    private Leg leg(Media.Leg side) {
        return side == Media.Leg.CALLER ? invitation.leg() : talkingBranch().orElseThrow();
    }

    /** The side that stays is the caller of a new call, which has this one's id: a session is what its callers see of it. */
    private void transferred(boolean byCaller, Party target, List<Binding> phones) {
        if (talkingBranch().isEmpty()) {
            return;
        }
        var side = byCaller ? Media.Leg.CALLEE : Media.Leg.CALLER;
        var staying = new EstablishedLeg(leg(side));
        var who = byCaller ? callee : caller;
        var next = new Call(calls, id, new Invitation(staying, who.number(), target.number(), renegotiation.flowing(side)), who, target,
                new Before(Optional.empty(), Optional.empty(), Optional.of(RerouteReason.TRANSFER), before.userData(), Map.of()));
        staying.listen(next::on);
        calls.replace(this, next);
        step(new Input.Transferred(byCaller));
        calls.start(next, phones);
    }

    private Optional<Leg> talkingBranch() {
        return state instanceof State.Talking(var branch) ? Optional.of(branches.get(branch)) : Optional.empty();
    }

    /** From the media side or by INFO; may come on any thread. */
    void pressed(Media.Leg from, char digit) {
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
                invitation.destination(), startedAt, Optional.ofNullable(rangAt), Optional.ofNullable(answeredAt), calls.clock.instant(), status, reason,
                before.reason(), before.userData()));
    }

    @Override
    public String id() {
        return id;
    }
}
