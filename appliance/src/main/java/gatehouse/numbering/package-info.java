/**
 * Telephone numbers as people write and dial them: countries of E.164, masks and pools of numbers, what a dialled number reaches.
 * Always holds: a number that might lead abroad is taken to do so. Never knows who calls, or by which trunk.
 */
package gatehouse.numbering;
