package gatehouse.listing;

import gatehouse.core.ProblemException;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a filter into its tokens, one at a time. */
final class Lexer {
    enum Shape { NAME, TEXT, NUMBER_OR_TIME, OPEN, CLOSE, COMMA, END }

    /**
     * One token.
     *
     * @param text  a name, a number or a time as written, a text without its quotes
     * @param start where it begins, counted in characters from 0
     */
    record Token(Shape shape, String text, int start) {
        boolean is(String keyword) {
            return shape == Shape.NAME && text.equalsIgnoreCase(keyword);
        }

        /** As complaints name it. */
        String shown() {
            return switch (shape) {
                case END -> "the end";
                case TEXT -> "a text";
                default -> text.length() > 40 ? text.substring(0, 40) + "…" : text;
            };
        }
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final Pattern NUMBER_OR_TIME = Pattern.compile("-?[0-9][0-9A-Za-z.:+-]*");

    private final String input;
    private int at;

    Lexer(String input) {
        this.input = input;
    }

    /** The next token; END for ever at the end. */
    Token next() {
        while (at < input.length() && Character.isWhitespace(input.charAt(at))) {
            at++;
        }
        if (at == input.length()) {
            return new Token(Shape.END, "", at);
        }
        return switch (input.charAt(at)) {
            case '(' -> single(Shape.OPEN);
            case ')' -> single(Shape.CLOSE);
            case ',' -> single(Shape.COMMA);
            case '\'' -> text();
            default -> word();
        };
    }

    private Token single(Shape shape) {
        at++;
        return new Token(shape, input.substring(at - 1, at), at - 1);
    }

    private Token text() {
        var start = at++;
        var text = new StringBuilder();
        while (at < input.length()) {
            var c = input.charAt(at++);
            if (c != '\'') {
                text.append(c);
            } else if (at < input.length() && input.charAt(at) == '\'') {
                text.append(c);
                at++;
            } else {
                return new Token(Shape.TEXT, text.toString(), start);
            }
        }
        throw refusal(start, "The text that begins at character " + start + " has no closing quote.");
    }

    private Token word() {
        var start = at;
        for (var shape : new Shape[] {Shape.NAME, Shape.NUMBER_OR_TIME}) {
            var word = (shape == Shape.NAME ? NAME : NUMBER_OR_TIME).matcher(input).region(at, input.length());
            if (word.lookingAt()) {
                at = word.end();
                return new Token(shape, word.group(), start);
            }
        }
        throw refusal(start, "The filter cannot be read from character " + start + " on; texts stand in single quotes.");
    }

    static ProblemException refusal(int position, String message) {
        return new ProblemException(List.of(Fields.problem("filter", "syntax", position, message)));
    }
}
