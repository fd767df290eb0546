package gatehouse.media;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * One UDP port of a call. Control publishes where its peer should be with one volatile write; everything else is touched by the
 * media loop that owns the port, alone.
 */
final class MediaPort {
    /**
     * @param negotiated where the peer said it is; null while nothing was said, or on hold
     * @param eventTypes the payload types of telephone events, bit 0 for 96
     */
    record Route(InetSocketAddress negotiated, int eventTypes) {
        static final Route NONE = new Route(null, 0);
        private static final int FIRST_DYNAMIC = 96; // RFC 3551 6; events have no number of their own

        static int bit(int payloadType) {
            return payloadType < FIRST_DYNAMIC ? 0 : 1 << payloadType - FIRST_DYNAMIC;
        }

        boolean isEvent(int payloadType) {
            return (eventTypes & bit(payloadType)) != 0;
        }
    }

    /** Hears the first packet of each telephone event, on the media loop: it must hand over, not act. */
    @FunctionalInterface
    interface EventTap {
        void pressed(int event);
    }

    final DatagramChannel channel;
    final boolean rtp;
    volatile Route route = Route.NONE;
    volatile boolean open = true;

    // The media loop's own.
    MediaPort other;
    private final EventTap tap;
    private final TelephoneEvents events = new TelephoneEvents();
    private Route seen = Route.NONE;
    private SocketAddress peer;
    private boolean firm;
    long forwarded;

    MediaPort(DatagramChannel channel, boolean rtp, EventTap tap) {
        this.channel = channel;
        this.rtp = rtp;
        this.tap = tap;
    }

    /**
     * Whether a packet from {@code source} belongs to this call (RFC 7362): the negotiated address always does; before it is heard,
     * the first stranger with valid RTP is taken for the peer behind a NAT; after that, only the one taken.
     */
    boolean accepts(SocketAddress source) {
        follow();
        if (source.equals(peer)) {
            return true;
        }
        if (source.equals(seen.negotiated)) {
            peer = source;
            firm = true;
            return true;
        }
        if (peer != null || firm) {
            return false;
        }
        peer = source;
        return true;
    }

    /** Where the peer listens: where it was heard, else where it said. Null on hold or before an answer. */
    SocketAddress peer() {
        follow();
        return seen.negotiated == null ? null : peer == null ? seen.negotiated : peer;
    }

    /** A new negotiation forgets whom we took for the peer. */
    private void follow() {
        var now = route;
        if (now != seen) {
            if (now.negotiated == null || !now.negotiated.equals(seen.negotiated)) {
                peer = null;
                firm = false;
            }
            seen = now;
        }
    }

    /** Tells the tap once an event, at its first packet: its end may be lost. */
    void noticeEvent(int payloadType, int ssrc, int timestamp, int event) {
        if (seen.isEvent(payloadType) && events.begins(ssrc, timestamp, event)) {
            tap.pressed(event);
        }
    }
}
