/**
 * Doors: digits and buttons to relays.
 * Always holds: an opening is a pulse that ends by itself; every opening and every wrong code is audited. Never knows pins or SIP.
 */
package gatehouse.doors;
