/**
 * QR codes (ISO/IEC 18004), as pictures that a page can show.
 * Always holds: a code has the quiet zone that readers need, and corrects what is unreadable up to level M. Never knows what stands in it.
 */
package gatehouse.qr;
