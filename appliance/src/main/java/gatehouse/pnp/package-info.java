/**
 * An edge: hears phones that ask everybody on the network for their profile (RFC 6080, multicast 224.0.1.75), and tells them an address.
 * Always holds: it answers only who is on the same network, by the interface that heard, and seldom enough to be no lever.
 * Never knows phones or what is behind an address.
 */
package gatehouse.pnp;
