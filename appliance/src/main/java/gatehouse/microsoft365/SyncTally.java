package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.contacts.CopiedContacts;

/** Counts what one synchronisation has done so far. Thread-safe: it is shown while it grows. */
final class SyncTally {
    private DirectoryMirror.Outcome users = new DirectoryMirror.Outcome(0, 0, 0, 0, 0);
    private CopiedContacts.Outcome contacts = CopiedContacts.Outcome.NOTHING;
    private String fault = "";

    synchronized void add(DirectoryMirror.Outcome more) {
        users = new DirectoryMirror.Outcome(users.seen() + more.seen(), users.created() + more.created(), users.bound() + more.bound(),
                users.updated() + more.updated(), users.shutOut() + more.shutOut());
    }

    synchronized void add(CopiedContacts.Outcome more) {
        contacts = contacts.plus(more);
    }

    /** The first one counts; it is mostly why there were others. */
    synchronized void fault(String why) {
        fault = fault.isEmpty() ? why : fault;
    }

    synchronized String fault() {
        return fault;
    }

    synchronized boolean changedSomething() {
        return users.created() + users.bound() + users.updated() + users.shutOut() + contacts.created() + contacts.updated() + contacts.removed() > 0;
    }

    synchronized ObjectNode json() {
        return Json.object().put("users_created", users.created()).put("users_bound", users.bound()).put("users_updated", users.updated())
                .put("users_disabled", users.shutOut()).put("contacts_created", contacts.created()).put("contacts_updated", contacts.updated())
                .put("contacts_removed", contacts.removed()).put("contacts_left_out", contacts.refused()).put("fault", fault.isEmpty() ? null : fault);
    }

    /** In a line of the log. */
    synchronized String words() {
        return users.created() + " users made, " + users.bound() + " bound, " + users.updated() + " changed, " + users.shutOut() + " shut out; "
                + contacts.created() + " contacts added, " + contacts.updated() + " changed, " + contacts.removed() + " removed";
    }
}
