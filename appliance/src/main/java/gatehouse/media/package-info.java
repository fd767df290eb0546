/**
 * The sound path of calls: session descriptions, RTP relay, telephone events.
 * Always holds: no allocation, lock or log line for a packet. Never knows SIP, calls or users.
 */
package gatehouse.media;
