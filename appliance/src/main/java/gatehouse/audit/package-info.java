/**
 * Who changed what, when and from where, and what happened to the box (contract area troubleshooting).
 * Always holds: an entry is written in the transaction of the change it tells; secrets are never in it. Never knows what a change means.
 */
package gatehouse.audit;
