package gatehouse.listing;

import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.listing.Filter.Match;
import gatehouse.listing.Filter.Operator;
import gatehouse.listing.Lexer.Shape;
import gatehouse.listing.Lexer.Token;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a filter by recursive descent and checks it against the list's fields:
 * <pre>
 *   or   = and { "or" and }            and  = unary { "and" unary }           unary = "not" unary | "(" or ")" | term
 *   term = field ("eq" | "ne" | "gt" | "ge" | "lt" | "le") literal | ("startswith" | "endswith" | "contains") "(" field "," text ")"
 * </pre>
 * The first fault of grammar ends it; faults of fields and types are collected. Keywords in any case, fields to the letter.
 */
final class FilterParser {
    static final int LONGEST = 2_000;
    static final int MOST_TERMS = 50; // SQLite takes expressions 1,000 deep; nobody writes more than a handful
    static final int DEEPEST = 20;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final String OPERATORS = "eq, ne, gt, ge, lt or le";

    private final Fields fields;
    private final Lexer lexer;
    private final List<Problem> problems = new ArrayList<>();
    private Token token;
    private int terms;
    private int depth;

    private FilterParser(Fields fields, String text) {
        this.fields = fields;
        this.lexer = new Lexer(text);
    }

    /** @throws ProblemException with all that is wrong */
    static Filter parse(String text, Fields fields) {
        if (text.length() > LONGEST) {
            throw new ProblemException(List.of(Fields.tooMuch("filter", LONGEST, LONGEST, "characters")));
        }
        return new FilterParser(fields, text).whole();
    }

    private Filter whole() {
        try {
            token = lexer.next();
            var filter = or();
            if (token.shape() != Shape.END) {
                throw expected("and, or, or the end");
            }
            if (problems.isEmpty()) {
                return filter;
            }
        } catch (ProblemException grammar) {
            problems.addAll(grammar.problems());
        }
        throw new ProblemException(problems);
    }

    private Filter or() {
        var left = and();
        while (token.is("or")) {
            take();
            left = new Filter.Or(left, and());
        }
        return left;
    }

    private Filter and() {
        var left = unary();
        while (token.is("and")) {
            take();
            left = new Filter.And(left, unary());
        }
        return left;
    }

    private Filter unary() {
        if (!token.is("not") && token.shape() != Shape.OPEN) {
            return term();
        }
        var first = take();
        if (++depth > DEEPEST) {
            throw new ProblemException(List.of(Fields.tooMuch("filter", first.start(), DEEPEST, "parentheses and nots within each other")));
        }
        var inner = first.shape() == Shape.OPEN ? or() : new Filter.Not(unary());
        if (first.shape() == Shape.OPEN) {
            take(Shape.CLOSE, "a closing parenthesis");
        }
        depth--;
        return inner;
    }

    private Filter term() {
        var first = take(Shape.NAME, "a field, a function, not, or an opening parenthesis");
        if (++terms > MOST_TERMS) {
            throw new ProblemException(List.of(Fields.tooMuch("filter", first.start(), MOST_TERMS, "comparisons")));
        }
        return token.shape() == Shape.OPEN ? matching(first) : comparison(first);
    }

    private Filter matching(Token name) {
        var match = constant(Match.values(), name);
        if (match == null) {
            throw Lexer.refusal(name.start(), "There is no function " + name.shown() + " (at character " + name.start()
                    + "); there are startswith, endswith and contains.");
        }
        take();
        var field = take(Shape.NAME, "a field");
        take(Shape.COMMA, "a comma");
        var text = take(Shape.TEXT, "a text in single quotes");
        take(Shape.CLOSE, "a closing parenthesis");
        fields.named(field.text()).ifPresentOrElse(known -> {
            if (known.kind() != Kind.TEXT) {
                problems.add(mismatch(known, field, "with " + known.kind().words() + ", not with " + name.shown()));
            }
        }, () -> problems.add(fields.unknown("filter", field.start(), field.shown())));
        return new Filter.Matching(match, field.text(), text.text());
    }

