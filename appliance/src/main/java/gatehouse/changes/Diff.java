package gatehouse.changes;

import java.util.List;
import java.util.Optional;

/**
 * What changed, each object once, in its latest state.
 *
 * @param token where the next diff begins
 */
public record Diff<T>(String token, List<Item<T>> items) {
    public Diff {
        items = List.copyOf(items);
    }

    /** @param state empty when the object is gone */
    public record Item<T>(String id, ChangeType change, Optional<T> state) { }
}
