package gatehouse.discovery;

/** What to write into a DHCP server, so that phones come to the starter. */
final class DhcpTexts {
    private DhcpTexts() {
    }

    /** dnsmasq, as on most small routers. */
    static String dnsmasq(String url) {
        return """
                # Phones: where their settings are. The address holds no secret.
                dhcp-option=66,"%1$s"
                dhcp-option=160,"%1$s"
                # Only for phones that read neither; it speaks to every device that asks for option 43.
                #dhcp-option=43,"%1$s"
                """.formatted(url);
    }

    /** ISC dhcpd. */
    static String isc(String url) {
        return """
                # Phones: where their settings are. The address holds no secret.
                option phone-settings code 160 = text;
                option tftp-server-name "%1$s";
                option phone-settings "%1$s";
                # Only for phones that read neither; it speaks to every device that asks for option 43.
                #option vendor-encapsulated-options "%1$s";
                """.formatted(url);
    }
}
