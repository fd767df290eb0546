package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.secrets.Passwords;
import gatehouse.store.Store.Tx;
import gatehouse.tables.TableImport;
import java.util.List;

/** What a row of a table of users means: a new user, by every rule of one. Belongs to one request. */
final class UserImport implements TableImport.Rows {
    private final UserChanges changes;
    private final Passwords passwords;
    private final Caller by;
    private final Actor actor;
    private List<String> hashes = List.of();

    UserImport(UserChanges changes, Passwords passwords, Caller by, Actor actor) {
        this.changes = changes;
        this.passwords = passwords;
        this.by = by;
        this.actor = actor;
    }

    @Override
    public void check(ObjectNode body, Problems problems) {
        changes.fields(body, problems);
    }

    @Override
    public void prepare(List<ObjectNode> bodies) {
        hashes = bodies.stream().map(body -> passwords.hashCheaply(body.get("password").textValue())).toList();
    }

    /** While it is only tried, there is no hash yet. */
    @Override
    public void insert(Tx tx, int index, ObjectNode body, Problems problems) {
        changes.insert(tx, by, actor, body, hashes.isEmpty() ? "" : hashes.get(index), problems);
    }
}
