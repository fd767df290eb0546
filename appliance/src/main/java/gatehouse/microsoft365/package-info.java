/**
 * What the box does with Microsoft 365: its registration there, the directory's users, whom of them is whom here, signing in by it and mail
 * through it (contract area microsoft 365).
 * Always holds: the private key is sealed and never leaves the box; nothing is asked of Microsoft before somebody has set it up. Never knows calls.
 */
package gatehouse.microsoft365;
