package gatehouse.phonebooks;

import gatehouse.contacts.Listed;
import java.util.List;

/**
 * A part of a directory.
 *
 * @param first how many stand before it
 * @param total how many there are in all
 */
record Page(Look look, int first, int total, List<Listed> entries) {
    /** Those that can be called. */
    List<Listed> reachable() {
        return entries.stream().filter(entry -> !entry.numbers().isEmpty()).toList();
    }

    boolean hasNext() {
        return first + entries.size() < total;
    }

    boolean hasPrevious() {
        return look.page() > 1;
    }
}
