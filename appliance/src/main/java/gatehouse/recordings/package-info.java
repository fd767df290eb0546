/**
 * Recordings of calls: the company's, and each user's own (contract areas recording, user).
 * Always holds: a recording has all its sound; a user sees those of calls that were theirs. Never knows how a call was recorded.
 */
package gatehouse.recordings;
