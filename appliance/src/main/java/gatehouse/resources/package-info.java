/**
 * What every plain resource of the API has in common: JSON documents in a table of their own, created, listed, changed and removed by the
 * contract's conventions, with unique names, extension numbers, sealed secrets, audit and events.
 * Always holds: row, number, audit entry are written in one transaction; secrets are never in clear at rest. Never knows what a resource means.
 */
package gatehouse.resources;
