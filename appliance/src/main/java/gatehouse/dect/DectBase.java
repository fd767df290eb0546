package gatehouse.dect;

import gatehouse.phones.Phone;
import java.util.List;

/**
 * A base as provisioning needs it.
 *
 * @param phone    the box with its MAC; its user's id is that of the base, so that it is nobody's
 * @param handsets by place
 */
public record DectBase(String name, Phone phone, Passwords passwords, List<Handset> handsets) {
    /** In clear, empty where there is none: of the administrator, the user and the engineer on the base's own page. */
    public record Passwords(String admin, String user, String engineer) { }

    /** @param place from 1 to the lines of the base's model; @param ipui empty while it is not known */
    public record Handset(int place, String ipui, String userId) { }
}
