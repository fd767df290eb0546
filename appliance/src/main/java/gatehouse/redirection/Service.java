package gatehouse.redirection;

import java.util.Arrays;
import java.util.List;

/** The services there are; where a maker has more than one, an account opens one of them. How sure each fact is: docs/decisions/074. */
enum Service {
    /** Yealink RPS, by access key: what its device management platform calls the JSON API. */
    YEALINK_RPS(Maker.YEALINK, "https://api-dm.yealink.com:8443"),
    /** Yealink RPS, by user name and password: the older XML API. */
    YEALINK_RPS_XML(Maker.YEALINK, "https://rps.yealink.com/xmlrpc"),
    /** Yealink's management cloud, API version 2; each region has an address of its own. */
    YEALINK_YMCS(Maker.YEALINK, "https://eu-api.ymcs.yealink.com"),
    /** Snom's redirection and provisioning service, REST. */
    SNOM_SRAPS(Maker.SNOM, "https://api.sraps.snom.com/api/v1"),
    /** The one before it, XML-RPC. */
    SNOM_XML(Maker.SNOM, "https://secure-provisioning.snom.com:8083/xmlrpc/"),
    /** Grandstream's device management; Europe has an address of its own. */
    GRANDSTREAM_GDMS(Maker.GRANDSTREAM, "https://www.gdms.cloud/oapi"),
    FANVIL_FDPS(Maker.FANVIL, "https://fdps.fanvil.com/xmlrpc.php"),
    HTEK_RPS(Maker.HTEK, "https://rps.htek.com/index.php/xmlrpc");

    private final Maker maker;
    private final String base;

    Service(Maker maker, String base) {
        this.maker = maker;
        this.base = base;
    }

    Maker maker() {
        return maker;
    }

    /** Where it is unless the administrator says otherwise. */
    String base() {
        return base;
    }

    /** Fields without which it cannot be used. */
    List<String> needs() {
        return this == GRANDSTREAM_GDMS ? List.of("account", "secret", "username", "password", "site_id") : List.of("account", "secret");
    }

    static List<Service> of(Maker maker) {
        return Arrays.stream(values()).filter(service -> service.maker == maker).toList();
    }
}
