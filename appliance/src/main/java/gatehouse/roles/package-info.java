/**
 * The built-in roles and what each grants, in the contract's permission tree.
 * Always holds: built-in roles cannot be changed. Never knows users or HTTP's handling of them.
 */
package gatehouse.roles;
