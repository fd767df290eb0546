package gatehouse.media;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * One UDP port of a call. Control publishes where its peer should be with one volatile write; everything else is touched by the
 * media loop that owns the port, alone.
 */
final class MediaPort {
    /** @param negotiated where the peer said it is; null while nothing was said, or on hold */
    record Route(InetSocketAddress negotiated) { }

    /** Hears the first packet of each telephone event, on the media loop: it must hand over, not act. */
    @FunctionalInterface
    interface EventTap {
        void pressed(int event);
    }

    final DatagramChannel channel;
    final boolean rtp;
    volatile Route route = new Route(null);
    /** Payload types of telephone events, as each side declared it; -1 for none. */
    volatile int eventType = -1;
    volatile int otherEventType = -1;
    volatile boolean open = true;

    // The media loop's own.
    MediaPort other;
    private final EventTap tap;
    private Route seen = route;
    private SocketAddress peer;
    private boolean firm;
    private boolean heardEvent;
    private int eventTimestamp;
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

    /** Tells the tap once an event, at its first packet: its end, sent three times, may be lost (RFC 4733 2.5.1.4). */
    void noticeEvent(int payloadType, int timestamp, int event) {
        if (payloadType != eventType && payloadType != otherEventType) {
            return;
        }
        if (heardEvent && timestamp - eventTimestamp <= 0) {
            return;
        }
        heardEvent = true;
        eventTimestamp = timestamp;
        tap.pressed(event);
    }
}
