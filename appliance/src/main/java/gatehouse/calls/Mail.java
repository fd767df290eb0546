package gatehouse.calls;

import gatehouse.calls.CallMachine.Input;
import gatehouse.calls.Directory.Party;
import gatehouse.media.Media;
import gatehouse.registrations.Binding;
import gatehouse.sip.CallTaker.Invitation;
import gatehouse.sip.Leg;
import java.util.List;
import java.util.Optional;

/** What comes to a {@link Call}'s owner. */
sealed interface Mail {
    /** Translated by who the leg is. */
    record FromLeg(Leg.Event event) implements Mail { }

    record Decided(Input input) implements Mail { }

    record Hold(boolean hold) implements Mail { }

    /** An offer of the box's own that came at a bad moment. */
    record AskAgain(Media.Leg side) implements Mail { }

    /** One side is to leave the call: waits until the phones are not agreeing on something else. */
    sealed interface HandOn extends Mail { }

    /** @param leaving whose side hands the call on; @param phones of the way's callee, to be rung */
    record Transfer(Media.Leg leaving, String dialled, Way.Ring way, List<Binding> phones) implements HandOn { }

    /** Another phone of that side's takes its place. @param told what that phone's leg tells meanwhile */
    record Replace(Media.Leg leaving, Invitation invitation, Unheard told) implements HandOn { }

    /**
     * The first call is to be joined with a second one, in three steps: it asks the second, which gives up its other end and is over, and
     * goes on with that end. So nobody is let go unless both calls are up.
     */
    record Join(Media.Leg leaving, Call second, Media.Leg leavingSecond) implements HandOn { }

    /** To the second call. */
    record GiveUp(Media.Leg leaving, Call first) implements HandOn { }

    /** To the first call. @param end empty when the second call keeps it */
    record Given(Optional<End> end) implements HandOn { }

    /** Somebody, and the leg to them, whose owner has let it go. */
    record End(Party party, EstablishedLeg leg) { }
}
