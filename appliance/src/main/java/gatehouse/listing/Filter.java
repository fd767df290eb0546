package gatehouse.listing;

import java.util.Locale;

/**
 * A filter as a tree. Either true or false for each item, never unknown: a comparison with a value that is absent is false (so
 * {@code ne} and {@code not} are true of it). {@code toString} is a text that reads back as an equal tree.
 */
sealed interface Filter {
    enum Operator {
        EQ, NE, GT, GE, LT, LE;

        /** What is true exactly when this is not, absent values aside. */
        Operator opposite() {
            return switch (this) {
                case EQ -> NE;
                case NE -> EQ;
                case GT -> LE;
                case GE -> LT;
                case LT -> GE;
                case LE -> GT;
            };
        }
    }

    enum Match { STARTSWITH, ENDSWITH, CONTAINS }

    record Comparison(String field, Operator operator, Literal literal) implements Filter {
        @Override
        public String toString() {
            return field + " " + operator.name().toLowerCase(Locale.ROOT) + " " + literal;
        }
    }

    /** {@code startswith(field,'text')} and its kin; to the letter, as OData has it. */
    record Matching(Match match, String field, String text) implements Filter {
        @Override
        public String toString() {
            return match.name().toLowerCase(Locale.ROOT) + "(" + field + "," + new Literal.Text(text) + ")";
        }
    }

    record And(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return inside(left, left instanceof Or) + " and " + inside(right, right instanceof Or || right instanceof And);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return left + " or " + inside(right, right instanceof Or);
        }
    }

    record Not(Filter term) implements Filter {
        @Override
        public String toString() {
            return "not " + inside(term, term instanceof Or || term instanceof And);
        }
    }

    private static String inside(Filter filter, boolean apart) {
        return apart ? "(" + filter + ")" : filter.toString();
    }
}
