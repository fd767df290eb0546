/**
 * The ports on which the box listens for SIP (contract area administration).
 * Always holds: what is shown is what listens; ports are chosen at the start, and no change is taken that would not come true.
 * Never knows what comes in by them.
 */
package gatehouse.transports;
