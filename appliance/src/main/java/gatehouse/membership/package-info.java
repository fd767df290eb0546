/**
 * Users who belong to a group of some kind, by their extension: the same rules for park, pickup and monitor groups.
 * Always holds: a member is a user with an extension and goes with the user or the group. Never knows what the group is for.
 */
package gatehouse.membership;
