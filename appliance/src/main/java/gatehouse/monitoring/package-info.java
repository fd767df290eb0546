/**
 * Who may listen to whose calls: monitor groups with members and managers, and the service's number (contract area cti).
 * Always holds: a manager hears the members of the manager's own groups alone, and only while the group is enabled. Never knows calls.
 */
package gatehouse.monitoring;
