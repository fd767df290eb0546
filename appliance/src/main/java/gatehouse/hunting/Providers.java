package gatehouse.hunting;

import gatehouse.store.Store.Tx;
import java.util.Set;

/** Which trunks there are; whoever keeps them provides it. */
@FunctionalInterface
public interface Providers {
    /** Those of {@code ids} that exist. */
    Set<String> known(Tx tx, Set<String> ids);
}
