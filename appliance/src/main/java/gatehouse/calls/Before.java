package gatehouse.calls;

import gatehouse.media.Media;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a call that does not begin with an INVITE from outside has already.
 *
 * @param startedAt when its caller's phone began to ring, and its start was told; empty for others
 * @param headers   of the INVITEs to the callee
 * @param joined    the callee's leg, when the two are joined out of two calls: nobody is rung
 */
record Before(Optional<Instant> startedAt, Optional<Media.RtpRelay> relay, Optional<RerouteReason> reason, Optional<String> userData,
              Map<String, String> headers, Optional<EstablishedLeg> joined) {
    static final Before NOTHING = new Before(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    /** Another call, which one side has left. */
    static Before handedOn(Optional<String> userData, Optional<EstablishedLeg> joined) {
        return new Before(Optional.empty(), Optional.empty(), Optional.of(RerouteReason.TRANSFER), userData, Map.of(), joined);
    }
}
