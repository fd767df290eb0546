package gatehouse.listing;

import gatehouse.api.ApiRequest;
import gatehouse.core.ProblemException;
import gatehouse.listing.ListQuery.Order;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@link Listing} for what is kept in memory: the same options, with the same meaning. Immutable, thread-safe. */
public final class MemoryListing<T> {
    private final Fields fields;
    private final Map<String, Function<? super T, ?>> reads = new HashMap<>();

    private MemoryListing(List<Value<T>> values) {
        fields = new Fields(values.stream().map(Value::field).toList());
        values.forEach(value -> reads.put(value.field().name(), value.read()));
    }

    @SafeVarargs
    public static <T> MemoryListing<T> of(Value<T>... values) {
        return of(List.of(values));
    }

    static <T> MemoryListing<T> of(List<Value<T>> values) {
        return new MemoryListing<>(values);
    }

    /** As {@link Listing#query}. @throws ProblemException 400 with all that is wrong */
    public ListQuery query(ApiRequest request) {
        return QueryReader.read(request, fields);
    }

    /** @param all in their default order, which also decides between items that sort alike */
    public Page<T> page(ListQuery query, Collection<T> all) {
        var words = query.words().stream().map(Folding::fold).toList();
        var matches = all.stream().filter(item -> query.filter().map(filter -> holds(filter, item)).orElse(true))
                .filter(item -> words.stream().allMatch(word -> contains(item, word))).sorted(order(query)).toList();
        return new Page<>(matches.size(), matches.stream().skip(query.skip()).limit(query.top()).toList());
    }

    private boolean contains(T item, String word) {
        return fields.searched().stream().map(field -> (String) value(field.name(), item))
                .anyMatch(text -> text != null && Folding.fold(text).contains(word));
    }

    private Object value(String field, T item) {
        return reads.get(field).apply(item);
    }

    private boolean holds(Filter filter, T item) {
        return switch (filter) {
            case Filter.And(var left, var right) -> holds(left, item) && holds(right, item);
            case Filter.Or(var left, var right) -> holds(left, item) || holds(right, item);
            case Filter.Not(var term) -> !holds(term, item);
            case Filter.Matching(var match, var field, var text) -> value(field, item) instanceof String value && switch (match) {
                case STARTSWITH -> value.startsWith(text);
                case ENDSWITH -> value.endsWith(text);
                case CONTAINS -> value.contains(text);
            };
            case Filter.Comparison(var field, var operator, var literal) -> holds(value(field, item), operator, literal);
        };
    }

    private static boolean holds(Object value, Filter.Operator operator, Literal literal) {
        if (literal instanceof Literal.Null) {
            return (value == null) == (operator == Filter.Operator.EQ);
        }
        if (value == null) {
            return operator == Filter.Operator.NE;
        }
        var difference = switch (literal) {
            case Literal.Text(var text) -> compare((String) value, text);
            case Literal.Number(var number) -> ((BigDecimal) value).compareTo(number);
            case Literal.Bool(var flag) -> Boolean.compare((Boolean) value, flag);
            case Literal.Time(var time) -> ((Instant) value).truncatedTo(ChronoUnit.SECONDS).compareTo(time);
            case Literal.Null() -> throw new AssertionError("answered above");
        };
        return switch (operator) {
            case EQ -> difference == 0;
            case NE -> difference != 0;
            case GT -> difference > 0;
            case GE -> difference >= 0;
            case LT -> difference < 0;
            case LE -> difference <= 0;
        };
    }

    /** By code points, as SQLite does. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private Comparator<T> order(ListQuery query) {
        return query.order().stream().map(this::order).reduce((_, _) -> 0, Comparator::thenComparing);
    }

    private Comparator<T> order(Order order) {
        Comparator<Object> values = switch (fields.get(order.field()).kind()) {
            case TEXT -> (one, other) -> compare(Folding.foldAscii((String) one), Folding.foldAscii((String) other));
            case NUMBER -> (one, other) -> ((BigDecimal) one).compareTo((BigDecimal) other);
            case BOOLEAN -> (one, other) -> ((Boolean) one).compareTo((Boolean) other);
            case TIME -> (one, other) -> ((Instant) one).compareTo((Instant) other);
        };
        var ascending = Comparator.<T, Object>comparing(item -> value(order.field(), item), Comparator.nullsFirst(values));
        return order.descending() ? ascending.reversed() : ascending;
    }
}
