package gatehouse.listing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;

/**
 * A field of a list that is kept in memory, and how to read it from an item; null for an absent value.
 *
 * @param read gives a String, BigDecimal, Boolean or Instant, as the field's kind has it
 */
public record Value<T>(Field field, Function<? super T, ?> read) {
    public static <T> Value<T> text(String name, Function<? super T, String> read) {
        return new Value<>(Field.text(name, ""), read);
    }

    /** A text that the free-text search looks at too. */
    public static <T> Value<T> searchedText(String name, Function<? super T, String> read) {
        return new Value<>(Field.searchedText(name, ""), read);
    }

    /** Whole numbers and exact decimals. */
    public static <T> Value<T> number(String name, Function<? super T, ? extends Number> read) {
        return new Value<>(Field.number(name, ""), item -> exact(read.apply(item)));
    }

    private static BigDecimal exact(Number number) {
        return number == null ? null : new BigDecimal(number.toString());
    }

    public static <T> Value<T> bool(String name, Function<? super T, Boolean> read) {
        return new Value<>(Field.bool(name, ""), read);
    }

    public static <T> Value<T> time(String name, Function<? super T, Instant> read) {
        return new Value<>(Field.time(name, ""), read);
    }
}
