package gatehouse.discovery;

/** What to write into a DHCP server, so that phones come to the starter. Each text was tried with the server it is for. */
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

    /** Kea, ISC's successor: members of its {@code Dhcp4}. */
    static String kea(String url) {
        return """
                // Phones: where their settings are. The address holds no secret.
                "option-def": [ { "space": "dhcp4", "name": "phone-settings", "code": 160, "type": "string" } ],
                "option-data": [
                  { "name": "tftp-server-name", "data": "%1$s" },
                  // Only for phones that read neither; it speaks to every device that asks for option 43.
                  // { "name": "vendor-encapsulated-options", "csv-format": false, "data": "'%1$s'" },
                  { "name": "phone-settings", "data": "%1$s" }
                ]
                """.formatted(url);
    }
}
