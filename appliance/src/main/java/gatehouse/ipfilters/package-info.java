/**
 * Which addresses the box speaks with: rules for an address or a network, which the HTTP and SIP edges ask for each request.
 * Always holds: the box's own loopback addresses get in, and no change shuts out whoever makes it. Never knows what a request is.
 */
package gatehouse.ipfilters;
