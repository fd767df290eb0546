package gatehouse.sip;

import gatehouse.core.Lockouts;
import java.time.Duration;
import java.util.List;

/**
 * What can be changed of the SIP side while it runs.
 *
 * @param agent               how the box names itself: product tokens with blanks between (RFC 3261 20.41)
 * @param blockedAgents       requests whose User-Agent has one of these in it, whatever the case, are not answered
 * @param wrongTries          what wrong passwords lead to
 * @param refusesForeignNonces whether a nonce that is not the box's own is refused (403) and not answered with one that is
 * @param period              the time within which {@link #barriers} count
 * @param barriers            for who sends too much; empty for no limit
 */
public record SipOptions(String agent, List<String> blockedAgents, Lockouts.Policy wrongTries, boolean refusesForeignNonces, Duration period,
                         List<Barrier> barriers) {
    /** Eight tries: a phone with an old password tries a few times an hour. */
    public static final SipOptions USUAL = new SipOptions("Gatehouse", List.of(), new Lockouts.Policy(8, Duration.ofSeconds(30), Duration.ofMinutes(15)), false,
            Duration.ofSeconds(10), List.of());

    /** Who sends more than {@code requests} within the period is not heard for a while. */
    public record Barrier(int requests, Duration shut) { }
}
