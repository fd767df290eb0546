/**
 * The box's own certificate, for HTTPS and SIPS.
 * Always holds: the private key never leaves the data directory. Never knows HTTP or SIP.
 */
package gatehouse.certificates;
