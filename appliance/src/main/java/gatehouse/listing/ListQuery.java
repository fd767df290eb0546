package gatehouse.listing;

import java.util.List;
import java.util.Optional;

/**
 * What one request wants of a list, checked against the list's fields. Made by {@link Listing} alone.
 *
 * @param words each must be found in one of the searched fields
 * @param skip  how many matches to leave out at the start
 * @param top   how many to give at most
 */
public record ListQuery(Optional<Filter> filter, List<String> words, List<Order> order, int skip, int top) {
    static final int MOST = 100;
    static final ListQuery ALL = new ListQuery(Optional.empty(), List.of(), List.of(), 0, MOST);

    /** One field to sort by. */
    record Order(String field, boolean descending) { }

    public ListQuery {
        words = List.copyOf(words);
        order = List.copyOf(order);
    }

    /** The same with another bound: for lists that are given whole unless {@code top} says otherwise. */
    public ListQuery atMost(int items) {
        return new ListQuery(filter, words, order, skip, items);
    }
}
