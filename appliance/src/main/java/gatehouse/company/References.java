package gatehouse.company;

import gatehouse.core.Problem;
import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What settings of the company and of people point to, and others keep. Thread-safe. */
public interface References {
    /** A file that was uploaded: an avatar. */
    record StoredFile(String name, long size, String url) { }

    /** Whether there is a trunk provider of this id. */
    boolean providerExists(Tx tx, String id);

    /** Those of {@code ids} that there are, by id; one query for all of them. */
    Map<String, StoredFile> files(Tx tx, Collection<String> ids);

    /** What is wrong with the picture that {@code field} names: it must have been uploaded, and be one. */
    Optional<Problem> pictureFault(Tx tx, String field, String id);

    /** From now on {@code user} needs these files and no others. @param kind what {@code user} is, as in a sentence */
    void useFiles(Tx tx, String kind, String user, Collection<String> ids);
}
