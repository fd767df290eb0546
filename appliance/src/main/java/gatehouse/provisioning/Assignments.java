package gatehouse.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.phones.Fetch;
import gatehouse.phones.Phone;
import gatehouse.templates.Assignment;
import gatehouse.templates.Choices;
import gatehouse.templates.KeyLamp;
import gatehouse.templates.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts together what a template needs to know: the user's side, the phone's side, and the box as this phone reaches it. */
final class Assignments {
    private static final int REGISTER_SECONDS = 600; // short enough that a box that was replaced is found within minutes
    private static final String TIME_SERVERS = "pool.ntp.org";
    private static final Set<String> BY_NAME = Set.of("WEB_DOMAIN", "SBC_DOMAIN");

    private final Firmware firmware;
    /** The ports that phones are told of. */
    private final Provisioning.Ports ports;
    private final String domain;

    Assignments(Firmware firmware, Provisioning.Ports ports, String domain) {
        this.firmware = firmware;
        this.ports = ports;
        this.domain = domain;
    }

    Assignment of(Phone phone, Model model, Account account, Provisioning.Request request) {
        var settings = phone.settings();
        var chosen = new EnumMap<Choices, String>(Choices.class);
        for (var group : Choices.values()) {
            if (settings.path(group.field()).isTextual()) {
                chosen.put(group, settings.get(group.field()).textValue());
            }
        }
        var codecs = new ArrayList<String>();
        settings.path("codecs").forEach(codec -> codecs.add(codec.asText()));
        return new Assignment(model, values(phone, account, request), chosen, codecs, keys(account.keys()), account.lines());
    }

    private Map<String, String> values(Phone phone, Account account, Provisioning.Request request) {
        var settings = phone.settings();
        var number = account.number();
        var secrets = account.secrets();
        var transport = settings.path("preferred_transport").asText("UDP");
        var values = new HashMap<String, String>(64);
        values.put("mac_address", phone.mac());
        values.put("firmware", Fetch.firmware(request.userAgent()));
        values.put("extension_number", number);
        values.put("display_name", account.displayName());
        values.put("auth_name", number);
        values.put("auth_password", account.sipSecret());
        values.put("sip_domain", domain);
        values.put("sip_server", BY_NAME.contains(settings.path("interface").asText()) ? request.host() : request.boxAddress());
        values.put("sip_port", Integer.toString(transport.equals("TLS") ? ports.sips() : ports.sip()));
        values.put("transport", transport.toLowerCase(Locale.ROOT));
        values.put("register_expires", Integer.toString(REGISTER_SECONDS));
        values.put("provisioning_url", request.scheme() + "://" + request.host() + ":" + (request.scheme().equals("https") ? ports.https() : ports.http())
                + "/provision/" + phone.folder() + "/");
        values.put("web_password", secrets.password());
        values.putAll(account.passwords());
        values.put("ntp_server", TIME_SERVERS);
        values.put("door_password1", secrets.doorPassword1());
        values.put("door_password2", secrets.doorPassword2());
        firmware.address(phone.template(), phone.model()).ifPresent(url -> values.put("firmware_url", url));
        network(settings, values);
        return values;
    }

    private static void network(JsonNode settings, Map<String, String> values) {
        for (var flag : List.of("enable_lldp", "enable_vlan_wan_port", "enable_vlan_pc_port")) {
            values.put(flag, settings.path(flag).asBoolean() ? "1" : "0");
        }
        for (var number : List.of("wan_port_id", "wan_port_priority", "pc_port_id", "pc_port_priority")) {
            values.put(number, settings.path(number).asText("0"));
        }
    }

    private static List<KeyLamp> keys(JsonNode blfs) {
        var keys = new ArrayList<KeyLamp>();
        for (var key : blfs) {
            var label = (key.path("first_name").asText("") + " " + key.path("last_name").asText("")).strip();
            keys.add(new KeyLamp(keys.size() + 1, key.path("key").asText(""), key.path("value").asText(""), label.isEmpty() ? key.path("value").asText("") : label));
        }
        return keys;
    }
}
