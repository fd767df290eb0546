package gatehouse.templates;

import java.util.List;
import java.util.Map;

/**
 * What variables are at one point of a file.
 *
 * @param values the phone's
 * @param lines  of each place its account's variables, {@code null} where nobody is
 * @param key    the {@code blfN} that a loop is at, or empty
 * @param number of that key, as its file counts it
 * @param line   the account's variables that a loop is at, or {@code null} outside of one
 * @param place  of that account, from 1
 */
record Scope(Map<String, String> values, List<Map<String, String>> lines, String key, int number, Map<String, String> line, int place) {
    static Scope of(Map<String, String> values, List<Map<String, String>> lines) {
        return new Scope(values, lines, "", 0, null, 0);
    }

    Scope atKey(String name, int counted) {
        return new Scope(values, lines, name, counted, line, place);
    }

    Scope atLine(int index) {
        return new Scope(values, lines, key, number, lines.get(index) == null ? Map.of() : lines.get(index), index + 1);
    }

    /** Empty when there is none. */
    String value(String variable) {
        if (variable.equals(TextCompiler.NUMBER)) {
            return Integer.toString(number);
        }
        if (line != null && Vocabulary.isOfLine(variable)) {
            return switch (variable) {
                case "line" -> Integer.toString(place);
                case "line_padded" -> "%05d".formatted(place);
                default -> line.getOrDefault(variable, "");
            };
        }
        return values.getOrDefault(variable.startsWith(".") ? key + variable : variable, "");
    }

    /** The key or the place that a loop is at, for sums. */
    int count(String variable) {
        return variable.equals("line") ? place : number;
    }
}
