package gatehouse.inbound;

import gatehouse.hunting.ForwardRule;

/**
 * Where a call from outside goes.
 *
 * @param rule           the rule's name, for records and logs
 * @param playDisclaimer the caller is told first that calls are recorded
 * @param destination    to a number, to a number's voicemail, or nowhere
 */
public record InboundRoute(String ruleId, String rule, boolean playDisclaimer, ForwardRule destination) { }
