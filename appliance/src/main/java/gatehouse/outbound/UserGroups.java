package gatehouse.outbound;

import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.List;

/** The user groups that rules may be for; whoever keeps them provides it. */
@FunctionalInterface
public interface UserGroups {
    /** @param description empty for none */
    record UserGroup(String id, String name, String description) { }

    /** Those of {@code ids} that exist, by name. */
    List<UserGroup> known(Tx tx, Collection<String> ids);
}
