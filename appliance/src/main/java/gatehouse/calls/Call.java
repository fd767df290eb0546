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
import java.util.function.Supplier;

/**
 * One call's owner: a virtual thread that takes what the legs and timers tell from a bounded mailbox, asks {@link CallMachine} what
 * follows, and does it. Nobody else touches the call's state.
 */
final class Call implements Ongoing {
    private static final System.Logger LOG = System.getLogger(Call.class.getName());
    private static final int MAILBOX = 256; // a call that floods its owner is ended; digits and re-INVITEs come one at a time

    private final Calls calls;
    private final String id;
    private final Invitation invitation;
    private final Party caller;
    private final Party callee;
    private final Before before;
    private final Instant startedAt;
    private final Mailbox<Mail> mailbox = new Mailbox<>(MAILBOX);
    private final HandingOn handingOn;
    private final GoingOn goingOn;
    private final List<Leg> branches = new ArrayList<>();
    private volatile Leg talker; // the branch that answered
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
        this.handingOn = new HandingOn(this, calls, mailbox);
        this.goingOn = new GoingOn(this, calls, invitation, before, mailbox);
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
        post(new Mail.FromLeg(event));
    }

    @Override
    public void stop() {
        post(new Mail.Decided(new Input.Stopping()));
    }

    @Override
    public void destroy() {
        post(new Mail.Decided(new Input.Destroyed()));
    }

    /** Silences both sides, or lets them hear each other again; does nothing unless they talk. */
    void hold(boolean hold) {
        post(new Mail.Hold(hold));
    }

    /** Hands the call on; nothing becomes of it when the call is over by then. @param by whose side is out of it */
    void transfer(Media.Leg by, String dialled, Way.Ring way, List<Binding> phones) {
        post(new Mail.Transfer(by, dialled, way, phones));
    }

    /** Goes on with the other end of {@code second}, which is over then. @param by,bySecond the sides that are out of it */
    void join(Media.Leg by, Call second, Media.Leg bySecond) {
        post(new Mail.Join(by, second, bySecond));
    }

    /** Another phone takes that side's place, and its first is out of it. @param told what the leg of the invitation tells meanwhile */
    void replace(Media.Leg by, Invitation invitation, Unheard told) {
        mailbox.post(new Mail.Replace(by, invitation, told));
    }

    /** Which side that number has; the caller's when it has both. */
    Media.Leg side(String number) {
        return caller.number().equals(number) ? Media.Leg.CALLER : Media.Leg.CALLEE;
    }

    /** Which side that leg is; empty when it is none of those who talk. */
    Optional<Media.Leg> side(Leg leg) {
        var answered = talker;
        return EstablishedLeg.same(invitation.leg(), leg) ? Optional.of(Media.Leg.CALLER)
                : answered != null && EstablishedLeg.same(answered, leg) ? Optional.of(Media.Leg.CALLEE) : Optional.empty();
    }

    Party party(Media.Leg side) {
        return side == Media.Leg.CALLER ? caller : callee;
    }

    void post(Mail mail) {
        mailbox.post(mail);
    }

    /** The owner's thread, from the first INVITE to the record. @param bindings the phones that ring; asked once */
    void run(Supplier<List<Binding>> bindings) {
        try {
            begin(bindings.get());
            while (!(state instanceof State.Over)) {
                take(mailbox.overflowed() ? new Mail.Decided(new Input.Stopping()) : next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Call " + invitation.leg().callId() + " failed and is ended", e);
            abort();
        } finally {
            for (var wish = handingOn.next(); wish != null; wish = handingOn.next()) {
                HandingOn.late(wish);
            }
            mailbox.close(HandingOn::late).forEach(HandingOn::late);
        }
    }

    private Mail next() throws InterruptedException {
        var wish = renegotiation.isQuiet() ? handingOn.next() : null;
        return wish == null ? mailbox.take() : wish;
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
        before.joined().ifPresent(branches::add);
        state = CallMachine.begin(branches.size() + bindings.size());
        try {
            relay = before.relay().orElseGet(() -> calls.media.relay(this::pressed));
            if (invitation.leg() instanceof EstablishedLeg established) {
                established.goOnAt(relay, Media.Leg.CALLER);
            }
            before.joined().ifPresent(leg -> leg.goOnAt(relay, Media.Leg.CALLEE));
            renegotiation = new Renegotiation(relay, invitation.leg(), invitation.sessionDescription(),
                    (side, delay) -> calls.timers.after(delay, () -> post(new Mail.AskAgain(side))));
            if (before.joined().isPresent()) {
                join(before.joined().get());
            } else if (bindings.isEmpty()) {
                refuse(480);
                return;
            }
            for (int branch = 0; branch < bindings.size(); branch++) {
                invite(bindings.get(branch));
            }
            noAnswer = calls.timers.after(before.patience().filter(own -> own.compareTo(calls.ringFor) < 0).orElse(calls.ringFor), () -> post(new Mail.Decided(new Input.NobodyAnswered())));
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

    /** Who is at the other end talks already: the phone is asked anew for what the caller's has (RFC 3725). */
    private void join(EstablishedLeg leg) throws SdpException {
        renegotiation.ask(Media.Leg.CALLEE, leg, relay.pass(Media.Leg.CALLER, invitation.sessionDescription(), leg.localAddress()));
        leg.listen(this::on);
    }

    private void take(Mail mail) {
        switch (mail) {
            case Mail.HandOn wish when !renegotiation.isQuiet() -> handingOn.putOff(wish);
            case Mail.HandOn wish -> handingOn.take(wish);
            case Mail.Decided(var input) -> step(input);
            case Mail.Hold(var hold) -> renegotiation.held(hold);
            case Mail.AskAgain(var side) -> renegotiation.again(side);
            case Mail.FromLeg(Leg.Event.Reoffered(EstablishedLeg leg, var offer)) -> {
                leg.offered();
                renegotiation.reoffered(leg, side(leg).orElse(Media.Leg.CALLEE), offer);
            }
            case Mail.FromLeg(var event) when event.leg() == invitation.leg() -> fromCaller(event);
            case Mail.FromLeg(var event) -> fromBranch(event, branches.indexOf(event.leg()));
        }
    }

    private void fromCaller(Leg.Event event) {
        switch (event) {
            case Leg.Event.Cancelled _ -> step(new Input.CallerCancelled());
            case Leg.Event.Ended _ -> step(new Input.CallerEnded());
            case Leg.Event.Reoffered(var leg, var offer) -> renegotiation.reoffered(leg, Media.Leg.CALLER, offer);
            case Leg.Event.Answered(_, var description) -> renegotiation.answered(Media.Leg.CALLER, description);
            case Leg.Event.Refused(_, var status) -> renegotiation.refused(Media.Leg.CALLER, status);
            case Leg.Event.Referred wish -> wish.leg().referred(calls.referred(this, Media.Leg.CALLER, wish));
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
                renegotiation.answered(Media.Leg.CALLEE, description); // of one that was there before
                answer = description;
                step(new Input.Answered(branch));
            }
            case Leg.Event.Refused(_, var status) when talking -> renegotiation.refused(Media.Leg.CALLEE, status);
            case Leg.Event.Refused(EstablishedLeg leg, var status) -> {
                if (!renegotiation.refused(Media.Leg.CALLEE, status)) {
                    leg.end(); // unlike a phone that does not take a call, it still has one
                    step(new Input.Refused(branch, status));
                }
            }
            case Leg.Event.Refused(_, var status) -> step(new Input.Refused(branch, status));
            case Leg.Event.Reoffered(var leg, var offer) -> renegotiation.reoffered(leg, Media.Leg.CALLEE, offer);
            case Leg.Event.Ended _ -> step(new Input.BranchEnded(branch));
            case Leg.Event.Referred wish -> wish.leg().referred(calls.referred(this, Media.Leg.CALLEE, wish));
            case Leg.Event.Digit(_, var digit) -> pressed(Media.Leg.CALLEE, digit);
            case Leg.Event.Cancelled _ -> { }
        }
    }

    private void step(Input input) {
        var wasAlerting = state instanceof State.Alerting;
        var step = CallMachine.on(state, input);
        state = step.next();
        if (wasAlerting && state instanceof State.Over) {
            goingOn.decide(input, step.actions(), relay);
        }
        step.actions().forEach(this::act);
    }

    private void act(Action action) {
        switch (action) {
            case Action.Ring(var early, var branch) -> ring(early, branches.get(branch));
            case Action.Connect(var branch) -> connect(branches.get(branch));
            case Action.RefuseCaller(var status) -> {
                if (!goingOn.goesOn()) {
                    invitation.leg().refuse(status);
                }
            }
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
            talker = branch;
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

    boolean isTalking() {
        return state instanceof State.Talking;
    }

    /** The leg of that side, if they talk, or of the caller. */
    Optional<Leg> end(Media.Leg side) {
        return side == Media.Leg.CALLER ? Optional.of(invitation.leg()) : talkingBranch();
    }

    Media.RtpRelay relay() {
        return relay;
    }

    /** What that side can be offered for, or as, somebody else. */
    String flowing(Media.Leg side) {
        return renegotiation.flowing(side);
    }

    Optional<String> userData() {
        return before.userData();
    }

    /** One side is out of the call, and the other no longer its own. */
    void left(Media.Leg by, EndReason reason) {
        end(by).ifPresent(leg -> leg.referred(200));
        step(new Input.Transferred(by == Media.Leg.CALLER, reason));
    }

    private Optional<Leg> talkingBranch() {
        return state instanceof State.Talking(var branch) ? Optional.of(branches.get(branch)) : Optional.empty();
    }

    /** From the media side or by INFO; may come on any thread. */
    void pressed(Media.Leg from, char digit) {
        if (goingOn.pressed(from, digit)) {
            return;
        }
        var by = from == Media.Leg.CALLER ? caller : callee;
        var other = from == Media.Leg.CALLER ? callee : caller;
        calls.events.publish(new CallEvent.DigitPressed(id, by.number(), other.number(), digit));
    }

    private void finish(int status, Optional<EndReason> reason) {
        if (noAnswer != null) {
            noAnswer.cancel();
        }
        if (relay != null && !goingOn.goesOn()) {
            relay.close();
        }
        calls.ended(this, new CallRecord(invitation.leg().callId(), caller.number(), caller.displayName(), callee.number(), callee.displayName(),
                invitation.destination(), startedAt, Optional.ofNullable(rangAt), Optional.ofNullable(answeredAt), calls.clock.instant(), status,
                goingOn.goesOn() ? Optional.of(EndReason.REDIRECTED) : reason, before.reason(), before.userData()));
        goingOn.start();
    }

    @Override
    public String id() {
        return id;
    }
}
