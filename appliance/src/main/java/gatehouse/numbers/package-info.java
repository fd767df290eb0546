/**
 * Extension numbers: one number, one owner, whatever kind the owner is (contract area extension, "Rules of the user area").
 * Always holds: no number has two owners. Never knows what an owner does with it.
 */
package gatehouse.numbers;
