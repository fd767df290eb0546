/**
 * An edge: gives files over TFTP (RFC 1350, options RFC 2347 to 2349), for phones that know nothing better.
 * Always holds: it only gives, to few at once, what {@link gatehouse.tftp.TftpFiles} has. Never knows what a file is for.
 */
package gatehouse.tftp;
