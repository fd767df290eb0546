/**
 * Numbers that people dial by a short code: 2–9 (speed dial 8) and 00–99 (speed dial 100).
 * Always holds: one number a code and user; who is gone has none. Never knows calls.
 */
package gatehouse.speeddials;
