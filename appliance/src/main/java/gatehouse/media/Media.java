package gatehouse.media;

import java.net.InetAddress;

/** Where calls get their sound path. Thread-safe. */
public interface Media extends AutoCloseable {
    /** What every phone knows, as an offer of the box's own. The address is not used. */
    String PLAIN_SOUND = """
            v=0
            o=- 0 0 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 8 0 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=sendrecv
            """;

    /** The same description, with its first sound held ({@code a=inactive}) or flowing both ways (RFC 3264 8.4). @throws SdpException when it cannot be read */
    static String held(String sessionDescription, boolean hold) throws SdpException {
        return SessionDescription.parse(sessionDescription).directed(hold ? "inactive" : "sendrecv").text();
    }

    /**
     * Takes two RTP/RTCP port pairs for a call between two legs.
     *
     * @param digits hears each telephone-event digit (RFC 4733) once, on a thread that is not the media thread
     * @throws PortsExhausted when the configured range is used up; answer 503
     */
    RtpRelay relay(DigitListener digits);

    /** Packets forwarded, dropped by reason, ports in use: since start. */
    MediaCounters counters();

    @Override
    void close();

    /** Which end of a call. {@code CALLER} sent the INVITE that began it. */
    enum Leg {
        CALLER, CALLEE;

        public Leg other() {
            return this == CALLER ? CALLEE : CALLER;
        }
    }

    interface DigitListener {
        /** @param digit {@code 0-9 * # A-D} */
        void pressed(Leg from, char digit);
    }

    /** One call's two-way relay. Control methods are called by the call's owner only, one at a time; packets flow on the media thread. */
    interface RtpRelay extends AutoCloseable {
        /**
         * Takes the session description that {@code from} sent (an offer or an answer, RFC 3264), learns where that leg wants its
         * media and which payload type carries telephone events, and gives the description to send to the other leg: the same,
         * but with the box's own address and that leg's port. Media stays within the box: no direct path is offered, ICE is left out.
         *
         * @param advertised the box's address as the other leg reaches it
         * @throws SdpException when it cannot be read or has no usable audio; answer 488 (or 400 when malformed)
         */
        String pass(Leg from, String sessionDescription, InetAddress advertised) throws SdpException;

        /**
         * A description of the box's own for {@code to}, while nobody is at the other end yet: with the codecs and payload types of
         * {@code like}, which may be {@link #PLAIN_SOUND} or that leg's own offer. Nothing is forwarded until {@link #pass}.
         */
        String own(Leg to, String like, InetAddress advertised) throws SdpException;

        /**
         * What {@code to} is told goes on from what {@code before} told {@code then}, the same phone: one session, whose version counts on
         * (RFC 3264 8). To be said before anything else; {@code before} describes nothing to it any more.
         */
        void goOn(Leg to, RtpRelay before, Leg then);

        /** RTP packets received from {@code leg} and forwarded so far. */
        long packets(Leg leg);

        /**
         * Stops forwarding at once; the ports come back a moment later, at the end of the queue, so that late packets of this call do
         * not reach the next.
         */
        @Override
        void close();
    }

    final class SdpException extends Exception {
        private static final long serialVersionUID = 1;

        public SdpException(String message) {
            super(message);
        }
    }

    final class PortsExhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        public PortsExhausted(String message) {
            super(message);
        }
    }

    record MediaCounters(long forwarded, long noRoute, long notRtp, long foreign, long tooLarge, int portsInUse, int portsTotal) { }
}
