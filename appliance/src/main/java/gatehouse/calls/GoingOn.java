package gatehouse.calls;

import gatehouse.calls.CallMachine.Action;
import gatehouse.calls.CallMachine.Input;
import gatehouse.calls.Way.Untaken;
import gatehouse.media.Media;
import gatehouse.sip.CallTaker.Invitation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a call that nobody took goes on elsewhere instead of being refused. Used by the call's owner; {@link #pressed} from any thread. */
final class GoingOn {
    private final Call call;
    private final Calls calls;
    private final Invitation invitation;
    private final Before before;
    private final Mailbox<Mail> mailbox;
    private volatile Call next; // which the caller has instead

    GoingOn(Call call, Calls calls, Invitation invitation, Before before, Mailbox<Mail> mailbox) {
        this.call = call;
        this.calls = calls;
        this.invitation = invitation;
        this.before = before;
        this.mailbox = mailbox;
    }

    /** The call is over. @param input what ended it; @param actions what would be done */
    void decide(Input input, List<Action> actions, Media.RtpRelay relay) {
        why(input, actions).flatMap(before.onward()::after).ifPresent(way -> {
            next = new Call(calls, call.id(), invitation, way.caller(), way.callee(), Before.untaken(relay, before.userData(), way));
            mailbox.close(this::late).forEach(this::late);
            invitation.leg().listen(next::on);
            calls.replace(call, next);
        });
    }

    private void late(Mail mail) {
        switch (mail) {
            case Mail.FromLeg(var event) when event.leg() == invitation.leg() -> next.on(event);
            case Mail.Decided(Input.NobodyAnswered()) -> { } // at the phones that ring no more
            case Mail.Decided _ -> next.post(mail);
            default -> HandingOn.late(mail);
        }
    }

    boolean goesOn() {
        return next != null;
    }

    /** After the record of the call as it was. */
    void start() {
        if (next != null) {
            calls.start(next, calls.registrations(next.party(Media.Leg.CALLEE).number()));
        }
    }

    /** The sound still comes by the relay that was this call's. @return whether the digit is another call's */
    boolean pressed(Media.Leg from, char digit) {
        var now = next;
        if (now != null) {
            now.pressed(from, digit);
        }
        return now != null;
    }

    /** Empty when that is no refusal by phones, nor of nobody at them. */
    private static Optional<Untaken> why(Input input, List<Action> actions) {
        return switch (input) {
            case Input.NobodyAnswered() -> Optional.of(Untaken.UNANSWERED);
            case Input.Refused _, Input.BranchEnded _ -> actions.stream().flatMap(action -> action instanceof Action.RefuseCaller(var status)
                    ? Stream.of(why(status)) : Stream.empty()).findFirst();
            case Input.Ringing _, Input.Answered _, Input.CallerCancelled _, Input.CallerEnded _, Input.Destroyed _, Input.Transferred _, Input.Stopping _ ->
                    Optional.empty();
        };
    }

    /** Busy, busy everywhere and declined (RFC 3261 21.4.24, 21.6) are what a person, or a phone with a call, says; the rest says that none was reached. */
    private static Untaken why(int status) {
        return status == 486 || status >= 600 ? Untaken.BUSY : Untaken.UNREACHABLE;
    }
}
