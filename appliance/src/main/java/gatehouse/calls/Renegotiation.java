package gatehouse.calls;

import gatehouse.media.Media;
import gatehouse.media.Media.SdpException;
import gatehouse.sip.Leg;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the two sides of a call agree on anew (RFC 3264 8): an offer of one side is put to the other and its answer comes back; offers of the
 * box's own go to a side that was there before. One at a time: whoever comes meanwhile hears 491. Used by the call's owner alone.
 */
final class Renegotiation {
    private static final System.Logger LOG = System.getLogger(Renegotiation.class.getName());
    /** After a 491 (RFC 3261 14.1): the other end tries within 2 s if the call is not its own, and hears 491 until ours is through. */
    private static final Duration GLARE = Duration.ofMillis(2_100);
    private static final int MOST_TRIES = 3;

    /** Calls {@link #again} for that side, on the owner's thread. */
    @FunctionalInterface
    interface Later {
        void again(Media.Leg side, Duration delay);
    }

    /** An offer of the box's own that waits for its answer. */
    private record Asked(Leg leg, String offer, int tries) { }

    private final Media.RtpRelay relay;
    private final Leg caller;
    private final Later later;
    private final Map<Media.Leg, String> described = new EnumMap<>(Media.Leg.class);
    private final Map<Media.Leg, Asked> asked = new EnumMap<>(Media.Leg.class);
    private Leg callee; // null until they talk
    private Leg reoffering;

    /** @param description what the caller's side offered */
    Renegotiation(Media.RtpRelay relay, Leg caller, String description, Later later) {
        this.relay = relay;
        this.caller = caller;
        this.later = later;
        described.put(Media.Leg.CALLER, description);
    }

    /** From now on the two sides talk. */
    void talking(Leg answered, String description) {
        callee = answered;
        described.put(Media.Leg.CALLEE, description);
    }

    /** Whether nobody waits for an answer: only then can a side be asked for something else. */
    boolean isQuiet() {
        return reoffering == null && asked.isEmpty();
    }

    /** What that side last said of itself, as if it were not held: for who hears it next. */
    String flowing(Media.Leg side) {
        try {
            return Media.held(described.get(side), false);
        } catch (SdpException e) {
            return described.get(side); // whoever is offered this refuses it
        }
    }

    /** Puts an offer of the box's own to {@code leg}, and again if that is a bad moment for it. */
    void ask(Media.Leg side, Leg leg, String offer) {
        asked.put(side, new Asked(leg, offer, 1));
        leg.reinvite(offer);
    }

    void again(Media.Leg side) {
        if (asked.get(side) instanceof Asked waiting) {
            waiting.leg.reinvite(waiting.offer);
        }
    }

    /** One side wants other media (hold, another codec): the other is asked, and its answer goes back. */
    void reoffered(Leg from, Media.Leg side, String offer) {
        if (callee == null || !isQuiet()) {
            from.refuse(491);
            return;
        }
        try {
            var other = leg(side.other());
            var passed = relay.pass(side, offer, other.localAddress());
            reoffering = from;
            described.put(side, offer);
            other.reinvite(passed);
        } catch (SdpException e) {
            from.refuse(488);
        }
    }

    /** @return whether that was the answer to an offer of the box's own */
    boolean answered(Media.Leg side, String description) {
        if (asked.remove(side) != null) {
            settled(side, description);
            return true;
        }
        if (reoffering != null) {
            described.put(side, description);
            try {
                reoffering.answer(relay.pass(side, description, reoffering.localAddress()));
            } catch (SdpException e) {
                reoffering.refuse(488);
            }
            reoffering = null;
        }
        return false;
    }

    /** The phone may want its sound elsewhere now. */
    private void settled(Media.Leg side, String description) {
        described.put(side, description);
        if (callee == null) {
            return; // the first answer of a side that was there before: the call connects with it
        }
        try {
            relay.pass(side, description, leg(side.other()).localAddress());
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Call " + leg(side).callId() + " goes on with sound we cannot carry: " + e.getMessage());
        }
    }

    /** @return whether it will be asked again, so that nothing is decided yet */
    boolean refused(Media.Leg side, int status) {
        var waiting = asked.remove(side);
        if (waiting != null) {
            var again = status == 491 && waiting.tries < MOST_TRIES;
            if (again) {
                asked.put(side, new Asked(waiting.leg, waiting.offer, waiting.tries + 1));
                later.again(side, GLARE);
            }
            return again;
        }
        if (reoffering != null) {
            reoffering.refuse(status);
            reoffering = null;
        }
        return false;
    }

    /** Each side is offered what the other one described, without a direction or with both (RFC 3264 8.4). */
    void held(boolean hold) {
        if (callee == null || !isQuiet()) {
            return; // nobody talks, or the phones are agreeing on something themselves
        }
        try {
            for (var side : Media.Leg.values()) {
                var to = leg(side.other());
                ask(side.other(), to, relay.pass(side, Media.held(described.get(side), hold), to.localAddress()));
            }
        } catch (SdpException e) {
            LOG.log(Level.WARNING, "Call " + caller.callId() + " cannot be held: " + e.getMessage());
        }
    }

    private Leg leg(Media.Leg side) {
        return side == Media.Leg.CALLER ? caller : callee;
    }
}
