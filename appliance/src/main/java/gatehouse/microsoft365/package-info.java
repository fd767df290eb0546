/**
 * What the box does with Microsoft 365: its registration there, who of the directory is whom here, signing in by it, mail through it, and users
 * and contacts that follow it by delta queries (contract area microsoft 365).
 * Always holds: the private key is sealed and never leaves the box; nothing is asked of Microsoft before somebody has set it up. Never knows calls.
 */
package gatehouse.microsoft365;
