package gatehouse.templates;

import java.util.Set;
import java.util.regex.Pattern;

/** The variables that every template may use; README.md says what each means. A template's own are its {@code param::} items. */
public final class Vocabulary {
    /** The most programmable keys that a user may have: those of the largest phone with three expansion modules. */
    static final int MOST_KEYS = 200;

    private static final Set<String> FACTS = Set.of(
            "mac_address", "mac_underscored", "mac_dashed", "vendor", "model", "model_code", "firmware",
            "extension_number", "display_name", "sip_display_name", "auth_name", "auth_password",
            "sip_domain", "sip_server", "sip_port", "transport", "srtp", "register_expires", "register_minutes",
            "provisioning_url", "provisioning_address", "provisioning_https", "provisioning_host", "provisioning_port",
            "provisioning_path", "firmware_url", "firmware_address", "phonebook_url", "web_password", "user_password", "engineer_password", "ntp_server", "voicemail_code",
            "enable_lldp", "enable_vlan_wan_port", "wan_port_id", "wan_port_priority",
            "enable_vlan_pc_port", "pc_port_id", "pc_port_priority",
            "door_password1", "door_password2", "codecs", "line", "line_padded", "ipui");

    /** What a phone may be told of that has not shown who it is. */
    private static final Set<String> ADDRESS = Set.of("provisioning_url", "provisioning_address", "provisioning_https", "provisioning_host", "provisioning_port",
            "provisioning_path", "starter_user", "starter_password", "starter_server", "starter_port", "starter_domain");

    /** What is another's at each place of a phone with several accounts. */
    private static final Set<String> OF_LINE = Set.of("line", "line_padded", "ipui", "extension_number", "display_name", "sip_display_name", "auth_name",
            "auth_password");
    private static final Set<String> OF_LINE_ALONE = Set.of("line", "line_padded", "ipui");

    /** Values that work only unchanged: who else would tell a phone that its password lost a semicolon? */
    private static final Set<String> EXACT = Set.of("auth_name", "auth_password", "web_password", "user_password", "engineer_password", "door_password1", "door_password2");

    /** The codec of a rank, for phones that have a place for each. */
    private static final Pattern RANKED_CODEC = Pattern.compile("codec[1-8]");
    private static final Pattern KEY = Pattern.compile("blf([1-9][0-9]{0,2})(\\.(type|value|label|plain|line))?");

    private Vocabulary() {
    }

    /** Whether every template may name {@code variable}. */
    static boolean knows(String variable) {
        var key = KEY.matcher(variable);
        return FACTS.contains(variable) || RANKED_CODEC.matcher(variable).matches() || key.matches() && Integer.parseInt(key.group(1)) <= MOST_KEYS;
    }

    static boolean isOfAddress(String variable) {
        return ADDRESS.contains(variable);
    }

    static boolean isOfLine(String variable) {
        return OF_LINE.contains(variable);
    }

    /** Whether it says nothing of a phone as a whole. */
    static boolean isOfLineAlone(String variable) {
        return OF_LINE_ALONE.contains(variable);
    }

    static boolean isExact(String variable) {
        return EXACT.contains(variable);
    }

    /** The facts a caller may give; keys, codecs' ranks and choices come from the other parts of an {@link Assignment}. */
    public static Set<String> facts() {
        return FACTS;
    }
}
