/**
 * Every call, from INVITE to its record.
 * Always holds: one owner a call, whose mailbox is bounded; the rules are in {@code CallMachine}, which does nothing but decide.
 * Never knows HTTP, SQL or javax.sip.
 */
package gatehouse.calls;
