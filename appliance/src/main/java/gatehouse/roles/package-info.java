/**
 * Roles and what each grants, in the contract's permission tree: the built-in ones and the company's own.
 * Always holds: built-in roles cannot be changed; nobody grants what they do not have; a role that somebody has stays. Never knows users.
 */
package gatehouse.roles;
