/**
 * Ring groups: one number behind which several extensions ring (contract area ring-group).
 * Always holds: a group's number belongs to it alone; a member has an extension and goes with its user. Never knows calls.
 */
package gatehouse.ringgroups;
