/**
 * People and their extensions (contract area user).
 * Always holds: a number has one owner; no secret is stored in clear. Never knows phones, registrations or calls.
 */
package gatehouse.users;
