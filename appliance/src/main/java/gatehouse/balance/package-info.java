/**
 * What the company and each user have left to call with.
 * Always holds: amounts are exact to five decimal places; no two changes lose each other. Never knows what a call costs.
 */
package gatehouse.balance;
