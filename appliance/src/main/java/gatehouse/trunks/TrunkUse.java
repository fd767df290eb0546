package gatehouse.trunks;

import gatehouse.store.Store.Tx;
import java.util.List;

/** What needs a trunk, so that it does not go while it is needed; whoever keeps such things provides it. */
@FunctionalInterface
public interface TrunkUse {
    /** In words, for a message: {@code the inbound rule Sales}; empty when nothing needs it. */
    List<String> of(Tx tx, String trunkId);
}
