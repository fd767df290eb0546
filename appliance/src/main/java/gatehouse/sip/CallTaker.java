package gatehouse.sip;

import java.util.Optional;

/** Takes calls that come in from users who have proved who they are. */
@FunctionalInterface
public interface CallTaker {
    /**
     * @param from               the extension number that the digest proved
     * @param destination        the user part that was dialled
     * @param sessionDescription the offer
     * @param replaces           the leg whose place it is to take (RFC 3891); empty for most
     */
    record Invitation(Leg leg, String from, String destination, String sessionDescription, Optional<Leg> replaces) {
        public Invitation(Leg leg, String from, String destination, String sessionDescription) {
            this(leg, from, destination, sessionDescription, Optional.empty());
        }
    }

    /**
     * Called on a SIP thread: must hand over and return.
     *
     * @return who hears what the leg tells from now on
     */
    Leg.Listener invited(Invitation invitation);
}
