package gatehouse.listing;

import java.math.BigDecimal;
import java.time.Instant;

/** What a field is compared with. {@code toString} is how it is written in a filter. */
sealed interface Literal {
    record Text(String value) implements Literal {
        @Override
        public String toString() {
            return "'" + value.replace("'", "''") + "'";
        }
    }

    record Number(BigDecimal value) implements Literal {
        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    record Bool(boolean value) implements Literal {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Time(Instant value) implements Literal {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    record Null() implements Literal {
        @Override
        public String toString() {
            return "null";
        }
    }
}