    private Filter comparison(Token field) {
        var operator = token.shape() == Shape.NAME ? constant(Operator.values(), token) : null;
        if (operator == null) {
            throw expected(OPERATORS);
        }
        take();
        var value = take();
        var literal = literal(value);
        var known = fields.named(field.text());
        if (known.isEmpty()) {
            problems.add(fields.unknown("filter", field.start(), field.shown()));
            return new Filter.Comparison(field.text(), operator, literal);
        }
        return new Filter.Comparison(field.text(), operator, fitting(known.get(), operator, literal, value));
    }

    private Literal literal(Token value) {
        return switch (value.shape()) {
            case TEXT -> new Literal.Text(value.text());
            case NUMBER_OR_TIME -> NUMBER.matcher(value.text()).matches() ? new Literal.Number(new BigDecimal(value.text())) : time(value);
            case NAME -> switch (value.text().toLowerCase(Locale.ROOT)) {
                case "true" -> new Literal.Bool(true);
                case "false" -> new Literal.Bool(false);
                case "null" -> new Literal.Null();
                default -> throw expected("a value: texts stand in single quotes", value);
            };
            default -> throw expected("a value", value);
        };
    }

    private static Literal time(Token value) {
        if (TIME.matcher(value.text()).matches()) {
            try {
                return new Literal.Time(instant(value.text()));
            } catch (DateTimeException e) {
                throw Lexer.refusal(value.start(), "There is no such time as " + value.shown() + " (at character " + value.start() + ").");
            }
        }
        throw expected("a number of up to 30 digits or a time such as 2026-01-31T08:00:00Z", value);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
    }

    /** The literal as the field's kind has it; notes a problem when it does not fit. */
    private Literal fitting(Field field, Operator operator, Literal literal, Token value) {
        var onlyEquals = literal instanceof Literal.Null || literal instanceof Literal.Bool;
        if (onlyEquals && operator != Operator.EQ && operator != Operator.NE) {
            problems.add(mismatch(field, value, "with " + literal + " by eq or ne alone"));
            return literal;
        }
        if (field.kind() == Kind.TIME && literal instanceof Literal.Text(var text) && TIME.matcher(text).matches()) {
            try {
                return new Literal.Time(instant(text));
            } catch (DateTimeException noSuchTime) {
                problems.add(mismatch(field, value, "with " + field.kind().words()));
                return literal;
            }
        }
        var fits = switch (literal) {
            case Literal.Text _ -> field.kind() == Kind.TEXT;
            case Literal.Number _ -> field.kind() == Kind.NUMBER;
            case Literal.Bool _ -> field.kind() == Kind.BOOLEAN;
            case Literal.Time _ -> field.kind() == Kind.TIME;
            case Literal.Null _ -> true;
        };
        if (!fits) {
            problems.add(mismatch(field, value, "with " + field.kind().words()));
        }
        return literal;
    }

    private static Problem mismatch(Field field, Token at, String words) {
        return Fields.problem("filter", "type", at.start(), field.name() + " can be compared " + words + " (at character " + at.start() + ").");
    }

    private static <E extends Enum<E>> E constant(E[] all, Token token) {
        for (var one : all) {
            if (token.is(one.name())) {
                return one;
            }
        }
        return null;
    }

    private Token take() {
        var taken = token;
        token = lexer.next();
        return taken;
    }

    private Token take(Shape shape, String words) {
        if (token.shape() != shape) {
            throw expected(words);
        }
        return take();
    }

    private ProblemException expected(String words) {
        return expected(words, token);
    }

    private static ProblemException expected(String words, Token found) {
        return Lexer.refusal(found.start(), "The filter needs " + words + " at character " + found.start() + ", where it has " + found.shown() + ".");
    }
}
