package gatehouse.listing;

import gatehouse.listing.Filter.Match;
import gatehouse.listing.Filter.Operator;
import gatehouse.listing.ListStore.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes conditions: the fields' own SQL, operators and question marks; whatever came from outside is an argument. "Not" is carried
 * down to the comparisons, because SQL's three-valued NOT would leave out rows where a value is absent.
 */
final class SqlWriter {
    /** How rows are found. */
    enum Way {
        /** By indexes, and by those of the texts that are kept beside the table. */
        INDEXES,
        /** By looking at each that comes, for some other reason than these conditions; texts are read from the row itself. */
        ROWS
    }

    private final Fields fields;
    private final Optional<Texts> texts;
    private final Way way;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /** For what is kept in one table. */
    SqlWriter(Fields fields) {
        this(fields, Optional.empty(), Way.INDEXES);
    }

    SqlWriter(Fields fields, Optional<Texts> texts, Way way) {
        this.fields = fields;
        this.texts = texts;
        this.way = way;
    }

    /** The rows of {@code from} that match. */
    Source of(String from) {
        return new Source(" FROM " + from + (sql.isEmpty() ? "" : " WHERE " + sql), arguments);
    }

    /** Adds a condition that must hold as well. */
    void also(String condition, Object... bound) {
        if (!condition.isEmpty()) {
            add(sql.isEmpty() ? "" : " AND ").add("(").add(condition).add(")");
        }
        bind(bound);
    }

    void also(Filter filter) {
        add(sql.isEmpty() ? "" : " AND ");
        write(filter, true);
    }

    /** Adds that each word stands in one of the searched fields. */
    void also(List<String> words) {
        for (var word : words) {
            add(sql.isEmpty() ? "(" : " AND (");
            if (looksUp()) {
                keptWord(texts.get(), word);
            } else {
                anyHas(fields.searched().stream().map(this::column).toList(), word);
            }
            add(")");
        }
    }

    /** Adds that {@code reference} is one of {@code ids}, a JSON array of whole numbers. */
    void alsoAmong(String reference, String ids) {
        add(sql.isEmpty() ? "" : " AND ").add(reference).add(" IN (SELECT value FROM json_each(?))").bind(ids);
    }

    /** Adds that {@code key} is that of one of {@code rows}, which are found by themselves. */
    void alsoAmong(String key, Source rows) {
        add(sql.isEmpty() ? "" : " AND ").add(key).add(" IN (SELECT ").add(key).add(rows.sql()).add(")");
        arguments.addAll(rows.arguments());
    }

    private void keptWord(Texts kept, String word) {
        var or = "";
        for (var reference : kept.references()) {
            add(or);
            if (Texts.isIndexed(word)) {
                add(reference).add(" IN (").add(kept.indexed()).add(")").bind(Texts.phrase(word));
            } else {
                add(reference).add(" IN (SELECT n FROM ").add(kept.table()).add(" WHERE ").anyHas(kept.columns(), word).add(")");
            }
            or = " OR ";
        }
    }

    private SqlWriter anyHas(List<String> columns, String word) {
        var or = "";
        for (var column : columns) {
            add(or).add(column).add(" LIKE ? ESCAPE '\\'").bind(Folding.like(word));
            if (!Folding.isAscii(word)) {
                add(" AND ").add(column).add(" GLOB ?").bind(Folding.glob(word)); // exact but slow: LIKE has left few to look at
            }
            or = " OR ";
        }
        return this;
    }

    /** SQLite uses no index on a column with a plus before it. */
    private String column(Field field) {
        return way == Way.ROWS ? "+" + field.sql() : field.sql();
    }

    /** @param wanted false writes what is true exactly when {@code filter} is not */
    private void write(Filter filter, boolean wanted) {
        switch (filter) {
            case Filter.And(var left, var right) -> both(left, wanted ? " AND " : " OR ", right, wanted);
            case Filter.Or(var left, var right) -> both(left, wanted ? " OR " : " AND ", right, wanted);
            case Filter.Not(var term) -> write(term, !wanted);
            case Filter.Comparison comparison -> comparison(comparison, wanted);
            case Filter.Matching matching -> matching(matching, wanted);
        }
    }

    private void both(Filter left, String word, Filter right, boolean wanted) {
        add("(");
        write(left, wanted);
        add(word);
        write(right, wanted);
        add(")");
    }

    private void comparison(Filter.Comparison comparison, boolean wanted) {
        var field = fields.get(comparison.field());
        var given = comparison.operator();
        if (wanted && given == Operator.EQ && comparison.literal() instanceof Literal.Text && amongTexts(field)) {
            kept(field, comparison);
            return;
        }
        var operator = wanted ? given : given.opposite();
        var orAbsent = operator == Operator.NE || !wanted && given != Operator.EQ && given != Operator.NE;
        switch (comparison.literal()) {
            case Literal.Null() -> add(column(field)).add(operator == Operator.EQ ? " IS NULL" : " IS NOT NULL");
            case Literal.Text(var text) -> compare(field, operator, text, orAbsent);
            case Literal.Bool(var value) -> compare(field, operator, value, orAbsent);
            case Literal.Number(var value) -> number(field, operator, value.movePointRight(field.decimals()), orAbsent);
            case Literal.Time(var time) -> time(field, operator, time, orAbsent);
        }
    }

    private void compare(Field field, Operator operator, Object argument, boolean orAbsent) {
        if (operator == Operator.NE) {
            add(column(field)).add(" IS NOT ?");
        } else {
            either(field, orAbsent, column(field) + symbol(operator) + "?");
        }
        arguments.add(argument);
    }

    private void either(Field field, boolean orAbsent, String condition) {
        add("(").add(condition).add(orAbsent ? " OR " + column(field) + " IS NULL)" : ")");
    }

