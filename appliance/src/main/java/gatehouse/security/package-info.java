/**
 * Who may call what outside, and who may call in: allowed countries, disallowed codes, blacklisted numbers.
 * Always holds: a new box lets nobody call abroad; an emergency call is never barred. Never knows trunks or calls.
 */
package gatehouse.security;
