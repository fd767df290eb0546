/**
 * What changed since a client last looked: one monotonic log of changes with tombstones, and the sync tokens that point into it
 * (contract, "Conventions": sync tokens).
 * Always holds: a change and its entry are committed together; positions only grow; a token that may have missed a deletion is refused.
 * Never knows what an object is; who shows it reads its latest state in the same snapshot as the log.
 */
package gatehouse.changes;
