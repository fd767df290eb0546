/**
 * SIP on the wire: messages and transactions by the stack, digest, and dialogs in records of our own (RFC 3261).
 * Always holds: javax.sip types stay inside; a malformed message costs itself only. Never knows users, calls or media.
 */
package gatehouse.sip;
