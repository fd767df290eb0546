package gatehouse.discovery;

import java.time.Instant;

/**
 * One step of a phone's way in, at the last time it took it.
 *
 * @param detail what it said, or why it was refused; never a secret
 * @param times  how often in a row
 */
record Step(Instant at, Rung rung, String address, String detail, int times) {
    private static final int LONGEST = 200;

    /** From the first sign of life up. */
    enum Rung {
        /** Its maker's redirect service leads it here. */
        REDIRECTED,
        /** Its maker's redirect service was not told. */
        REDIRECT_REFUSED,
        /** It asked its network for its profile. */
        HEARD,
        /** It asked for a file. */
        ASKED,
        /** It was refused. */
        REFUSED,
        /** It got a file of its own. */
        FETCHED,
        /** It sent a log of its own. */
        LOGGED,
        /** Its registration was refused. */
        REGISTER_REFUSED,
        /** It registered. */
        REGISTERED,
        /** Its registration ended. */
        UNREGISTERED
    }

    Step {
        detail = detail.replaceAll("\\p{Cntrl}", " "); // it is shown on a terminal
        detail = detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
    }

    boolean same(Step other) {
        return rung == other.rung && address.equals(other.address) && detail.equals(other.detail);
    }
}
