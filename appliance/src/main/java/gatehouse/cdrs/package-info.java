/**
 * Call records (contract area cdr).
 * Always holds: a call that ended has its record, written in one transaction. Never knows a call while it lives.
 */
package gatehouse.cdrs;
