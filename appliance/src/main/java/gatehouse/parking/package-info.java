/**
 * Call park: the service's number and what becomes of a call that nobody takes back, and the groups that share parked calls (contract area
 * call-park). Always holds: a user is in one park group at most. Never knows the calls that are parked.
 */
package gatehouse.parking;
