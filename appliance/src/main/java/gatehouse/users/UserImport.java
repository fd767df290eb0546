package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.BodyRows;
import gatehouse.api.Caller;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.core.Problems;
import gatehouse.secrets.Passwords;
import gatehouse.tables.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Many users at once, from a table whose columns are the fields of a new user. The whole table is checked before anything is kept, by doing it
 * all in a transaction that is then undone; it is kept whole or not at all. Thread-safe.
 */
final class UserImport {
    private static final int MOST_PROBLEMS = 100; // nobody reads more

    /** @param line of the table */
    private record Draft(int line, ObjectNode body, List<Problem> broken) { }

    /** Ends a transaction that was only for trying. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undone() {
            super("Undone on purpose", null, false, false);
        }
    }

    /** @param problems each with the line it is about */
    record Report(int count, List<Problem> problems) { }

    private final Users users;
    private final UserChanges changes;
    private final Passwords passwords;

    UserImport(Users users, UserChanges changes, Passwords passwords) {
        this.users = users;
        this.changes = changes;
        this.passwords = passwords;
    }

    /** What would come of it; nothing changes. */
    Report check(Caller by, Actor actor, Table table, BodyRows rows) {
        var drafts = drafts(table, rows);
        var problems = new ArrayList<Problem>();
        drafts.forEach(draft -> draft.broken.forEach(problem -> problems.add(at(draft.line, problem))));
        try {
            users.write(tx -> {
                for (var draft : drafts) {
                    if (draft.broken.isEmpty() && problems.size() < MOST_PROBLEMS) {
                        var own = new Problems();
                        changes.insert(tx, by, actor, draft.body, "", own);
                        own.list().forEach(problem -> problems.add(at(draft.line, problem)));
                    }
                }
                throw new Undone();
            });
        } catch (Undone asMeant) {
            problems.sort((one, other) -> Integer.compare((int) one.detail().get("line"), (int) other.detail().get("line")));
        }
        return new Report(drafts.size(), problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    }

    /** @throws ProblemException with every broken rule and its line; then nothing was kept */
    Report run(Caller by, Actor actor, Table table, BodyRows rows) {
        var report = check(by, actor, table, rows);
        if (!report.problems.isEmpty()) {
            throw new ProblemException(report.problems);
        }
        var drafts = drafts(table, rows);
        var hashes = drafts.stream().map(draft -> passwords.hashCheaply(draft.body.get("password").textValue())).toList();
        return users.write(tx -> {
            for (int i = 0; i < drafts.size(); i++) {
                var own = new Problems();
                changes.insert(tx, by, actor, drafts.get(i).body, hashes.get(i), own);
                if (!own.list().isEmpty()) { // somebody else was faster since the check
                    var line = drafts.get(i).line;
                    throw new ProblemException(own.list().stream().map(problem -> at(line, problem)).toList());
                }
            }
            return report;
        });
    }

    private List<Draft> drafts(Table table, BodyRows rows) {
        var unknown = new Problems();
        table.header().stream().filter(column -> !column.isEmpty() && !rows.columns().contains(column)).forEach(column ->
                unknown.add(at(1, Problem.invalid(column, "unknown", column + " is not a column of this table; it may have "
                        + String.join(", ", rows.columns()) + "."))));
        unknown.check();
        return table.rows().stream().map(row -> draft(row, rows)).toList();
    }

    private Draft draft(Table.Row row, BodyRows rows) {
        var body = rows.read(row.cells());
        var problems = new Problems();
        body.problems().forEach(problems::add);
        if (body.problems().isEmpty()) {
            changes.fields(body.fields(), problems);
        }
        return new Draft(row.line(), body.fields(), problems.list());
    }

    private static Problem at(int line, Problem problem) {
        var detail = new HashMap<>(problem.detail());
        detail.put("line", line);
        return new Problem(problem.code(), "Line " + line + ": " + problem.message(), detail);
    }
}
