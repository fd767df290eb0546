/**
 * An edge: asks programs of others over HTTP and reads JSON, or bytes, back.
 * Always holds: an answer has a bound in size and time, no redirect is followed, and what goes out in clear goes to this machine alone.
 * Never knows what is asked, nor whom.
 */
package gatehouse.remote;
