/**
 * Inbound rules: where a call goes that comes in by a trunk, by the number it wants, who calls, the hours and the day.
 * Always holds: a rule names a trunk that is there, and numbers that lead in by it. Never knows SIP, or what becomes of the call then.
 */
package gatehouse.inbound;
