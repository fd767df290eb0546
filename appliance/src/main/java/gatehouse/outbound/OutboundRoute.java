package gatehouse.outbound;

import java.util.Optional;

/**
 * One way out for a call.
 *
 * @param rule     the rule's name, for records and logs; empty for an emergency call that no rule is for
 * @param number   as it leaves
 * @param callerId the number to show; empty for what the trunk makes of it
 */
public record OutboundRoute(String rule, String trunkId, String number, Optional<String> callerId) { }
