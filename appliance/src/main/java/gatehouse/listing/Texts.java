package gatehouse.listing;

import java.util.List;

/**
 * Texts of a large table that repeat, kept once each in a small one where a search looks first.
 *
 * @param table      the small table; its rowid is what the large one refers to
 * @param columns    its texts
 * @param index      an FTS5 table of the same rowids and columns, with the tokenizer "trigram"
 * @param references the large table's columns that name a row of the small one, or null
 */
public record Texts(String table, List<String> columns, String index, List<String> references) {
    static final int SHORTEST = 3; // letters that the index can look up

    /** Its rows that have one argument, a phrase, in one of their texts, whatever its case. */
    String indexed() {
        return "SELECT rowid FROM " + index + " WHERE " + index + " MATCH ?";
    }

    /** A phrase as MATCH takes it. */
    static String phrase(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    static boolean isIndexed(String text) {
        return text.codePointCount(0, text.length()) >= SHORTEST;
    }
}
