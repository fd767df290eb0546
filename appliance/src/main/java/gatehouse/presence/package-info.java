/**
 * Whether somebody can be reached, put together from registrations and calls.
 * Always holds: nothing is stored here. Never knows how either works.
 */
package gatehouse.presence;
