package gatehouse.media;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Objects;

/**
 * One UDP port of a call. Control publishes where its peer should be with one volatile write; everything else is touched by the
 * media loop that owns the port, alone.
 */
final class MediaPort {
    /**
     * @param turn       grows with each description the peer sends; then it may be heard from elsewhere
     * @param negotiated where the peer said it is; null before it said anything
     * @param held       whether it wants nothing for now
     * @param eventTypes the payload types of telephone events, bit 0 for 96
     */
    record Route(int turn, InetSocketAddress negotiated, boolean held, int eventTypes) {
        static final Route NONE = new Route(0, null, false, 0);
        private static final int FIRST_DYNAMIC = 96; // RFC 3551 6; events have no number of their own

        static int bit(int payloadType) {
            return payloadType < FIRST_DYNAMIC ? 0 : 1 << payloadType - FIRST_DYNAMIC;
        }

        /** After a description; an old-style hold (c=0.0.0.0, RFC 3264 8.4) gives no address, so the last one stays. */
        Route next(InetSocketAddress address, int events) {
            return new Route(turn + 1, address == null ? negotiated : address, address == null, events);
        }

        Route with(int events) {
            return new Route(turn, negotiated, held, events);
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
    private boolean latched;
    long forwarded;

    MediaPort(DatagramChannel channel, boolean rtp, EventTap tap) {
        this.channel = channel;
        this.rtp = rtp;
        this.tap = tap;
    }

    /**
     * Whether a packet from {@code source} belongs to this call (RFC 7362): the negotiated address always does; until it is heard, the
     * first stranger with valid RTP is taken for the peer behind a NAT; after that, only the one taken. Nobody does before the peer
     * said anything, or anyone could speak to a caller who still hears it ring.
     */
    boolean accepts(SocketAddress source) {
        follow();
        if (seen.negotiated == null || latched && !source.equals(peer) && !source.equals(seen.negotiated)) {
            return false;
        }
        if (!source.equals(peer)) {
            peer = source;
        }
        latched = true;
        return true;
    }

    /** Where the peer listens: where it was heard, else where it said. Null on hold or before an answer. */
    SocketAddress peer() {
        follow();
        return seen.held ? null : peer == null ? seen.negotiated : peer;
    }

    /** With each new description the peer may come from elsewhere; until it is heard there, it is sent to where it was. */
    private void follow() {
        var now = route;
        if (now == seen) {
            return;
        }
        if (now.turn != seen.turn) {
            latched = false;
            peer = Objects.equals(now.negotiated, seen.negotiated) ? peer : null;
        }
        seen = now;
    }

    /** Tells the tap once an event, at its first packet: its end may be lost. */
    void noticeEvent(int payloadType, int ssrc, int timestamp, int event) {
        if (seen.isEvent(payloadType) && events.begins(ssrc, timestamp, event)) {
            tap.pressed(event);
        }
    }
}
