package gatehouse.sip;

/** Takes calls that come in from users who have proved who they are. */
@FunctionalInterface
public interface CallTaker {
    /**
     * @param from               the extension number that the digest proved
     * @param destination        the user part that was dialled
     * @param sessionDescription the offer
     */
    record Invitation(Leg leg, String from, String destination, String sessionDescription) { }

    /**
     * Called on a SIP thread: must hand over and return.
     *
     * @return who hears what the leg tells from now on
     */
    Leg.Listener invited(Invitation invitation);
}
