package gatehouse.changes;

import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What one client follows.
 *
 * @param name    part of each token: a token for one thing is refused for another
 * @param objects the feed that says which objects there are
 * @param touches the feed of changes to them that only this client sees, such as favourites
 */
public record Followed(String name, Feed objects, Optional<Feed> touches) {
    public static Followed of(String name, Feed objects) {
        return new Followed(name, objects, Optional.empty());
    }

    public Followed with(Feed touched) {
        return new Followed(name, objects, Optional.of(touched));
    }

    /** Gives the latest state of objects. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @param ids  not more than one diff has
         * @param from what the token was made with; the beginning of time if it was made for everything
         * @return those that the client may see, by id; the others are left out of the diff
         */
        Map<String, T> read(Tx tx, Collection<String> ids, Instant from);
    }
}
