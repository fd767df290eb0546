/**
 * HTTP in and out: tokens, permissions, schema checks, the OpenAPI document, the page's files, event streams.
 * Always holds: a handler sees only checked requests; every refusal has the contract's error shape. Never knows any capability.
 */
package gatehouse.api;
