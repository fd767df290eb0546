/**
 * Emergency numbers: who dials one is put through, whatever else holds.
 * Always holds: no extension is made with an emergency number. Never knows which way the call leaves.
 */
package gatehouse.emergency;
