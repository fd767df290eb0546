/**
 * DECT bases and whose handsets they carry (contract area dect-phone).
 * Always holds: a base is of a model that a template marks as DECT, and carries no more handsets than that model has lines. Never knows calls.
 */
package gatehouse.dect;
