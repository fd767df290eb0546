package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.BodyRows;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.secrets.Passwords;
import gatehouse.tables.Table;
import java.util.Locale;
import java.util.Set;

/** Many users at once, as CSV: operations of our own, beside the contract's. */
public final class TransferRoutes implements Routes {
    private static final Set<String> SECRETS = Set.of("password", UserChanges.SIP_SECRET, "voicemail_pin");

    private final Users users;
    private final UserChanges changes;
    private final UserImport imports;

    public TransferRoutes(Users users, UserChanges changes, Passwords passwords) {
        this.users = users;
        this.changes = changes;
        this.imports = new UserImport(users, changes, passwords);
    }

    @Override
    public void addTo(Operations operations) {
        var rows = operations.rowsOf("createUser");
        operations.bind("exportUsers", request -> export(request, rows));
        operations.bind("importUsers", request -> take(request, rows));
    }

    /** Everything that fits into a cell but secrets; what was never set is empty, so that a table taken elsewhere gets the defaults there. */
    private Answer export(ApiRequest request, BodyRows rows) {
        var columns = rows.columns().stream().filter(column -> !SECRETS.contains(column)).toList();
        var bodies = changes.view().all(users.matching(UserStore.LISTING.query(request)));
        return Answer.csv("users.csv", columns, bodies.stream().map(body -> columns.stream().map(column -> body.path(column).asText("")).toList()).toList());
    }

    private Answer take(ApiRequest request, BodyRows rows) {
        var type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/csv")) {
            throw Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send the table as text/csv.").raise();
        }
        var table = Table.read(request.upload());
        var dry = request.query("dry_run").filter("true"::equals).isPresent();
        var report = dry ? imports.check(request.caller(), Actor.of(request), table, rows)
                : imports.run(request.caller(), Actor.of(request), table, rows);
        return Answer.ok(json(report, dry));
    }

    private static ObjectNode json(UserImport.Report report, boolean dry) {
        var body = Json.object().put("dry_run", dry).put("count", report.count());
        var problems = body.putArray("problems");
        report.problems().forEach(problem -> problems.addObject().put("line", (int) problem.detail().get("line"))
                .put("field", String.valueOf(problem.detail().getOrDefault("field", ""))).put("problem", problem.message()));
        return body;
    }
}
