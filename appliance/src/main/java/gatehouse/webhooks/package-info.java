/**
 * Posts what happens to the company's own programs: calls to the address of {@code cdr_event}, extensions and queues to that of
 * {@code extension_event} (contract area tenant).
 * Always holds: events of one address arrive in their order, at least once, or their loss is in the event log; no redirect is followed.
 * Never knows what an event means.
 */
package gatehouse.webhooks;
