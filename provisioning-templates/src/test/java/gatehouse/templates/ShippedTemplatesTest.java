package gatehouse.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class ShippedTemplatesTest {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final Templates SHIPPED = Templates.shipped();

    /** Renders every file of a model and holds them against the golden ones; {@code GOLDEN=update} in the environment renews those. */
    private static void check(String filename, String modelName) throws IOException {
        var template = SHIPPED.named(filename).orElseThrow();
        var model = template.model(modelName).orElseThrow();
        var folder = GOLDEN.resolve(template.vendor().toLowerCase(java.util.Locale.ROOT) + "-" + model.name().replace(' ', '-'));
        var rendered = template.render(Samples.full(template, model));
        if ("update".equals(System.getenv("GOLDEN"))) {
            Files.createDirectories(folder);
            for (var file : rendered) {
                Files.writeString(folder.resolve(file.name()), file.text());
            }
        }
        for (var file : rendered) {
            assertEquals(Files.readString(folder.resolve(file.name())), file.text(), file.name());
        }
        try (var kept = Files.list(folder)) {
            assertEquals(rendered.stream().map(RenderedFile::name).collect(Collectors.toSet()),
                    kept.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    /** One model of each shape that a template's files have. */
    @ParameterizedTest
    @CsvSource({
        "2n.ph.xml, IP Verso",
        "akuvox.ph.xml, R20A",
        "alcatel.ph.xml, M5",
        "algo.ph.xml, 8301", "algo.ph.xml, 8186",
        "cisco.ph.xml, 8851",
        "cisco_spa.ph.xml, SPA504G",
        "cyberdata.ph.xml, SIP Outdoor Intercom", "cyberdata.ph.xml, SIP Speaker",
        "fanvil.ph.xml, X4U", "fanvil.ph.xml, i30",
        "generic.ph.xml, Softphone", "generic.ph.xml, Linphone", "generic.ph.xml, Zoiper", "generic.ph.xml, SIP door phone",
        "gigaset.ph.xml, N870 IP PRO", "gigaset.ph.xml, N670 IP PRO",
        "grandstream.ph.xml, GRP2614", "grandstream.ph.xml, GXP2170",
        "grandstream_dect.ph.xml, DP750",
        "grandstream_numbers.ph.xml, GXP1628", "grandstream_numbers.ph.xml, GDS3710",
        "htek.ph.xml, UC926U", "htek.ph.xml, UC923",
        "mitel.ph.xml, 6940",
        "poly.ph.xml, VVX450",
        "snom.ph.xml, D785",
        "snom_dect.ph.xml, M900", "snom_dect.ph.xml, M300",
        "yealink.ph.xml, T46S",
        "yealink_dect.ph.xml, W70B", "yealink_dect.ph.xml, W60B",
        "zenitel.ph.xml, TCIV-3+",
    })
    void each_kind_of_phone_gets_the_files_that_somebody_looked_at(String filename, String model) throws IOException {
        check(filename, model);
    }

    /** The words of each maker; docs/phones.md says where from. */
    @ParameterizedTest
    @CsvSource({
        "2n, check-sync;reboot=false, check-sync;reboot=true",
        "akuvox, check-sync;reboot=false, check-sync;reboot=true",
        "alcatel, check-sync;reboot=false, check-sync;reboot=true",
        "algo, check-sync, check-sync;reboot=true",
        "cisco, resync, reboot_now",
        "cisco_spa, resync, reboot_now",
        "cyberdata, check-sync;reboot=true, check-sync;reboot=true",
        "fanvil, check-sync, check-sync;reboot=true",
        "generic, check-sync;reboot=false, check-sync;reboot=true",
        "gigaset, check-sync;reboot=false, check-sync;reboot=true",
        "grandstream, resync, check-sync;reboot=true",
        "grandstream_dect, resync, check-sync;reboot=true",
        "grandstream_numbers, resync, check-sync;reboot=true",
        "htek, resync, check-sync;reboot=true",
        "mitel, check-sync, check-sync;reboot=true",
        "poly, check-sync, check-sync",
        "snom, check-sync;reboot=false, check-sync;reboot=true",
        "snom_dect, check-sync;reboot=true, check-sync;reboot=true",
        "yealink, check-sync;reboot=false, check-sync;reboot=true",
        "yealink_dect, check-sync;reboot=false, check-sync;reboot=true",
        "zenitel, check-sync;reboot=true, check-sync;reboot=true",
    })
    void each_family_is_told_in_its_own_words(String name, String resync, String reboot) {
        var template = SHIPPED.named(name + ".ph.xml").orElseThrow();
        assertEquals(resync, template.resyncEvent());
        assertEquals(reboot, template.rebootEvent());
    }

    @Test
    void every_shipped_template_obeys_the_schema() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Templates.class.getResource("phone-template.xsd"));
        for (var template : SHIPPED.all()) {
            schema.newValidator().validate(new StreamSource(new StringReader(template.source()), template.filename()));
        }
        assertEquals(21, SHIPPED.all().size());
    }

    @Test
    void every_file_of_every_model_is_of_its_format() throws Exception {
        for (var template : SHIPPED.all()) {
            for (var model : template.models()) {
                for (var file : template.render(Samples.full(template, model))) {
                    wellFormed(file);
                }
                for (var file : template.render(new Assignment(model, Map.of("mac_address", "001565aabbcc"), Map.of(), List.of(), List.of()))) {
                    wellFormed(file);
                }
            }
        }
    }

    private static void wellFormed(RenderedFile file) throws Exception {
        wellFormed(file, "");
    }

    private static void wellFormed(RenderedFile file, String given) throws Exception {
        assertFalse(given.isEmpty() && (file.text().contains("%%") || file.text().contains("{IF") || file.text().contains("{KEYS") || file.text().contains("{LINES")), file.name());
        assertFalse(PhoneFiles.parsed(file).isEmpty(), file.name());
    }

    /** A name, a label or a number that somebody chose with care breaks no file and adds no setting to one. */
    @Test
    void hostile_names_break_no_file() throws Exception {
        for (var template : SHIPPED.all()) {
            for (var model : template.models()) {
                var tame = template.render(Samples.named(template, model, "Ann", "Bob", "102"));
                for (var nasty : List.of("\"><x y='1'/>]]>", "a\naccount.2.enable = 1\r\nb: c", "%%auth_password%%{IF model}", "a;fnc=sd;ext=911", "\u0000\ud800\u2028é", "--><!-- &amp; ]]>")) {
                    var wild = template.render(Samples.named(template, model, nasty, nasty, nasty));
                    for (int i = 0; i < wild.size(); i++) {
                        wellFormed(wild.get(i), nasty);
                        assertEquals(tame.get(i).text().lines().count(), wild.get(i).text().lines().count(), template.filename() + " " + model.name() + " " + nasty);
                        assertFalse(wild.get(i).text().contains("ext=911@"), template.filename());
                    }
                }
            }
        }
    }

    /** What they have no word for, {@link FeatureMatrixTest} says why. */
    private static final Set<String> BY_HAND = Set.of("2n.ph.xml", "cyberdata.ph.xml", "zenitel.ph.xml");

    /** Factory passwords are printed in manuals; so every phone gets its own, and whoever opens a door its own code. */
    @Test
    void every_phone_gets_its_own_password_and_every_door_its_own_code() {
        for (var template : SHIPPED.all()) {
            for (var model : template.models().stream().filter(one -> !template.vendor().equals("Generic")).toList()) {
                var text = text(template.render(Samples.with(template, model, Map.of("web_password", "w3bPass", "door_password1", "731905", "door_password2", "482617"))));
                var byHand = BY_HAND.contains(template.filename());
                assertTrue(text.contains("s3cret&amp;pass=1") || text.contains("s3cret&pass=1"), template.filename() + " " + model.name());
                assertEquals(!byHand, text.contains("w3bPass"), template.filename() + " " + model.name());
                assertEquals(model.doorPhone() && !byHand, text.contains("731905"), template.filename() + " " + model.name());
                assertFalse(text(template.render(Samples.with(template, model, Map.of("web_password", "", "door_password1", "")))).contains("w3b"));
            }
        }
    }

    /** An account line has no place for it. */
    private static final Set<String> SOMEWHERE_ELSE = Set.of("Generic Softphone", "Generic SIP", "Generic Zoiper");

    private static final Set<String> ASKS_THE_NETWORK = Set.of("Akuvox", "CyberData", "Zenitel");

    /** Otherwise a phone that was moved keeps asking where it was set up, and one that was unplugged never hears of a change. */
    @Test
    void every_phone_knows_where_its_files_are() {
        for (var template : SHIPPED.all()) {
            for (var model : template.models().stream().filter(one -> !SOMEWHERE_ELSE.contains(template.vendor() + " " + one.name().split(" ")[0])
                    && !ASKS_THE_NETWORK.contains(template.vendor())).toList()) {
                var text = text(template.render(Samples.with(template, model, Map.of())));
                assertTrue(text.contains("192.0.2.10") && text.contains("8888") && text.contains("provision/f0ld3r/"), template.filename() + " " + model.name());
            }
        }
    }

    private static String text(List<RenderedFile> files) {
        return files.stream().map(RenderedFile::text).collect(Collectors.joining("\n"));
    }

    @Test
    void an_older_firmware_gets_the_words_it_knows() {
        assertTrue(words("fanvil.ph.xml", "X4U", "2.2.9").contains("<Enable_DST>") && words("fanvil.ph.xml", "X4U", "2.12.1").contains("<EnableDST>"));
        assertTrue(words("snom_dect.ph.xml", "M900", "05.20.0001").contains("<admin_mode_password>"));
        assertTrue(words("snom_dect.ph.xml", "M900", "07.40.0104").contains("<http_engineer_pass>"));
    }

    private static String words(String filename, String model, String firmware) {
        var template = SHIPPED.named(filename).orElseThrow();
        return text(template.render(Samples.with(template, template.model(model).orElseThrow(), Map.of("firmware", firmware))));
    }

    private static final String STARTER = "http://192.0.2.10:8888/provision/start/";

    /** What each asks for that is in no folder, and with which User-Agent. */
    @ParameterizedTest
    @CsvSource({
        "2n.ph.xml, hipve-common.xml, ''",
        "akuvox.ph.xml, r000000000028.cfg, ''", "akuvox.ph.xml, 0C1105AABBCC.cfg, Akuvox R20A",
        "alcatel.ph.xml, config.3c28a620089e.xml, ALE M3-CE 2.11.01.1604 3c28a620089e",
        "algo.ph.xml, algom0022ee010203.conf, Algo-8301/1.7",
        "cisco.ph.xml, CP-8851-3PCC.xml, ''", "cisco.ph.xml, 5006abaabbcc.xml, Cisco-CP-8851-3PCC/11.3",
        "cisco_spa.ph.xml, spa504G.cfg, ''", "cisco_spa.ph.xml, 5006abaabbcc.xml, Cisco/SPA504G-7.6.2",
        "cyberdata.ph.xml, 000000cd.xml, ''",
        "fanvil.ph.xml, F0V00X400000.cfg, ''", "fanvil.ph.xml, 0c383eaabbcc.cfg, Fanvil X4U 2.12.16 0c383eaabbcc", "fanvil.ph.xml, 0c383eaabbcc.cfg, Fanvil i30 2.1.1 0c383eaabbcc",
        "gigaset.ph.xml, 7C2F80AABBCC.xml, Gigaset N870 IP PRO/83.V2.39;7C2F80AABBCC",
        "grandstream.ph.xml, cfg000b82aabbcc.xml, Grandstream Model HW GXP2135 SW 1.0.7.97 DevId 000b82aabbcc",
        "htek.ph.xml, cfg001fc1aabbcc.xml, Htek UC926 2.0.4.2 00:1f:c1:aa:bb:cc",
        "mitel.ph.xml, aastra.cfg, ''", "mitel.ph.xml, 1400E9AABBCC.cfg, Mitel6940 MAC:14-00-E9-AA-BB-CC V:6.4.0",
        "poly.ph.xml, 000000000000.cfg, ''", "poly.ph.xml, gatehouse-start.cfg, FileTransport PolycomVVX-VVX_411-UA/5.4",
        "poly.ph.xml, 64167faabbcc.cfg, FileTransport PolycomVVX-VVX_411-UA/5.4",
        "snom.ph.xml, snomD785.htm, ''", "snom.ph.xml, 000413AABBCC.xml, snomD785-SIP 10.1",
        "yealink.ph.xml, y000000000066.cfg, ''", "yealink.ph.xml, 001565aabbcc.cfg, Yealink SIP-T46S 66.86.0.15",
        "zenitel.ph.xml, ipst_config.cfg, ''",
    })
    void who_has_shown_nothing_learns_where_to_ask_next_from_its_own_makers_file_alone(String filename, String asked, String agent) throws Exception {
        var answers = SHIPPED.all().stream().filter(template -> template.starter(asked, agent, STARTER).isPresent()).toList();
        assertEquals(List.of(filename), answers.stream().map(Template::filename).toList(), asked + " " + agent);
        var file = answers.getFirst().starter(asked, agent, STARTER).orElseThrow();
        assertFalse(PhoneFiles.parsed(file).isEmpty());
        assertTrue(Set.of("akuvox.ph.xml", "zenitel.ph.xml").contains(filename) || asked.equals("64167faabbcc.cfg") || asked.equals("000000000000.cfg")
                || file.text().contains("provision/start/"), file.text());
    }

    /** Its text knows the address alone, so that nothing else can be in it. */
    @Test
    void a_starter_that_names_anything_but_an_address_is_refused() {
        for (var secret : List.of("auth_password", "web_password", "extension_number", "mac_address", "blf1", "phonebook_url")) {
            var refused = org.junit.jupiter.api.Assertions.assertThrows(TemplateException.class, () -> Template.read("test.ph.xml", Samples.xml("",
                    "<starter filename=\"all.cfg\">%%" + secret + "%%</starter><deviceconfig filename=\"%%mac_address%%.cfg\">ok</deviceconfig>")));
            assertTrue(refused.getMessage().contains("there is no variable " + secret), refused.getMessage());
        }
    }

    @Test
    void what_every_phone_of_a_network_asks_for_has_no_starter() {
        for (var asked : List.of("index.html", "favicon.ico", "001565aabbcc.cfg", "cfg001565aabbcc.xml", "config.xml", "")) {
            assertTrue(SHIPPED.all().stream().allMatch(template -> template.starter(asked, "", STARTER).isEmpty()), asked);
        }
    }

    @Test
    void the_account_file_is_the_last_one_named_after_the_phone() {
        assertEquals("001565aabbcc.cfg", accountFile("yealink.ph.xml", "T46S"));
        assertEquals("001565AABBCC.xml", accountFile("snom.ph.xml", "D785"));
        assertEquals("001565aabbcc.accounts", accountFile("generic.ph.xml", "Softphone"));
        assertEquals("001565aabbcc.xml", accountFile("generic.ph.xml", "Linphone"));
    }

    private static String accountFile(String filename, String model) {
        var template = SHIPPED.named(filename).orElseThrow();
        return template.accountFile(template.model(model).orElseThrow(), "001565aabbcc");
    }

    @Test
    void a_model_answers_to_its_name_and_its_user_agent_with_or_without_the_vendor() {
        var yealink = SHIPPED.named("yealink.ph.xml").orElseThrow();
        for (var name : List.of("T46S", "t46s", "SIP-T46S", "Yealink T46S", "yealink sip-t46s")) {
            assertEquals("T46S", yealink.model(name).orElseThrow().name(), name);
        }
        assertTrue(yealink.model("T4").isEmpty());
    }

    @Test
    void the_guide_names_every_variable_and_every_choice() throws IOException {
        var guide = Files.readString(Path.of("README.md"));
        Vocabulary.facts().forEach(name -> assertTrue(guide.contains("`" + name + "`"), name));
        for (var group : Choices.values()) {
            assertTrue(guide.contains("`" + group.element() + "`") && guide.contains("`" + group.field() + "`"), group.element());
        }
    }

    /** A fact that no shipped template uses is a fact nobody tells a phone. */
    @Test
    void every_item_of_a_choice_reaches_a_file() {
        for (var template : SHIPPED.all()) {
            var source = template.source();
            var items = Pattern.compile("<item name=\"(\\w+)\">").matcher(source);
            while (items.find()) {
                assertTrue(items.group(1).equals("codec") || source.contains("param::" + items.group(1)), template.filename() + " " + items.group(1));
            }
        }
    }
}