    private static String symbol(Operator operator) {
        return switch (operator) {
            case EQ -> " = ";
            case NE -> " <> ";
            case GT -> " > ";
            case GE -> " >= ";
            case LT -> " < ";
            case LE -> " <= ";
        };
    }

    private void number(Field field, Operator operator, BigDecimal value, boolean orAbsent) {
        var whole = value.setScale(0, RoundingMode.FLOOR);
        if (whole.compareTo(value) == 0 && whole.toBigInteger().bitLength() < Long.SIZE) {
            compare(field, operator, whole.longValueExact(), orAbsent);
        } else if (field.decimals() == 0) {
            compare(field, operator, value.doubleValue(), orAbsent); // SQLite compares it with an integer exactly
        } else {
            betweenUnits(field, operator, whole, orAbsent);
        }
    }

    /** A value that no whole number of units can have: it lies between {@code below} and the next. */
    private void betweenUnits(Field field, Operator operator, BigDecimal below, boolean orAbsent) {
        var bound = below.max(BigDecimal.valueOf(Long.MIN_VALUE)).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
        switch (operator) {
            case EQ -> add("0");
            case NE -> add("1");
            case GT, GE -> compare(field, Operator.GT, bound, orAbsent);
            case LT, LE -> compare(field, Operator.LE, bound, orAbsent);
        }
    }

    /** Times are compared as they are shown, in whole seconds: what was read from an answer finds its item again. */
    private void time(Field field, Operator operator, Instant time, boolean orAbsent) {
        var next = (time.getEpochSecond() + 1) * 1_000;
        var first = time.getNano() == 0 ? next - 1_000 : next;
        var column = column(field);
        switch (operator) {
            case GT -> compare(field, Operator.GE, next, orAbsent);
            case GE -> compare(field, Operator.GE, first, orAbsent);
            case LT -> compare(field, Operator.LT, first, orAbsent);
            case LE -> compare(field, Operator.LT, next, orAbsent);
            case EQ -> add("(" + column + " >= ? AND " + column + " < ?)").bind(first, next);
            case NE -> add("(" + column + " < ? OR " + column + " >= ? OR " + column + " IS NULL)").bind(first, next);
        }
    }

    private void matching(Filter.Matching matching, boolean wanted) {
        var field = fields.get(matching.field());
        var text = matching.text();
        if (text.isEmpty()) {
            add(column(field)).add(wanted ? " IS NOT NULL" : " IS NULL");
        } else if (wanted && (amongTexts(field) || field.kept() != null && looksUp() && matching.match() != Match.STARTSWITH)) {
            kept(field, matching);
        } else if (matching.match() == Match.STARTSWITH) {
            startsWith(column(field), text, wanted);
        } else {
            containsOrEnds(column(field), matching, wanted);
        }
    }

    private boolean looksUp() {
        return way == Way.INDEXES && texts.isPresent();
    }

    /** Whether the texts have an index for it, and the list's table has none. */
    private boolean amongTexts(Field field) {
        return looksUp() && field.kept() != null && !field.kept().indexed();
    }

    /** Of what is absent an index may know nothing. */
    private void containsOrEnds(String column, Filter.Matching matching, boolean wanted) {
        var text = matching.text();
        if (matching.match() == Match.CONTAINS) {
            add(wanted ? "(" + column + " IS NOT NULL AND instr(" + column + ", ?) > 0)" : "coalesce(instr(" + column + ", ?), 0) = 0").bind(text);
        } else {
            add(wanted ? "(" + column + " IS NOT NULL AND substr(" + column + ", ?) = ?)" : "substr(" + column + ", ?) IS NOT ?")
                    .bind(-text.codePointCount(0, text.length()), text);
        }
    }

    /** Rows by their texts, which are found first. */
    private void kept(Field field, Filter term) {
        var at = field.kept();
        var found = amongTexts(texts.orElseThrow(), field, term);
        add(at.reference()).add(" IN (SELECT n FROM ").add(texts.get().table()).add(" WHERE ").add(found.sql.toString()).add(")");
        arguments.addAll(found.arguments);
    }

    /** Conditions for the texts themselves. The index ignores case and tells no beginning from an end: it leaves a few too many. */
    static SqlWriter amongTexts(Texts texts, Field field, Filter term) {
        var found = new SqlWriter(new Fields(List.of(field.amongTexts())));
        if (term instanceof Filter.Matching(var match, var _, var text) && match != Match.STARTSWITH && Texts.isIndexed(text)) {
            found.also("n IN (" + texts.indexed() + ")", Texts.phrase(text));
        }
        found.also(term);
        return found;
    }

    /** As a range, which an index can serve. */
    private void startsWith(String column, String text, boolean wanted) {
        var end = after(text);
        if (end.isEmpty()) {
            add("(" + column + (wanted ? " >= ?)" : " < ? OR " + column + " IS NULL)")).bind(text);
        } else {
            add("(" + column + (wanted ? " >= ? AND " + column + " < ?)" : " < ? OR " + column + " >= ? OR " + column + " IS NULL)")).bind(text, end);
        }
    }

    /** The first text, in the order of code points, after all that start with {@code prefix}; empty when there is none. */
    private static String after(String prefix) {
        var end = prefix;
        while (!end.isEmpty()) {
            var last = end.codePointBefore(end.length());
            end = end.substring(0, end.length() - Character.charCount(last));
            if (last < Character.MAX_CODE_POINT) {
                var next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1; // UTF-8 has no surrogates
                return end + Character.toString(next);
            }
        }
        return end;
    }

    private SqlWriter bind(Object... bound) {
        arguments.addAll(Arrays.asList(bound));
        return this;
    }

    private SqlWriter add(String text) {
        sql.append(text);
        return this;
    }
}
