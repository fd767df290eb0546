/**
 * Passwords to tokens, tokens to callers, and locks against guessing (contract area authentication).
 * Always holds: tokens are stored hashed; a replayed refresh token ends its whole family. Never knows SIP.
 */
package gatehouse.signin;
