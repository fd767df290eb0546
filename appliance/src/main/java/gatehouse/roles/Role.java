package gatehouse.roles;

import java.util.Set;

/** A role and what it grants: dotted permissions of the contract's tree. */
public record Role(String name, String description, Set<String> permissions) {
    public Role {
        permissions = Set.copyOf(permissions);
    }
}
