package gatehouse.forwarding;

import gatehouse.users.User;
import java.util.List;

/**
 * A user as a call finds them.
 *
 * @param registered whether any phone can be reached
 * @param onCall     whether there is a call already
 */
public record Callee(User user, boolean registered, boolean onCall) {
    /** What is asked, first to last: what the user said, then what the phones show. */
    List<Situation> situations() {
        var phones = !registered ? Situation.OFFLINE : onCall ? Situation.BUSY : Situation.AVAILABLE;
        if (user.dnd()) {
            return List.of(Situation.DND, phones);
        }
        return switch (user.presence()) {
            case AVAILABLE -> List.of(phones);
            case AWAY -> List.of(Situation.AWAY, phones);
            case LUNCH -> List.of(Situation.LUNCH, phones);
            case BUSINESS_TRIP -> List.of(Situation.TRIP, phones);
        };
    }
}
