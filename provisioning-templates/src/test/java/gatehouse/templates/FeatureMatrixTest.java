package gatehouse.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What can be set of a phone reaches its files: for each model of each template, another value makes another file. What a maker has no word
 * for stands in {@link #HAS_NONE} with the reason, and only there.
 */
class FeatureMatrixTest {
    private enum Feature {
        NUMBER(fact("extension_number", "102")),
        NAME(fact("display_name", "Bob")),
        PASSWORD(fact("auth_password", "other")),
        SERVER(fact("sip_server", "192.0.2.11")),
        TCP((t, m) -> differ(t, m, Choices.TRANSPORTS, "UDP", "TCP")),
        TLS((t, m) -> differ(t, m, Choices.TRANSPORTS, "TCP", "TLS") && differ(t, m, Choices.TRANSPORTS, "UDP", "TLS")),
        SRTP(fact("srtp", "1")),
        CODECS((t, m) -> !text(t, phone(m, Map.of(), Map.of(), List.of("PCMU"), List.of())).equals(text(t, phone(m, Map.of(), Map.of(), List.of("G722"), List.of())))),
        TIME_ZONE((t, m) -> differ(t, m, Choices.TIME_ZONES, "Europe/Berlin", "America/New_York")),
        TIME_SERVER(fact("ntp_server", "192.0.2.1")),
        LANGUAGE(choice(Choices.LANGUAGES)),
        RINGTONE(choice(Choices.RINGTONES)),
        VLAN(fact("wan_port_id", "21")),
        LLDP(fact("enable_lldp", "0")),
        KEYS((t, m) -> keys(t, m, 1)),
        /** Since most phones keep what a file no longer mentions, an emptied key has to be written. */
        EMPTY_KEYS((t, m) -> !keys(t, m, 5) || emptied(t, m)),
        EXPANSION((t, m) -> keys(t, m, 50)),
        PHONEBOOK((t, m) -> text(t, phone(m, Map.of(), Map.of(), List.of(), List.of())).contains("192.0.2.10:8888/provision/f0ld3r/phonebook")),
        WEB_PASSWORD(fact("web_password", "other")),
        FIRMWARE(fact("firmware_url", "http://192.0.2.10:8888/firmware/")),
        FILES(fact("provisioning_url", "http://192.0.2.11:8888/provision/0ther/")),
        DOOR_CODE((t, m) -> !m.doorPhone() || fact("door_password1", "4711").test(t, m)),
        SECOND_DOOR_CODE((t, m) -> !m.doorPhone() || fact("door_password2", "4712").test(t, m));

        private final BiPredicate<Template, Model> reaches;

        Feature(BiPredicate<Template, Model> reaches) {
            this.reaches = reaches;
        }
    }

    private static BiPredicate<Template, Model> fact(String name, String other) {
        return (template, model) -> !text(template, phone(model, Map.of(), Map.of(), List.of(), List.of()))
                .equals(text(template, phone(model, Map.of(name, other), Map.of(), List.of(), List.of())));
    }

    /** Every option makes a file of its own. */
    private static BiPredicate<Template, Model> choice(Choices group) {
        return (template, model) -> {
            var options = template.choices(group);
            var files = options.stream().map(option -> text(template, phone(model, Map.of(), Map.of(group, option), List.of(), List.of()))).collect(Collectors.toSet());
            return options.size() > 1 && files.size() == options.size();
        };
    }

    private static boolean differ(Template template, Model model, Choices group, String one, String other) {
        return template.choices(group).containsAll(List.of(one, other)) && !text(template, phone(model, Map.of(), Map.of(group, one), List.of(), List.of()))
                .equals(text(template, phone(model, Map.of(), Map.of(group, other), List.of(), List.of())));
    }

    /** Whether whom the key calls is in a file. */
    private static boolean keys(Template template, Model model, int position) {
        return text(template, phone(model, Map.of(), Map.of(), List.of(), List.of(new KeyLamp(position, "BLF", "7788", "Bob")))).contains("7788");
    }

    private static boolean emptied(Template template, Model model) {
        var with = text(template, phone(model, Map.of(), Map.of(), List.of(), List.of(new KeyLamp(5, "BLF", "7788", "Bob")))).lines().toList();
        var without = text(template, phone(model, Map.of(), Map.of(), List.of(), List.of())).lines().toList();
        return without.stream().distinct().anyMatch(line -> Collections.frequency(without, line) > Collections.frequency(with, line));
    }

    private static Assignment phone(Model model, Map<String, String> facts, Map<Choices, String> chosen, List<String> codecs, List<KeyLamp> keys) {
        var all = new HashMap<>(Samples.FACTS);
        all.putAll(facts);
        return new Assignment(model, all, chosen, codecs, keys);
    }

    private static String text(Template template, Assignment phone) {
        return template.render(phone).stream().map(RenderedFile::text).collect(Collectors.joining("\n"));
    }

    /** Template, models or {@code *} for all, and features; then why. Whatever has it after all may not stand here. */
    private static final Map<String, String> HAS_NONE = Map.ofEntries(
            Map.entry("2n / * / KEYS EXPANSION RINGTONE PHONEBOOK",
                    "a door phone with a button of its own directory, which is kept on its page"),
            Map.entry("2n / * / DOOR_CODE SECOND_DOOR_CODE",
                    "it is made deaf to digits; the box hears the code and opens its relay"),
            Map.entry("2n / * / LANGUAGE TIME_ZONE TIME_SERVER VLAN LLDP WEB_PASSWORD",
                    "no published form of its export names them; to be set by hand"),
            Map.entry("akuvox / * / KEYS EXPANSION RINGTONE PHONEBOOK",
                    "a door phone without keys, whose button is set on its page"),
            Map.entry("akuvox / * / CODECS SRTP LANGUAGE LLDP",
                    "its names for them are not confirmed; to be set by hand"),
            Map.entry("akuvox / * / SECOND_DOOR_CODE",
                    "its keypad has one public code"),
            Map.entry("akuvox / * / FILES",
                    "it keeps the address that it was given"),
            Map.entry("alcatel / * / RINGTONE EXPANSION",
                    "its file has no published names for them"),
            Map.entry("alcatel / * / PHONEBOOK",
                    "the box does not know the format that it reads"),
            Map.entry("algo / * / KEYS EXPANSION PHONEBOOK",
                    "a speaker"),
            Map.entry("algo / * / LANGUAGE RINGTONE SRTP FIRMWARE",
                    "its names for them are not confirmed; to be set by hand"),
            Map.entry("cisco / * / LANGUAGE",
                    "it reads a dictionary from a server, which the box has not"),
            Map.entry("cisco_spa / * / LANGUAGE",
                    "it reads a dictionary from a server, which the box has not"),
            Map.entry("cyberdata / SIP Indoor Intercom, SIP Outdoor Intercom, SIP Outdoor Intercom with Keypad / DOOR_CODE SECOND_DOOR_CODE",
                    "the box hears the code and opens its relay"),
            Map.entry("cyberdata / * / EXPANSION RINGTONE LANGUAGE PHONEBOOK",
                    "an intercom or a speaker"),
            Map.entry("cyberdata / * / FILES",
                    "it asks whom the network names"),
            Map.entry("cyberdata / * / TCP TLS SRTP CODECS TIME_ZONE TIME_SERVER VLAN LLDP WEB_PASSWORD FIRMWARE",
                    "its names for them differ by firmware and are not confirmed; to be set by hand"),
            Map.entry("fanvil / i18S, i20S, i23S, i30, i31S, i32V, i33V / EXPANSION PHONEBOOK RINGTONE LANGUAGE",
                    "a door phone with one button"),
            Map.entry("generic / * / KEYS EXPANSION RINGTONE LANGUAGE TIME_ZONE TIME_SERVER VLAN LLDP WEB_PASSWORD FIRMWARE",
                    "the computer or the app has its own"),
            Map.entry("generic / * / PHONEBOOK",
                    "neither file has a place for one"),
            Map.entry("generic / Zoiper / CODECS FILES",
                    "the app knows codecs by numbers that differ by version, and has no place for the address"),
            Map.entry("generic / SIP door phone / DOOR_CODE SECOND_DOOR_CODE",
                    "the box hears the code and opens its relay"),
            Map.entry("gigaset / * / KEYS EXPANSION RINGTONE LANGUAGE",
                    "set on the handset"),
            Map.entry("gigaset / * / FIRMWARE",
                    "it wants a version beside the address"),
            Map.entry("gigaset / * / CODECS VLAN LLDP",
                    "its names for them are not confirmed; to be set by hand"),
            Map.entry("grandstream_dect / * / KEYS EXPANSION RINGTONE LANGUAGE",
                    "set on the handset"),
            Map.entry("grandstream_numbers / GXP1610, GXP1615, GXP1620, GXP1625, GXP1628, GXP1630 / EXPANSION",
                    "none can be attached"),
            Map.entry("grandstream_numbers / GDS3705, GDS3710 / KEYS EXPANSION RINGTONE LANGUAGE PHONEBOOK",
                    "a door phone"),
            Map.entry("htek / * / LANGUAGE",
                    "it counts its languages, which differ by firmware"),
            Map.entry("mitel / * / EMPTY_KEYS",
                    "it forgets what its file no longer mentions"),
            Map.entry("poly / * / EMPTY_KEYS",
                    "it forgets what its files no longer mention"),
            Map.entry("snom_dect / * / KEYS EXPANSION RINGTONE",
                    "set on the handset"),
            Map.entry("snom_dect / * / LLDP",
                    "its name for it is not confirmed; to be set by hand"),
            Map.entry("snom_dect / * / FIRMWARE",
                    "it wants versions beside the address"),
            Map.entry("yealink_dect / * / KEYS EXPANSION RINGTONE",
                    "set on the handset"),
            Map.entry("zenitel / * / EXPANSION RINGTONE LANGUAGE PHONEBOOK",
                    "a station with three call buttons"),
            Map.entry("zenitel / TCIV-2+, TCIV-3+, TCIS-2, TCIS-3, TFIE-1, TFIE-2, TFIX-1 / DOOR_CODE SECOND_DOOR_CODE",
                    "the box hears the code and opens its relay"),
            Map.entry("zenitel / * / FILES",
                    "it asks whom the network names"),
            Map.entry("zenitel / * / TCP TLS SRTP CODECS TIME_ZONE TIME_SERVER VLAN LLDP WEB_PASSWORD FIRMWARE",
                    "its file has no published names for them; to be set by hand"));

    private static Set<String> excused() {
        var all = new HashSet<String>();
        HAS_NONE.keySet().forEach(line -> {
            var words = line.split(" / ");
            var template = Templates.shipped().named(words[0] + ".ph.xml").orElseThrow(() -> new AssertionError("There is no template " + words[0]));
            var models = words[1].equals("*") ? template.models().stream().map(Model::name).toList() : List.of(words[1].split(", "));
            models.forEach(model -> List.of(words[2].split(" ")).forEach(feature -> all.add(words[0] + " / " + model + " / " + Feature.valueOf(feature))));
        });
        return all;
    }

    @Test
    void what_can_be_set_reaches_the_files_of_every_model_but_for_what_its_maker_has_no_word_for() {
        var missing = new TreeSet<String>();
        for (var template : Templates.shipped().all()) {
            for (var model : template.models()) {
                for (var feature : Feature.values()) {
                    if (!feature.reaches.test(template, model)) {
                        missing.add(template.filename().replace(".ph.xml", "") + " / " + model.name() + " / " + feature);
                    }
                }
            }
        }
        var excused = excused();
        var silent = missing.stream().filter(one -> !excused.contains(one)).limit(20).toList();
        var needless = excused.stream().filter(one -> !missing.contains(one)).sorted().limit(20).toList();
        assertEquals(List.of(), silent, "no other file for another value");
        assertEquals(List.of(), needless, "excused although it works");
    }
}
