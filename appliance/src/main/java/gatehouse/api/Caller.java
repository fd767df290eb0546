package gatehouse.api;

import java.util.Set;

/**
 * Who asks, after the token was checked.
 *
 * @param userId      the user's id
 * @param name        the user name, as audit entries show it
 * @param role        the role's name
 * @param permissions granted permissions, dotted as in the contract's tree: {@code user_management.users}
 */
public record Caller(String userId, String name, String role, Set<String> permissions) {
    private static final String VIEW = "view_only";

    /** Who has full access to something may view it too. */
    public boolean may(String permission) {
        return permissions.contains(permission)
                || permission.endsWith(VIEW) && permissions.contains(permission.substring(0, permission.length() - VIEW.length()) + "full_access");
    }
}
