package gatehouse.calls;

import gatehouse.calls.Directory.Party;
import gatehouse.media.Media;
import gatehouse.registrations.Binding;
import gatehouse.sip.CallTaker.Invitation;
import gatehouse.sip.Leg;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one side leaves a call and the other goes on: to somebody who is rung, or to the other end of a second call. Wishes wait until the phones
 * are not agreeing on something else, since a phone can be asked for one thing at a time (RFC 3261 14.1). Used by the call's owner alone.
 */
final class HandingOn {
    private static final int NOT_NOW = 491;
    private static final int NO_SUCH_CALL = 481;

    private final Call call;
    private final Calls calls;
    private final Mailbox<Mail> mailbox;
    private final Deque<Mail.HandOn> putOff = new ArrayDeque<>();
    private Media.Leg leaving; // while a second call is asked for its other end

    HandingOn(Call call, Calls calls, Mailbox<Mail> mailbox) {
        this.call = call;
        this.calls = calls;
        this.mailbox = mailbox;
    }

    void putOff(Mail.HandOn wish) {
        putOff.add(wish);
    }

    /** Those that waited, one by one; null when there is none. */
    Mail.HandOn next() {
        return putOff.poll();
    }

    void take(Mail.HandOn wish) {
        switch (wish) {
            case Mail.Transfer transfer when isFree() -> transfer(transfer);
            case Mail.Join(var by, var second, var bySecond) when isFree() -> {
                leaving = by;
                second.post(new Mail.GiveUp(bySecond, call));
            }
            case Mail.Replace replace when isFree() -> replace(replace);
            case Mail.Replace replace -> late(replace);
            case Mail.Transfer transfer -> refused(transfer.leaving());
            case Mail.Join(var by, _, _) -> refused(by);
            case Mail.GiveUp(var by, var first) -> first.post(new Mail.Given(isFree() ? Optional.of(giveUp(by)) : Optional.empty()));
            case Mail.Given(var end) -> given(end);
        }
    }

    /** Whether both talk, and no second call is asked: a first call gives up nobody, or two that ask each other would lose both. */
    private boolean isFree() {
        return call.isTalking() && leaving == null;
    }

    private void refused(Media.Leg by) {
        call.end(by).ifPresent(leg -> leg.referred(NOT_NOW));
    }

    /** As the second call: its other end, without which it is over. */
    private Mail.End giveUp(Media.Leg by) {
        var staying = staying(by);
        release(staying, HandingOn::late);
        call.left(by, EndReason.CONSULT_TRANSFER_COMPLETED);
        return new Mail.End(call.party(by.other()), staying);
    }

    /** As the first call. */
    private void given(Optional<Mail.End> end) {
        var by = leaving;
        leaving = null;
        if (by == null || !call.isTalking()) {
            end.ifPresent(given -> given.leg().end());
        } else if (end.isEmpty()) {
            refused(by);
        } else {
            join(by, end.get());
        }
    }

    private void transfer(Mail.Transfer wish) {
        goOn(wish.leaving(), wish.way().caller(), wish.way().callee(), wish.dialled(), Before.handedOn(call.userData(), wish.way()),
                EndReason.BLIND_TRANSFER_COMPLETED, wish.phones());
    }

    private void join(Media.Leg by, Mail.End other) {
        goOn(by, call.party(by.other()), other.party(), other.party().number(), Before.handedOn(call.userData(), Optional.of(other.leg())),
                EndReason.CONSULT_TRANSFER_COMPLETED, List.of());
    }

    /** The side that stays is the caller of a new call, which has this one's id: a session is what its callers see of it. */
    private void goOn(Media.Leg by, Party caller, Party callee, String dialled, Before before, EndReason reason, List<Binding> phones) {
        var staying = staying(by);
        var next = new Call(calls, call.id(), new Invitation(staying, caller.number(), dialled, call.flowing(by.other())), caller, callee, before);
        follow(next, staying, by, reason);
        staying.listen(next::on);
        calls.start(next, phones);
    }

    /** The phone that takes the place is the caller of the new call, since its INVITE waits for the answer. */
    private void replace(Mail.Replace wish) {
        var staying = staying(wish.leaving());
        var other = call.party(wish.leaving().other());
        var invitation = wish.invitation();
        var next = new Call(calls, call.id(), new Invitation(invitation.leg(), invitation.from(), other.number(), invitation.sessionDescription()),
                call.party(wish.leaving()), other, Before.handedOn(call.userData(), Optional.of(staying)));
        follow(next, staying, wish.leaving(), EndReason.REPLACED);
        wish.told().listen(next::on);
        calls.start(next, List.of());
    }

    /** The call takes no more mail. What that leg told and nobody has read is the first that its next owner hears. @param late gets all other mail */
    private void release(EstablishedLeg leg, Consumer<Mail> late) {
        var told = new ArrayList<Leg.Event>();
        for (var mail : mailbox.close(late)) {
            if (mail instanceof Mail.FromLeg(var event) && EstablishedLeg.same(event.leg(), leg)) {
                told.add(event);
            } else {
                late.accept(mail);
            }
        }
        leg.earlier(told);
    }

    private EstablishedLeg staying(Media.Leg by) {
        return EstablishedLeg.of(call.end(by.other()).orElseThrow(), call.relay(), by.other());
    }

    private void follow(Call next, EstablishedLeg staying, Media.Leg by, EndReason reason) {
        release(staying, mail -> {
            if (mail instanceof Mail.Decided(var input) && (input instanceof CallMachine.Input.Destroyed || input instanceof CallMachine.Input.Stopping)) {
                next.post(mail);
            } else {
                late(mail);
            }
        });
        calls.replace(call, next);
        call.left(by, reason);
    }

    /** What came after the end: only who waits for an answer, or was to be taken over, is not left alone. */
    static void late(Mail mail) {
        switch (mail) {
            case Mail.GiveUp(_, var first) -> first.post(new Mail.Given(Optional.empty()));
            case Mail.Given(var end) -> end.ifPresent(given -> given.leg().end());
            case Mail.Replace(_, var invitation, _) -> invitation.leg().refuse(NO_SUCH_CALL);
            case Mail.FromLeg _, Mail.Decided _, Mail.Hold _, Mail.AskAgain _, Mail.Transfer _, Mail.Join _ -> { }
        }
    }
}
