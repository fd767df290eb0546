package gatehouse.hotdesking;

import gatehouse.phones.Phone;
import java.util.Optional;

/**
 * A device as calls and provisioning need it.
 *
 * @param number  its own extension number
 * @param userId  who is signed in there
 * @param phone   the box with its MAC; its user's id is that of the device
 */
public record HotDesk(String id, String number, String displayName, Optional<String> userId, Phone phone) { }
