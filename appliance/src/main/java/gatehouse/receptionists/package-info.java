/**
 * Virtual receptionists: a number that answers with a menu, and where each key leads by the hours and the day.
 * Always holds: a key leads to one place; nobody gets a line outside without a PIN; passwords and PINs are sealed. Never knows sound or calls.
 */
package gatehouse.receptionists;
