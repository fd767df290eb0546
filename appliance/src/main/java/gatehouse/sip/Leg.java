package gatehouse.sip;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One end of a call: an INVITE dialog with one user agent, ours to drive. Methods may be called from any thread, do not wait for
 * the network, and do nothing when the leg's state no longer allows them: the event that says why is already on its way.
 */
public interface Leg {
    String callId();

    /** The box's address as this user agent reaches it: for the session description. */
    InetAddress localAddress();

    /** 180, or 183 with a description. Caller's legs only. */
    void ringing(Optional<String> sessionDescription);

    /** 200 to the INVITE or re-INVITE that waits. */
    void answer(String sessionDescription);

    /** A final refusal of the INVITE or re-INVITE that waits. */
    default void refuse(int status) {
        refuse(status, "");
    }

    /** The same with words of our own, which phones show; empty for those that everybody uses. */
    void refuse(int status, String words);

    /** Offers a new session description within the dialog. */
    void reinvite(String sessionDescription);

    /** The answer to the offer that came in the 200 to our INVITE without one; goes with the ACK. */
    void acknowledge(String sessionDescription);

    /** From now on {@code owner} hears what the leg tells. */
    void listen(Listener owner);

    /** What becomes of the phone's wish to hand its call on: 202 and, once that is done, 200; or why not. Does nothing when it wishes nothing. */
    void referred(int status);

    /** Ends the leg whatever its state: CANCEL, a refusal with 480, or BYE. */
    void end();

    /** What a leg tells its owner, in order, on threads of the SIP edge; the listener must hand over and return. */
    sealed interface Event {
        Leg leg();

        record Ringing(Leg leg, Optional<String> sessionDescription) implements Event { }

        /** 200 to our INVITE or re-INVITE; the ACK is sent, unless we offered nothing: then {@link #acknowledge} what it offers. */
        record Answered(Leg leg, String sessionDescription) implements Event { }

        /** A final refusal of our INVITE or re-INVITE; 408 when nobody answered, 503 when the way is gone. */
        record Refused(Leg leg, int status) implements Event { }

        /** The caller gave up before an answer. */
        record Cancelled(Leg leg) implements Event { }

        /** The other end offers a new description: answer or refuse it. */
        record Reoffered(Leg leg, String sessionDescription) implements Event { }

        /** The other end hung up, or never acknowledged our answer. */
        record Ended(Leg leg) implements Event { }

        /**
         * The other end wants to be out of it (REFER, RFC 3515): say {@link #referred} what becomes of that.
         *
         * @param target  the number the call is to go to
         * @param instead the leg of the same phone by which it talks to them already; empty when they are to be rung
         */
        record Referred(Leg leg, String target, Optional<Leg> instead) implements Event { }

        /** A digit by SIP INFO (application/dtmf-relay or application/dtmf). */
        record Digit(Leg leg, char digit) implements Event { }
    }

    @FunctionalInterface
    interface Listener {
        void on(Event event);
    }
}
