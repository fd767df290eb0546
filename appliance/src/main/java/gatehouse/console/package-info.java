/**
 * A terminal for the field tech: sign in, type a command, read an answer of at most 80 columns.
 * Always holds: nothing is shown before sign-in; what others named never reaches the terminal as control characters.
 * Never knows any capability.
 */
package gatehouse.console;
