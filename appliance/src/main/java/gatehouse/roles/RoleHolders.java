package gatehouse.roles;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;

/** Those who have roles. */
public interface RoleHolders {
    /** Runs {@code work} in one write transaction in which nobody gets or loses a role. */
    <T> T write(Store.Work<T> work);

    boolean anybodyHas(Tx tx, String role);

    /** Those of the role {@code from} have the role {@code to} from the commit on. */
    void rename(Tx tx, String from, String to);
}
