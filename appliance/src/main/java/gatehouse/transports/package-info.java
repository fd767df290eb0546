/**
 * The ports on which the box listens for SIP (contract area administration).
 * Always holds: a port that is set holds from the next start on, and is nobody else's; the status says whether somebody listens there now.
 * Never knows what comes in by them.
 */
package gatehouse.transports;
