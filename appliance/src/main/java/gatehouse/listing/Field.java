package gatehouse.listing;

import java.util.regex.Pattern;

/**
 * A field of a list, as the contract names it, and where its value is found.
 *
 * @param name     the contract's name; dotted for nested ones
 * @param sql      the column or expression that holds it
 * @param searched whether the free-text search looks here
 * @param decimals a NUMBER is stored as a whole number of 10^-decimals; 0 for as it is
 * @param order    the column or expression it is sorted by
 * @param kept     where {@link Texts} keep it as well; null when it stands in the list's table alone
 * @param begin    the column of a time that this time never comes before; null when there is none
 * @param few      whether all rows share a few texts, and an index leads from one to the next
 */
public record Field(String name, String sql, Kind kind, boolean searched, int decimals, String order, Kept kept, String begin, boolean few) {
    /**
     * @param reference a column or expression of the list's table; it names the row of {@link Texts} that has the text in {@code column}
     * @param rows      the column of {@link Texts} that says how many rows of the list's table name it so
     * @param indexed   whether the list's table has an index of the text itself too
     */
    record Kept(String reference, String column, String rows, boolean indexed) { }

    private static final int MONEY_DECIMALS = 5; // "Balance: five decimal places, exact"
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

    public Field {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a field's name: " + name);
        }
    }

    private static Field of(String name, String sql, Kind kind) {
        return new Field(name, sql, kind, false, 0, kind == Kind.TEXT ? sql + " COLLATE NOCASE" : sql, null, null, false);
    }

    /** Compared to the letter, sorted whatever its case (ASCII; see {@link #sortedBy} for another order). */
    public static Field text(String name, String sql) {
        return of(name, sql, Kind.TEXT);
    }

    /** A text that the free-text search looks at too. */
    public static Field searchedText(String name, String sql) {
        return text(name, sql).asSearched();
    }

    public static Field number(String name, String sql) {
        return of(name, sql, Kind.NUMBER);
    }

    public static Field bool(String name, String sql) {
        return of(name, sql, Kind.BOOLEAN);
    }

    /** @param sql epoch milliseconds */
    public static Field time(String name, String sql) {
        return of(name, sql, Kind.TIME);
    }

    /** @param sql a whole number of 0.00001 */
    public static Field money(String name, String sql) {
        return new Field(name, sql, Kind.NUMBER, false, MONEY_DECIMALS, sql, null, null, false);
    }

    /** A field of the same name in the JSON column {@code document}; dots lead inwards, and times stand there in RFC 3339. */
    public static Field json(String name, Kind kind) {
        var value = "json_extract(document, '$." + name + "')";
        return of(name, kind == Kind.TIME ? "unixepoch(" + value + ") * 1000" : value, kind);
    }

    public Field asSearched() {
        if (kind != Kind.TEXT) {
            throw new IllegalStateException("Only texts are searched: " + name);
        }
        return new Field(name, sql, kind, true, decimals, order, kept, begin, few);
    }

    /** Sorted by another column or expression than its own: one that has an index, or its lower case. */
    public Field sortedBy(String other) {
        return new Field(name, sql, kind, searched, decimals, other, kept, begin, few);
    }

    /**
     * Kept in {@link Texts} too.
     *
     * @param reference the column or expression that names the row there, which has it in {@code column}
     * @param rows      the column there that counts the rows which do
     */
    public Field keptIn(String reference, String column, String rows) {
        return new Field(name, sql, kind, searched, decimals, order, new Kept(reference, column, rows, false), begin, few);
    }

    /** As {@link #keptIn}, and the list's table has an index that begins with the text. */
    public Field indexedAndKeptIn(String reference, String column, String rows) {
        return new Field(name, sql, kind, searched, decimals, order, new Kept(reference, column, rows, true), begin, few);
    }

    /** The same field, read otherwise; sorted as before. */
    public Field in(String other) {
        return new Field(name, other, kind, searched, decimals, order, null, null, few);
    }

    /** A text of which there are a few different ones, such as words of the contract; with an index. */
    public Field ofFewTexts() {
        return new Field(name, sql, kind, searched, decimals, order, kept, begin, true);
    }

    /** A time that is never before the one in {@code other}. */
    public Field notBefore(String other) {
        return new Field(name, sql, kind, searched, decimals, order, kept, other, few);
    }

    boolean isNotBefore(String other) {
        return sql.equals(other) || other.equals(begin);
    }

    /** The same field where the texts are. */
    Field amongTexts() {
        return of(name, kept.column, kind);
    }
}
