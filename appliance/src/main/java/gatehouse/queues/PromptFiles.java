package gatehouse.queues;

import gatehouse.store.Store.Tx;
import java.util.Optional;

/** Sound files by id; whoever keeps files provides it. */
@FunctionalInterface
public interface PromptFiles {
    /** @param url where a client fetches it, relative to the API */
    record PromptFile(String name, long size, String url) { }

    Optional<PromptFile> find(Tx tx, String fileId);
}
