package gatehouse.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phones to render for, and the smallest template there is. */
final class Samples {
    private Samples() {
    }

    static final Map<String, String> FACTS = Map.ofEntries(
            Map.entry("mac_address", "001565aabbcc"), Map.entry("extension_number", "101"), Map.entry("display_name", "Ann <Öz> & \"Sons\""),
            Map.entry("auth_name", "101"), Map.entry("auth_password", "s3cret&pass=1"), Map.entry("sip_domain", "gatehouse.local"),
            Map.entry("sip_server", "192.0.2.10"), Map.entry("sip_port", "5060"), Map.entry("transport", "udp"), Map.entry("register_expires", "600"),
            Map.entry("provisioning_url", "http://192.0.2.10:8888/provision/f0ld3r/"), Map.entry("web_password", "w3b<&>pass"),
            Map.entry("ntp_server", "pool.ntp.org"), Map.entry("enable_lldp", "1"), Map.entry("enable_vlan_wan_port", "1"),
            Map.entry("wan_port_id", "20"), Map.entry("wan_port_priority", "5"), Map.entry("door_password1", "731905"),
            Map.entry("door_password2", "482617"), Map.entry("srtp", "0"));

    /** Handsets at the first and the third place of a base. */
    static final List<Line> LINES = List.of(new Line(1, "", "101", "Ann <Öz> & \"Sons\"", "101", "s3cret&pass=1"), new Line(3, "0123456789", "103", "Eve", "103", "s3cret3"));

    /** A phone with everything chosen. */
    static Assignment full(Template template, Model model) {
        var chosen = new HashMap<Choices, String>();
        for (var group : Choices.values()) {
            var values = template.choices(group);
            if (!values.isEmpty()) {
                chosen.put(group, values.getLast());
            }
        }
        chosen.put(Choices.TRANSPORTS, "TCP");
        chosen.put(Choices.TIME_ZONES, "Europe/Berlin");
        var facts = new HashMap<>(FACTS);
        facts.put("srtp", "1");
        facts.put("firmware_url", "http://192.0.2.20/firmware/");
        return new Assignment(model, facts, chosen, List.of("G722", "PCMA"), List.of(new KeyLamp(1, "BLF", "102", "Bob"),
                new KeyLamp(2, "SPEED_DIAL", "103", "Front & door"), new KeyLamp(50, "BLF", "110", "Öz on the module"), new KeyLamp(90, "BLF", "111", "Second")),
                model.dect() ? LINES : List.of());
    }

    static Assignment with(Template template, Map<String, String> facts) {
        return with(template, template.models().getFirst(), facts);
    }

    static Assignment with(Template template, Model model, Map<String, String> facts) {
        var all = new HashMap<>(FACTS);
        all.putAll(facts);
        return new Assignment(model, all, Map.of(), List.of(), List.of());
    }

    /** A phone of somebody of this name with a key of this label for this number. */
    static Assignment named(Template template, Model model, String name, String label, String number) {
        var all = new HashMap<>(FACTS);
        all.put("display_name", name);
        return new Assignment(model, all, Map.of(), List.of(), List.of(new KeyLamp(1, "BLF", number, label), new KeyLamp(2, "SPEED_DIAL", number, label)));
    }

    /** A template of one model with this header addition and these device configurations. */
    static String xml(String header, String configs) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <doc>
                  <header><type>phone-template</type><version>1</version><time>2026-11-24T00:00:00Z</time><name>Test</name>
                    <templatetype>supported</templatetype><models><model ua="Test/1" code="7">One</model></models>
                    %s
                  </header>
                  <data><device><type>phone</type>
                %s
                  </device></data>
                </doc>
                """.formatted(header, configs);
    }

    /** A template of one file in one format. */
    static Template file(String format, String body) {
        return Template.read("test.ph.xml", xml("", "<deviceconfig filename=\"%%mac_address%%.f\" format=\"" + format + "\"><![CDATA[" + body + "]]></deviceconfig>"));
    }

    static String rendered(String format, String body, Map<String, String> facts) {
        var template = file(format, body);
        return template.render(with(template, facts)).getFirst().text();
    }
}
