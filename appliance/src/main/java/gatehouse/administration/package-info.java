/**
 * What the administrator of the box sets and sees of it: its addresses, its certificate, its name on the page (contract area administration).
 * Always holds: what the operating system or the code decides is shown as it is, and no setting is kept that changes nothing.
 * Never knows users, but for the sign-in of who asks.
 */
package gatehouse.administration;
