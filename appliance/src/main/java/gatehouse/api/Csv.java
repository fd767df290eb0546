package gatehouse.api;

import java.util.List;
import java.util.regex.Pattern;

/** Writes CSV (RFC 4180). */
public final class Csv {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^\\s|\\s$");
    private static final Pattern FORMULA = Pattern.compile("^[=@\t\r]|^[+-](?![0-9 ]*$)");

    private Csv() {
    }

    static String text(List<String> header, List<List<String>> rows) {
        var text = new StringBuilder();
        line(text, header);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    /** One line with its end, for tables too long to hold. */
    public static String line(List<String> cells) {
        var text = new StringBuilder();
        line(text, cells);
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells.get(i) == null ? "" : cells.get(i)));
        }
        text.append("\r\n");
    }

    /** A cell that a spreadsheet would run as a formula gets an apostrophe before it; telephone numbers such as +49 30 stay as they are. */
    private static String cell(String value) {
        var harmless = FORMULA.matcher(value).find() ? "'" + value : value;
        return NEEDS_QUOTES.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
