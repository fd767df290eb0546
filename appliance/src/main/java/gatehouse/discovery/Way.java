package gatehouse.discovery;

import java.util.Locale;

/** How a phone came without having been told its folder. */
public enum Way {
    /** It asked everybody on its network (RFC 6080). */
    PNP,
    /** It asked at the starter, to which DHCP points. */
    STARTER,
    /** It asked over TFTP. */
    TFTP;

    /** Its setting. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }
}
