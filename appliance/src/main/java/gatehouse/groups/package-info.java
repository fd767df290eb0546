/**
 * Groups of users, such as a department: who belongs to one, and the caller ids its calls may leave with.
 * Always holds: names are unique; who is gone is in no group. Never knows what a group is used for.
 */
package gatehouse.groups;
