/**
 * Where each extension can be reached now: its bindings (RFC 3261 10).
 * Always holds: a restarted box still knows them, so that phones can be called before they register again. Never knows calls.
 */
package gatehouse.registrations;
