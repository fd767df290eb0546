package gatehouse.users;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.BodyRows;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.secrets.Passwords;
import gatehouse.tables.TableImport;
import java.util.Set;

/** Many users at once, as CSV: operations of our own, beside the contract's. */
public final class TransferRoutes implements Routes {
    private static final Set<String> SECRETS = Set.of("password", UserChanges.SIP_SECRET, "voicemail_pin");

    private final Users users;
    private final UserChanges changes;
    private final Passwords passwords;

    public TransferRoutes(Users users, UserChanges changes, Passwords passwords) {
        this.users = users;
        this.changes = changes;
        this.passwords = passwords;
    }

    @Override
    public void addTo(Operations operations) {
        var rows = operations.rowsOf("createUser");
        var taking = new TableImport(rows, Set.of(), users::write);
        operations.bind("exportUsers", request -> export(request, rows));
        operations.bind("importUsers", request ->
                taking.answer(request, new UserImport(changes, passwords, request.caller(), Actor.of(request))));
    }

    /** Everything that fits into a cell but secrets; what was never set is empty, so that a table taken elsewhere gets the defaults there. */
    private Answer export(ApiRequest request, BodyRows rows) {
        var columns = rows.columns().stream().filter(column -> !SECRETS.contains(column)).toList();
        var bodies = changes.view().all(users.matching(UserStore.LISTING.query(request)));
        return Answer.csv("users.csv", columns, bodies.stream().map(body -> columns.stream().map(column -> body.path(column).asText("")).toList()).toList());
    }
}
