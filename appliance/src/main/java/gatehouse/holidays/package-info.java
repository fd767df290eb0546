/**
 * Holidays: the company's and each user's own, and which of the company's a user keeps (contract, "Rules of the user area").
 * Always holds: a holiday that was kept has days that there are, and ends after it begins. Never knows what happens to a call on one.
 */
package gatehouse.holidays;
