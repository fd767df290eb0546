/**
 * An edge: asks programs of others over HTTP and reads JSON, or bytes, back.
 * Always holds: an answer has a bound in size and time, no redirect is followed, and what goes out in clear goes to this machine alone, or where
 * somebody who may decide that has named the address (then {@code exchange} is asked with a request of one's own).
 * Never knows what is asked, nor whom.
 */
package gatehouse.remote;
