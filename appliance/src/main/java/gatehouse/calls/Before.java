package gatehouse.calls;

import gatehouse.media.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a call that does not begin with an INVITE from outside has already.
 *
 * @param startedAt when its caller's phone began to ring, and its start was told; empty for others
 * @param headers   of the INVITEs to the callee
 * @param joined    the callee's leg, when the two are joined out of two calls: nobody is rung
 * @param patience  how long the callee's phones ring; empty for as long as the box lets any
 * @param onward    where the call goes when nobody takes it
 */
record Before(Optional<Instant> startedAt, Optional<Media.RtpRelay> relay, Optional<RerouteReason> reason, Optional<String> userData,
              Map<String, String> headers, Optional<EstablishedLeg> joined, Optional<Duration> patience, Way.Onward onward) {
    static final Before NOTHING = new Before(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    Before(Optional<Instant> startedAt, Optional<Media.RtpRelay> relay, Optional<RerouteReason> reason, Optional<String> userData,
           Map<String, String> headers, Optional<EstablishedLeg> joined) {
        this(startedAt, relay, reason, userData, headers, joined, Optional.empty(), Way.Onward.NOWHERE);
    }

    static Before routed(Way.Ring way) {
        return new Before(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), way.headers(), Optional.empty(),
                Optional.of(way.atMost()), way.onward());
    }

    /** A call that nobody took, which goes on with what it has. */
    static Before untaken(Media.RtpRelay relay, Optional<String> userData, Way.Ring way) {
        return new Before(Optional.empty(), Optional.of(relay), Optional.of(RerouteReason.OVERFLOW), userData, way.headers(), Optional.empty(),
                Optional.of(way.atMost()), way.onward());
    }

    /** Another call, which one side has left for somebody who is rung. */
    static Before handedOn(Optional<String> userData, Way.Ring way) {
        return new Before(Optional.empty(), Optional.empty(), Optional.of(RerouteReason.TRANSFER), userData, way.headers(), Optional.empty(),
                Optional.of(way.atMost()), way.onward());
    }

    /** Another call, which one side has left. */
    static Before handedOn(Optional<String> userData, Optional<EstablishedLeg> joined) {
        return new Before(Optional.empty(), Optional.empty(), Optional.of(RerouteReason.TRANSFER), userData, Map.of(), joined);
    }
}
