/**
 * The company this box serves (the contract's tenant): its profile, office hours, time zone, password policy and custom SIP headers.
 * Always holds: what is kept was checked whole; passwords, tokens and keys are sealed. Never knows users, calls or trunks: what its settings
 * point to is asked of {@code References}.
 */
package gatehouse.company;
