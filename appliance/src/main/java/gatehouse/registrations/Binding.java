package gatehouse.registrations;

import gatehouse.sip.Flow;
import java.time.Instant;

/**
 * One user agent of an extension.
 *
 * @param instanceId RFC 5626's instance, or the contact itself where a phone tells none: unique within the extension
 * @param contact    the URI it wants to be called at
 * @param mac        what it says of itself in a header of its own; empty when it does not
 * @param flow       the way its REGISTER came; requests go back that way
 */
public record Binding(String extensionNumber, String instanceId, String contact, Flow flow, String userAgent, String mac, String callId, long cseq,
                      Instant expiresAt) {
}
