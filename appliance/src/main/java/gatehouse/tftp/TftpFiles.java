package gatehouse.tftp;

import java.util.Optional;

/** What there is to get. Called on virtual threads, may block. */
@FunctionalInterface
public interface TftpFiles {
    /**
     * @param name       as it was asked for
     * @param address    who asks
     * @param boxAddress ours, as the asker reaches it
     */
    Optional<byte[]> read(String name, String address, String boxAddress);

    /** Whether that address is answered at all now; who guesses names is left to wait for its own timeout. Must be quick. */
    default boolean answers(String address) {
        return true;
    }
}
