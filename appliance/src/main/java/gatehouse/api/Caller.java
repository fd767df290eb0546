package gatehouse.api;

import java.util.Set;

/**
 * Who asks, after the token was checked.
 *
 * @param userId       the user's id
 * @param name         the user name, as audit entries show it
 * @param role         the role's name
 * @param permissions  granted permissions, dotted as in the contract's tree: {@code user_management.users}
 * @param owesPassword whether a password of the user's own has to be chosen before anything else
 */
public record Caller(String userId, String name, String role, Set<String> permissions, boolean owesPassword) {
    private static final String VIEW = "view_only";

    public Caller(String userId, String name, String role, Set<String> permissions) {
        this(userId, name, role, permissions, false);
    }

    /** Who has full access to something may view it too. */
    public boolean may(String permission) {
        return permissions.contains(permission)
                || permission.endsWith(VIEW) && permissions.contains(permission.substring(0, permission.length() - VIEW.length()) + "full_access");
    }
}
