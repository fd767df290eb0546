/**
 * Logs that phones send to their own folder: a few of each phone, the latest of each name.
 * Always holds: only who knows a phone's folder can put one there. Never reads what one says.
 */
package gatehouse.phonelogs;
