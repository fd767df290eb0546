/**
 * Seals secrets with the box's own key, kept outside the database, and hashes passwords.
 * Always holds: nothing here is logged. Never knows whose secrets they are.
 */
package gatehouse.secrets;
