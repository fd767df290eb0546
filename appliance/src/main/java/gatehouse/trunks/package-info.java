/**
 * Trunks: the providers that calls outside come from and go to, their accounts, numbers and habits in SIP.
 * Always holds: a number leads in by one trunk at most; a trunk that a rule needs stays; its password is sealed. Never knows rules or calls.
 */
package gatehouse.trunks;
