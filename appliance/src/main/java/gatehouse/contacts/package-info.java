/**
 * Address books (contract areas contact and user): the company's, each user's own, and the other users of the box; who is a favourite of
 * whom; and the name that belongs to a caller's number.
 * Always holds: what an app may follow is noted in the transaction that changes it; nobody sees another's own contacts, in no log either.
 * Never knows calls.
 */
package gatehouse.contacts;
