/**
 * What ring groups and call queues have in common: strategies, members with a skill, forward rules, caller ids shown outside.
 * Always holds: a member is a user who has an extension, once in a group; it goes with the user. Never knows which kind of group it serves.
 */
package gatehouse.hunting;
