package gatehouse.pickup;

import gatehouse.membership.Membership;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resources;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;

/** The rules of pickup groups. Thread-safe. */
public final class PickupGroups {
    static final String TABLE = "pickup_groups";
    private final Resources groups;
    private final Membership members;

    public PickupGroups(Keeping keeping, Users users) {
        groups = keeping.of(Kind.of(TABLE, "CALL_PICKUP_GROUP", "pickup group", "name").required("name").unique("name").most(1_000));
        members = new Membership("pickup_group_members", groups, users, keeping.audit(), false);
    }

    /** Everybody whose calls this user may pick up by the group's code, the user left out. */
    public List<User> colleaguesOf(String userId) {
        return members.groupsOf(userId).stream().flatMap(group -> members.of(group).stream()).filter(user -> !user.id().equals(userId)).distinct().toList();
    }

    Resources groups() {
        return groups;
    }

    Membership members() {
        return members;
    }
}
