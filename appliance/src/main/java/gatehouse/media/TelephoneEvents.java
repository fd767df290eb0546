package gatehouse.media;

/**
 * Tells the first packet of a telephone event from its repetitions (RFC 4733 2.5.1): every packet of one event carries the time at
 * which it began, its end is sent three times, and any of them may be lost, doubled or late. For one stream, on one thread.
 */
final class TelephoneEvents {
    // A packet that much older than the last event is not late: the phone began to count anew.
    private static final int LATEST = 10 * 8000;
    private static final int SEGMENT = 0xFFFF; // the longest one timestamp can last; then the same press goes on (2.5.1.3)

    private boolean heard;
    private int source;
    private int timestamp;
    private int event;

    boolean begins(int ssrc, int at, int which) {
        var since = at - timestamp; // wraps as RTP time does
        if (heard && ssrc == source && since <= 0 && since > -LATEST) {
            return false;
        }
        var goesOn = heard && ssrc == source && which == event && since == SEGMENT;
        heard = true;
        source = ssrc;
        timestamp = at;
        event = which;
        return !goesOn;
    }
}
