/**
 * Outbound rules: by which trunks a call leaves, with which number and caller id, and whether it may.
 * Always holds: a number is judged as it leaves, not only as it was dialled; an emergency call finds a way while there is one. Never knows SIP.
 */
package gatehouse.outbound;
