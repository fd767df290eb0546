package gatehouse.roles;

import gatehouse.api.Caller;
import java.util.Collection;
import java.util.Set;

/** A role and what it grants: dotted permissions of the contract's tree. @param builtIn whether nobody may change it */
public record Role(String name, String description, Set<String> permissions, boolean builtIn) {
    public Role {
        permissions = Set.copyOf(permissions);
    }

    /** Whether {@code caller} has all that is asked for: nobody gives away, or takes from others, more than they have. */
    public static boolean within(Caller caller, Collection<String> permissions) {
        return permissions.stream().allMatch(caller::may);
    }
}
