package gatehouse.calls;

import gatehouse.sip.Leg;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One who was there before this call began: whose phone the box rang first, or who was transferred. There is no INVITE of theirs to answer:
 * they are asked anew (RFC 3725), ringing is not told, and a refusal ends the leg. Methods are called by the call's owner alone.
 */
final class EstablishedLeg implements Leg {
    private final Leg leg;
    private boolean reoffered; // an offer of the phone's own waits: that is answered as in any call

    EstablishedLeg(Leg leg) {
        this.leg = leg instanceof EstablishedLeg established ? established.leg : leg;
    }

    @Override
    public void listen(Listener owner) {
        leg.listen(event -> owner.on(own(event)));
    }

    private Event own(Event event) {
        return switch (event) {
            case Event.Ringing(_, var description) -> new Event.Ringing(this, description);
            case Event.Answered(_, var description) -> new Event.Answered(this, description);
            case Event.Refused(_, var status) -> new Event.Refused(this, status);
            case Event.Cancelled _ -> new Event.Cancelled(this);
            case Event.Reoffered(_, var description) -> new Event.Reoffered(this, description);
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
    public void end() {
        leg.end();
    }
}
