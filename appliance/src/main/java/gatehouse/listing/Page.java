package gatehouse.listing;

import java.util.List;
import java.util.function.Function;

/** How many match, and some of them in order. */
public record Page<T>(long count, List<T> items) {
    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(count, items.stream().<R>map(change).toList());
    }
}
