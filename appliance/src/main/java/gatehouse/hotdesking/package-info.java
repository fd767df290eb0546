/**
 * Hot desks: phones that are nobody's until somebody signs in there (contract area hot-desking).
 * Always holds: a device has a number and a MAC of its own, and one user at most; a user is at one desk at most. Never knows SIP or templates.
 */
package gatehouse.hotdesking;
