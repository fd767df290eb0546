package gatehouse.templates;

import gatehouse.templates.TemplateText.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles {@code %%name%%}, {@code %%param::name%%}, {@code {IF name}…{ELSE}…{ENDIF}}, {@code {KEYS 1-9}…{ELSE}…{ENDKEYS}} and
 * {@code {LINES}…{ELSE}…{ENDLINES}}. A directive alone on its line takes the line with it. Inside {@code {IF blfN}} and {@code {KEYS …}},
 * {@code %%Type%%}, {@code %%Value%%}, {@code %%Label%%} and {@code %%Line%%} are those of the key; inside {@code {LINES}} the account is the line's.
 */
final class TextCompiler {
    static final int MOST_LOOPS = 100; // in one file; each goes over every key or place, and every phone of the family waits for them
    private static final int DEEPEST = 8; // nested conditions; beyond it a person cannot follow them either
    private static final Pattern NAME = Pattern.compile("(param::)?[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern SINCE = Pattern.compile("firmware\\s*>=\\s*(\\d{1,6}(?:\\.\\d{1,6}){0,5})");
    private static final Pattern SUM = Pattern.compile("(line|Number)(?:\\*(\\d{1,4}))?(?:\\+(\\d{1,6}))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,3})-(\\d{1,3})(?: at (\\d{1,3}))?");
    private static final Map<String, String> OF_KEY = Map.of("Type", ".type", "Value", ".value", "Label", ".label", "label", ".label",
            "PlainLabel", ".plain", "Line", ".line", "Number", TextCompiler.NUMBER);
    static final String NUMBER = "#"; // how its file counts the key that a loop is at; no variable is named so
    private static final String LOOP = "."; // the key is whichever the loop is at
    private static final String IF = "{IF ";
    private static final String ELSE = "{ELSE}";
    private static final String ENDIF = "{ENDIF}";
    private static final String KEYS = "{KEYS ";
    private static final String ENDKEYS = "{ENDKEYS}";
    private static final String LINES = "{LINES}";
    private static final String ENDLINES = "{ENDLINES}";
    private static final String OF_LINE = "line"; // inside {LINES}, where a phone's accounts are

    private final String template;
    private final String text;
    private final int firstLine;
    private final Predicate<String> known;
    private int at;
    private int loops;

    private TextCompiler(String template, String text, int firstLine, Predicate<String> known) {
        this.template = template;
        this.text = text;
        this.firstLine = firstLine;
        this.known = known;
    }

    /**
     * @param firstLine the line of the template on which {@code text} begins
     * @param known     which variables exist
     * @throws TemplateException naming the line
     */
    static TemplateText compile(String template, String text, int firstLine, Predicate<String> known) {
        var compiler = new TextCompiler(template, text, firstLine, known);
        var parts = compiler.parts("", 0);
        if (compiler.at < text.length()) {
            throw compiler.wrong(compiler.at, compiler.rest().substring(0, compiler.rest().indexOf('}') + 1) + " has no {IF …}, {KEYS …} or {LINES} before it");
        }
        return new TemplateText(parts);
    }

    /** Up to the end, or up to an {ELSE}, {ENDIF}, {ENDKEYS} or {ENDLINES}, which is left for the caller. @param key the {@code blfN} around, {@link #LOOP}, {@link #OF_LINE} or empty */
    private List<Part> parts(String key, int depth) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        while (at < text.length() && !stands(ELSE) && !stands(ENDIF) && !stands(ENDKEYS) && !stands(ENDLINES)) {
            if (stands("%%")) {
                flush(parts, literal);
                parts.add(value(key));
            } else if (stands(IF) || stands(KEYS) || stands(LINES)) {
                trimOwnLine(literal, text.indexOf('}', at));
                flush(parts, literal);
                parts.add(stands(IF) ? either(key, depth + 1) : stands(KEYS) ? keys(key, depth + 1) : lines(key, depth + 1));
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (at < text.length()) {
            trimOwnLine(literal, text.indexOf('}', at));
        }
        flush(parts, literal);
        return parts;
    }

    private Part value(String key) {
        var from = at;
        var end = text.indexOf("%%", at + 2);
        var name = end < 0 ? "" : text.substring(at + 2, end);
        var sum = SUM.matcher(name);
        if (!sum.matches() && !NAME.matcher(name).matches()) {
            throw wrong(from, "%% must be followed by a name and %%, such as %%mac_address%%");
        }
        at = end + 2;
        if (sum.matches()) {
            return sum(from, key, sum);
        }
        return new Part.Value(checked(from, key, name));
    }

    private Part sum(int from, String key, Matcher sum) {
        checked(from, key, sum.group(1));
        int times = sum.group(2) == null ? 1 : Integer.parseInt(sum.group(2));
        int plus = sum.group(3) == null ? 0 : Integer.parseInt(sum.group(3));
        return key.startsWith("blf") ? new Part.Literal(Integer.toString(Integer.parseInt(key.substring(3)) * times + plus)) : new Part.Sum(sum.group(1), times, plus);
    }

    private Part either(String key, int depth) {
        var from = at;
        if (depth > DEEPEST) {
            throw wrong(from, "conditions may be nested " + DEEPEST + " deep");
        }
        var end = text.indexOf('}', at);
        var name = end < 0 ? "" : text.substring(at + IF.length(), end).strip();
        var since = SINCE.matcher(name);
        if (!since.matches() && !NAME.matcher(name).matches()) {
            throw wrong(from, "{IF must be followed by a name and }, such as {IF enable_lldp}, or by firmware>= and a version");
        }
        var variable = since.matches() ? "firmware" : checked(from, key, name);
        var inner = variable.matches("blf\\d+") && !key.equals(OF_LINE) ? variable : key;
        step(end + 1);
        var then = parts(inner, depth);
        var otherwise = otherwise(key, depth);
        if (!stands(ENDIF)) {
            throw wrong(from, "{IF " + name + "} has no {ENDIF}");
        }
        step(at + ENDIF.length());
        return new Part.Either(variable, since.matches() ? since.group(1) : "", then, otherwise);
    }

    private Part keys(String key, int depth) {
        var from = at;
        count(from);
        var end = text.indexOf('}', at);
        var range = RANGE.matcher(end < 0 ? "" : text.substring(at + KEYS.length(), end).strip());
        if (!range.matches()) {
            throw wrong(from, "{KEYS must be followed by the first and the last key and }, such as {KEYS 1-9} or {KEYS 1-9 at 2}");
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (first < 1 || last < first || last > Vocabulary.MOST_KEYS || depth > DEEPEST || !key.isEmpty()) {
            throw wrong(from, "{KEYS a-b} needs keys from 1 to " + Vocabulary.MOST_KEYS + " and may not stand inside another key");
        }
        step(end + 1);
        var each = parts(LOOP, depth);
        var none = otherwise(LOOP, depth);
        if (!stands(ENDKEYS)) {
            throw wrong(from, "{KEYS " + range.group() + "} has no {ENDKEYS}");
        }
        step(at + ENDKEYS.length());
        return new Part.Keys(first, last, range.group(3) == null ? first : Integer.parseInt(range.group(3)), each, none);
    }

    private void count(int from) {
        if (++loops > MOST_LOOPS) {
            throw wrong(from, "a file may have " + MOST_LOOPS + " of {KEYS …} and {LINES}");
        }
    }

    private Part lines(String key, int depth) {
        var from = at;
        count(from);
        if (depth > DEEPEST || !key.isEmpty()) {
            throw wrong(from, "{LINES} may not stand inside a key or other lines, nor " + DEEPEST + " deep");
        }
        step(at + LINES.length());
        var each = parts(OF_LINE, depth);
        var none = otherwise(OF_LINE, depth);
        if (!stands(ENDLINES)) {
            throw wrong(from, "{LINES} has no {ENDLINES}");
        }
        step(at + ENDLINES.length());
        return new Part.Lines(each, none);
    }

    private List<Part> otherwise(String key, int depth) {
        if (!stands(ELSE)) {
            return List.of();
        }
        step(at + ELSE.length());
        return parts(key, depth);
    }

    private String checked(int from, String key, String name) {
        if (OF_KEY.containsKey(name) && !key.isEmpty() && !key.equals(OF_LINE)) {
            return (key.equals(LOOP) || name.equals("Number") ? "" : key) + OF_KEY.get(name);
        }
        if (Vocabulary.isOfLineAlone(name) && !key.equals(OF_LINE)) {
            throw wrong(from, name + " has a meaning inside {LINES} only");
        }
        if (!known.test(name)) {
            throw wrong(from, OF_KEY.containsKey(name) ? name + " has a meaning inside {IF blfN} and {KEYS …} only" : "there is no variable " + name);
        }
        return name;
    }

    /** Moves on to {@code next}, over the line's end when the directive before it stands alone on its line. */
    private void step(int next) {
        var directive = text.lastIndexOf('{', next - 1);
        at = alone(directive, next - 1) ? lineEnd(next) : next;
    }

    /** Takes back the spaces before a directive that stands alone on its line. */
    private void trimOwnLine(StringBuilder literal, int close) {
        if (close >= 0 && alone(at, close)) {
            var end = literal.length();
            while (end > 0 && (literal.charAt(end - 1) == ' ' || literal.charAt(end - 1) == '\t')) {
                end--;
            }
            literal.setLength(end);
        }
    }

    private boolean alone(int open, int close) {
        int before = open - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return (before < 0 || text.charAt(before) == '\n') && lineEnd(close + 1) > close + 1;
    }

    /** Just after the line's end when only spaces stand between {@code from} and it; otherwise {@code from}. */
    private int lineEnd(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t' || text.charAt(i) == '\r')) {
            i++;
        }
        return i < text.length() && text.charAt(i) == '\n' ? i + 1 : from;
    }

    private boolean stands(String token) {
        return text.startsWith(token, at);
    }

    private String rest() {
        return text.substring(at);
    }

    private static void flush(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private TemplateException wrong(int from, String message) {
        return new TemplateException(template, firstLine + (int) text.substring(0, from).chars().filter(c -> c == '\n').count(), message);
    }
}
