package gatehouse.calls;

import gatehouse.media.Media;
import gatehouse.sip.Leg;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One who was there before this call began: whose phone the box rang first, or who was transferred. There is no INVITE of theirs to answer:
 * they are asked anew (RFC 3725), ringing is not told, and a refusal ends the leg. What the leg tells waits until the new owner listens.
 * Methods are called by the call's owner alone; events come on threads of the SIP edge.
 */
final class EstablishedLeg implements Leg {
    private final Leg leg;
    private final Optional<Described> described;
    private final Unheard told = new Unheard();
    private boolean reoffered; // an offer of the phone's own waits: that is answered as in any call

    /** By whom the phone was told so far what the other side sounds like. */
    private record Described(Media.RtpRelay by, Media.Leg as) { }

    private EstablishedLeg(Leg leg, Optional<Described> described) {
        this.leg = leg;
        this.described = described;
    }

    /** Takes the leg from its owner, who hears nothing more of it. The relay stays what it was. */
    static EstablishedLeg of(Leg leg) {
        return of(leg, Optional.empty());
    }

    /** The same, when it gets another relay than {@code relay}, where it was {@code as}. */
    static EstablishedLeg of(Leg leg, Media.RtpRelay relay, Media.Leg as) {
        return of(leg, Optional.of(new Described(relay, as)));
    }

    private static EstablishedLeg of(Leg leg, Optional<Described> described) {
        var established = new EstablishedLeg(leg instanceof EstablishedLeg before ? before.leg : leg, described);
        established.leg.listen(established.told);
        return established;
    }

    /** The phone hears of one session still, whoever is at the other end (RFC 3264 8). */
    void goOnAt(Media.RtpRelay relay, Media.Leg side) {
        described.ifPresent(before -> relay.goOn(side, before.by, before.as));
    }

    /** What its last owner was told and has not read. */
    void earlier(List<Event> events) {
        told.earlier(events);
    }

    @Override
    public void listen(Listener owner) {
        told.listen(event -> owner.on(own(event)));
    }

    /** Whether both are the same phone's. */
    static boolean same(Leg one, Leg other) {
        return bare(one) == bare(other);
    }

    private static Leg bare(Leg leg) {
        return leg instanceof EstablishedLeg established ? established.leg : leg;
    }

    private Event own(Event event) {
        return switch (event) {
            case Event.Ringing(_, var description) -> new Event.Ringing(this, description);
            case Event.Answered(_, var description) -> new Event.Answered(this, description);
            case Event.Refused(_, var status) -> new Event.Refused(this, status);
            case Event.Cancelled _ -> new Event.Cancelled(this);
            case Event.Reoffered(_, var description) -> new Event.Reoffered(this, description);
            case Event.Referred(_, var target, var instead) -> new Event.Referred(this, target, instead);
            case Event.Ended _ -> new Event.Ended(this);
            case Event.Digit(_, var digit) -> new Event.Digit(this, digit);
        };
    }

    /** The owner took note of an offer of the phone's own. */
    void offered() {
        reoffered = true;
    }

    @Override
    public String callId() {
        return leg.callId();
    }

    @Override
    public InetAddress localAddress() {
        return leg.localAddress();
    }

    @Override
    public void ringing(Optional<String> sessionDescription) { }

    @Override
    public void answer(String sessionDescription) {
        reoffered = false;
        leg.answer(sessionDescription);
    }

    @Override
    public void refuse(int status, String words) {
        if (reoffered) {
            reoffered = false;
            leg.refuse(status, words);
        } else {
            leg.end();
        }
    }

    @Override
    public void reinvite(String sessionDescription) {
        leg.reinvite(sessionDescription);
    }

    @Override
    public void acknowledge(String sessionDescription) {
        leg.acknowledge(sessionDescription);
    }

    @Override
    public void referred(int status) {
        leg.referred(status);
    }

    @Override
    public void end() {
        leg.end();
    }
}
