package gatehouse.blobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file by its id; its bytes never change.
 *
 * @param duration   of a sound that the box can play; empty for all else
 * @param soundFault why the box cannot play it, in a sentence; empty when it can
 */
public record StoredFile(String id, String name, Digest digest, long size, String mediaType, Optional<Duration> duration, Optional<String> soundFault,
                         Instant createdAt) {
    /** Where it is heard or seen, below the API's base path: the contract's {@code file_url}. */
    public String url() {
        return "/blobs/" + digest;
    }
}
