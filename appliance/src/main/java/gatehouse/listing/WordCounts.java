package gatehouse.listing;

import gatehouse.store.Store;
import java.util.Optional;

/** How many rows have a short word in one of their searched fields, kept because so many do that counting them takes long. */
@FunctionalInterface
public interface WordCounts {
    /** @param rows among those whose key is at most {@code upTo}; later ones are not counted yet */
    record Counted(long rows, long upTo) { }

    /** @param word as it was typed; empty for a word whose rows are not kept count of */
    Optional<Counted> of(Store.Tx tx, String word);
}
