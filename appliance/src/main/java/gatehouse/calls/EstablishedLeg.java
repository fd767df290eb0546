package gatehouse.calls;

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
    private final Unheard told = new Unheard();
    private boolean reoffered; // an offer of the phone's own waits: that is answered as in any call

    private EstablishedLeg(Leg leg) {
        this.leg = leg;
    }

    /** Takes the leg from its owner, who hears nothing more of it. */
    static EstablishedLeg of(Leg leg) {
        var established = new EstablishedLeg(leg instanceof EstablishedLeg before ? before.leg : leg);
        established.leg.listen(established.told);
        return established;
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
    public void refuse(int status) {
        if (reoffered) {
            reoffered = false;
            leg.refuse(status);
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
