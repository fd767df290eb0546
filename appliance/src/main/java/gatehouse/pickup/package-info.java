/**
 * Pickup groups: whose ringing phones may be answered from another phone with the group's code (contract area call-pickup).
 * Always holds: members are users with an extension. Never knows calls.
 */
package gatehouse.pickup;
