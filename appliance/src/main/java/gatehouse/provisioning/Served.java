package gatehouse.provisioning;

import java.time.Instant;
import java.util.Map;

/**
 * A file as a phone last got it, without its secrets.
 *
 * @param tag   keyed digest of all that was sent
 * @param text  with names in the places of secrets, as {@link Masks} leaves it
 * @param marks keyed digests of the secrets
 */
record Served(String mac, String file, Instant at, Reached reached, String tag, String text, Map<String, String> marks) {
    /** How the phone reached the box: it is told the same address again. */
    record Reached(String scheme, String host, String boxAddress, String userAgent) {
        Provisioning.Request request(String folder, String file) {
            return new Provisioning.Request(folder, file, boxAddress, host, scheme, "", userAgent);
        }
    }
}
