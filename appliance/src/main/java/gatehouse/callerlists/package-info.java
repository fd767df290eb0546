/**
 * Callers whom queues treat apart: VIP numbers go first, exclusive numbers have agents of their own, blacklisted ones are turned away.
 * Always holds: a number stands in a list once; who serves an exclusive number is an agent of that queue, and goes when the agent does.
 * Never knows calls.
 */
package gatehouse.callerlists;
