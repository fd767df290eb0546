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
}
