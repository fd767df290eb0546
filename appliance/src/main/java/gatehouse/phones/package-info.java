/**
 * Boxes with a MAC: whose they are, what they were told, their door codes (contract areas user and auto-provisioning).
 * Always holds: a MAC belongs to one user; web passwords and door codes are sealed. Never knows what a template says.
 */
package gatehouse.phones;
