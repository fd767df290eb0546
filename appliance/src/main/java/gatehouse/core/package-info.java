/**
 * Values and the smallest services everyone shares: problems, ids, events, timers.
 * Always holds: no I/O, no SQL, no HTTP, no SIP. Never knows any capability.
 */
package gatehouse.core;
