package gatehouse;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set, with the one name it has in all three places:
 * {@code --https-port}, {@code GATEHOUSE_HTTPS_PORT} and {@code https_port:} in the YAML file.
 */
enum Setting {
    DATA("DIR", "./var", "where the database, keys and recordings live"),
    BIND("ADDRESS", "0.0.0.0", "the address every listener binds"),
    HTTPS_PORT("PORT", "8887", "the web page and the API"),
    HTTP_PORT("PORT", "8888", "provisioning for phones; everything else is sent on to HTTPS"),
    SIP_PORT("PORT", "5060", "SIP over UDP and TCP"),
    SIPS_PORT("PORT", "5061", "SIP over TLS"),
    RTP_PORTS("A-B", "30000-31999", "media, both ends included"),
    PNP("INTERFACES", "off", "answer phones that look for their settings on these interfaces, eth0,eth1; or off"),
    TFTP_PORT("PORT", "off", "files for phones that know nothing but TFTP, usually 69; or off"),
    CERTIFICATE_PORT("PORT", "off", "HTTPS for phones that are asked for their maker's certificate, usually 8889; or off"),
    DOMAIN("NAME", "gatehouse.local", "the box's SIP domain"),
    CONSOLE_PORT("PATH", null, "a serial device to serve the console on"),
    BOARD("NAME", null, "the board description to use instead of detecting one"),
    LOG_LEVEL("LEVEL", "info", "error, warning, info or debug");

    private final String placeholder;
    private final String fallback;
    private final String meaning;

    Setting(String placeholder, String fallback, String meaning) {
        this.placeholder = placeholder;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    /** As in the YAML file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String flag() {
        return "--" + key().replace('_', '-');
    }

    String variable() {
        return "GATEHOUSE_" + name();
    }

    Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    static Optional<Setting> byFlag(String flag) {
        return Arrays.stream(values()).filter(setting -> setting.flag().equals(flag)).findFirst();
    }

    static Optional<Setting> byKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** The lines of {@code --help}. */
    static String help() {
        var text = new StringBuilder();
        for (var setting : values()) {
            text.append("  %-28s %s%s%n".formatted(setting.flag() + " " + setting.placeholder, setting.meaning,
                    setting.fallback == null ? "" : " (" + setting.fallback + ")"));
        }
        return text.append("  %-28s %s%n".formatted("--config FILE", "a YAML file with the same names, as " + HTTPS_PORT.key() + ": "
                + HTTPS_PORT.fallback)).toString();
    }
}
