package gatehouse.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.BodyRows;
import gatehouse.api.Json;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.core.Problems;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes a table in: every row a new thing of one kind. All of it is tried in a transaction that is then undone, so that each rule is asked and
 * each problem is told by its line; then it is kept whole, or not at all. Thread-safe.
 */
public final class TableImport {
    private static final int MOST_PROBLEMS = 100; // nobody reads more

    /** What a row means. One object for one table. */
    public interface Rows {
        /** A row's cells with what goes without saying. @param cells by column, to be changed */
        default void complete(Map<String, String> cells) { }

        /** The rules of a row that the schema cannot say and that need no transaction. */
        default void check(ObjectNode body, Problems problems) { }

        /** All is well: prepares what takes time, while nobody waits to write. */
        default void prepare(List<ObjectNode> bodies) { }

        /** Adds it, or what is wrong. @param index counts rows from 0 */
        void insert(Tx tx, int index, ObjectNode body, Problems problems);
    }

    /** @param line of the table */
    private record Draft(int line, ObjectNode body, List<Problem> broken) { }

    /** Ends a transaction that was only for trying. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undone() {
            super("Undone on purpose", null, false, false);
        }
    }

    private final BodyRows rows;
    private final Set<String> also;
    private final Consumer<Store.Work<Void>> write;

    /** @param also columns besides the fields of the schema; they are in the bodies as texts */
    public TableImport(BodyRows rows, Set<String> also, Consumer<Store.Work<Void>> write) {
        this.rows = rows;
        this.also = also;
        this.write = write;
    }

    /** The answer to a request that sends a table, or with {@code dry_run} only asks what would come of it. */
    public Answer answer(ApiRequest request, Rows meaning) {
        if (!request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/csv")) {
            throw Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send the table as text/csv.").raise();
        }
        var drafts = drafts(Table.read(request.upload()), meaning);
        var problems = tried(drafts, meaning);
        var dry = request.query("dry_run").filter("true"::equals).isPresent();
        if (!dry) {
            if (!problems.isEmpty()) {
                throw new ProblemException(problems);
            }
            keep(drafts, meaning);
        }
        var body = Json.object().put("dry_run", dry).put("count", drafts.size());
        var told = body.putArray("problems");
        problems.forEach(problem -> told.addObject().put("line", line(problem)).put("field", String.valueOf(problem.detail().getOrDefault("field", "")))
                .put("problem", problem.message()));
        return Answer.ok(body);
    }

    private List<Draft> drafts(Table table, Rows meaning) {
        var unknown = new Problems();
        table.header().stream().filter(column -> !column.isEmpty() && !also.contains(column) && !rows.columns().contains(column)).forEach(column ->
                unknown.add(at(1, Problem.invalid(column, "unknown", column + " is not a column of this table; it may have "
                        + String.join(", ", rows.columns()) + (also.isEmpty() ? "" : ", " + String.join(", ", also)) + "."))));
        unknown.check();
        return table.rows().stream().map(row -> draft(row, meaning)).toList();
    }

    private Draft draft(Table.Row row, Rows meaning) {
        var cells = new HashMap<>(row.cells());
        meaning.complete(cells);
        cells.keySet().removeAll(also);
        var read = rows.read(cells);
        var body = read.fields();
        also.stream().filter(row.cells()::containsKey).forEach(column -> body.put(column, row.cells().get(column)));
        var problems = new Problems();
        read.problems().forEach(problems::add);
        if (read.problems().isEmpty()) {
            meaning.check(body, problems);
        }
        return new Draft(row.line(), body, problems.list());
    }

    private List<Problem> tried(List<Draft> drafts, Rows meaning) {
        var problems = new ArrayList<Problem>();
        drafts.forEach(draft -> draft.broken.forEach(problem -> problems.add(at(draft.line, problem))));
        try {
            write.accept(tx -> {
                for (int i = 0; i < drafts.size() && problems.size() < MOST_PROBLEMS; i++) {
                    if (drafts.get(i).broken.isEmpty()) {
                        problems.addAll(inserted(tx, i, drafts.get(i), meaning));
                    }
                }
                throw new Undone();
            });
        } catch (Undone asMeant) {
            problems.sort((one, other) -> Integer.compare(line(one), line(other)));
        }
        return problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
    }

    private void keep(List<Draft> drafts, Rows meaning) {
        meaning.prepare(drafts.stream().map(Draft::body).toList());
        write.accept(tx -> {
            for (int i = 0; i < drafts.size(); i++) {
                var problems = inserted(tx, i, drafts.get(i), meaning);
                if (!problems.isEmpty()) {
                    throw new ProblemException(problems); // somebody else was faster since it was tried
                }
            }
            return null;
        });
    }

    private static List<Problem> inserted(Tx tx, int index, Draft draft, Rows meaning) {
        var problems = new Problems();
        meaning.insert(tx, index, draft.body, problems);
        return problems.list().stream().map(problem -> at(draft.line, problem)).toList();
    }

    private static int line(Problem problem) {
        return (int) problem.detail().get("line");
    }

    private static Problem at(int line, Problem problem) {
        var detail = new HashMap<>(problem.detail());
        detail.put("line", line);
        return new Problem(problem.code(), "Line " + line + ": " + problem.message(), detail);
    }
}
