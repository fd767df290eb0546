package gatehouse.templates;

import java.util.Set;
import java.util.regex.Pattern;

/** The variables that every template may use; README.md says what each means. A template's own are its {@code param::} items. */
public final class Vocabulary {
    /** The most programmable keys: a Yealink with two expansion modules has 27 + 2 × 20 in reach of one page each. */
    static final int MOST_KEYS = 64;

    private static final Set<String> FACTS = Set.of(
            "mac_address", "vendor", "model", "model_code", "firmware",
            "extension_number", "display_name", "sip_display_name", "auth_name", "auth_password",
            "sip_domain", "sip_server", "sip_port", "transport", "register_expires", "register_minutes",
            "provisioning_url", "provisioning_address", "provisioning_https", "provisioning_host", "provisioning_port",
            "provisioning_path", "web_password", "ntp_server", "voicemail_code",
            "enable_lldp", "enable_vlan_wan_port", "wan_port_id", "wan_port_priority",
            "enable_vlan_pc_port", "pc_port_id", "pc_port_priority",
            "door_password1", "door_password2", "codecs");

    /** Values that work only unchanged: who else would tell a phone that its password lost a semicolon? */
    private static final Set<String> EXACT = Set.of("auth_name", "auth_password", "web_password", "door_password1", "door_password2");

    /** The codec of a rank, for phones that have a place for each. */
    private static final Pattern RANKED_CODEC = Pattern.compile("codec[1-8]");
    private static final Pattern KEY = Pattern.compile("blf([1-9][0-9]?)(\\.(type|value|label|plain|line))?");

    private Vocabulary() {
    }

    /** Whether every template may name {@code variable}. */
    static boolean knows(String variable) {
        var key = KEY.matcher(variable);
        return FACTS.contains(variable) || RANKED_CODEC.matcher(variable).matches() || key.matches() && Integer.parseInt(key.group(1)) <= MOST_KEYS;
    }

    static boolean isExact(String variable) {
        return EXACT.contains(variable);
    }

    /** The facts a caller may give; keys, codecs' ranks and choices come from the other parts of an {@link Assignment}. */
    public static Set<String> facts() {
        return FACTS;
    }
}
