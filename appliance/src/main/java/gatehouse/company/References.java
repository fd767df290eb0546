package gatehouse.company;

import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.Map;

/** What settings of the company and of people point to, and others keep. Thread-safe. */
public interface References {
    /** A file that was uploaded: an avatar. */
    record StoredFile(String name, long size, String url) { }

    /** Whether there is a trunk provider of this id. */
    boolean providerExists(Tx tx, String id);

    /** Those of {@code ids} that there are, by id; one query for all of them. */
    Map<String, StoredFile> files(Tx tx, Collection<String> ids);
}
