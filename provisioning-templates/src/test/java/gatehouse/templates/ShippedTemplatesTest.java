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
        "akuvox.ph.xml, R20A",
        "alcatel.ph.xml, M5",
        "algo.ph.xml, 8301", "algo.ph.xml, 8186",
        "cisco.ph.xml, 8851",
        "cisco_spa.ph.xml, SPA504G",
        "fanvil.ph.xml, X4U", "fanvil.ph.xml, i30",
        "generic.ph.xml, Softphone", "generic.ph.xml, Linphone",
        "gigaset.ph.xml, N870 IP PRO",
        "grandstream.ph.xml, GRP2614",
        "grandstream_numbers.ph.xml, GXP1628", "grandstream_numbers.ph.xml, GDS3710",
        "htek.ph.xml, UC926U", "htek.ph.xml, UC923",
        "mitel.ph.xml, 6940",
        "poly.ph.xml, VVX450",
        "snom.ph.xml, D785",
        "snom_dect.ph.xml, M900",
        "yealink.ph.xml, T46S",
        "yealink_dect.ph.xml, W70B",
    })
    void each_kind_of_phone_gets_the_files_that_somebody_looked_at(String filename, String model) throws IOException {
        check(filename, model);
    }

    @Test
    void every_shipped_template_obeys_the_schema() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Templates.class.getResource("phone-template.xsd"));
        for (var template : SHIPPED.all()) {
            schema.newValidator().validate(new StreamSource(new StringReader(template.source()), template.filename()));
        }
        assertTrue(SHIPPED.all().size() >= 3);
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
        assertFalse(given.isEmpty() && (file.text().contains("%%") || file.text().contains("{IF") || file.text().contains("{KEYS")), file.name());
        if (file.contentType().contains("xml")) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(file.text())));
        } else if (!file.name().endsWith(".accounts")) {
            file.text().lines().filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("include:"))
                    .forEach(line -> assertTrue(line.matches("[A-Za-z0-9_.]+ =(?: .*)?|[a-z0-9 .|\\[\\]-]+: \"[^\"]*\""), file.name() + ": " + line));
        }
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

    /** Factory passwords are printed in manuals; so every phone gets its own, and whoever opens a door its own code. */
    @Test
    void every_phone_gets_its_own_password_and_every_door_its_own_code() {
        for (var template : SHIPPED.all()) {
            for (var model : template.models().stream().filter(one -> !template.vendor().equals("Generic")).toList()) {
                var text = text(template.render(Samples.with(template, model, Map.of("web_password", "w3bPass", "door_password1", "731905", "door_password2", "482617"))));
                assertTrue(text.contains("w3bPass") && text.contains("s3cret&amp;pass=1") | text.contains("s3cret&pass=1"), template.filename() + " " + model.name());
                assertEquals(model.doorPhone(), text.contains("731905"), template.filename() + " " + model.name());
                assertFalse(text(template.render(Samples.with(template, model, Map.of("web_password", "", "door_password1", "")))).contains("w3b"));
            }
        }
    }

    /** An account line has no place for it. */
    private static final Set<String> SOMEWHERE_ELSE = Set.of("Generic Softphone", "Generic SIP");

    /** Otherwise a phone that was moved keeps asking where it was set up, and one that was unplugged never hears of a change. */
    @Test
    void every_phone_knows_where_its_files_are() {
        for (var template : SHIPPED.all()) {
            for (var model : template.models().stream().filter(one -> !SOMEWHERE_ELSE.contains(template.vendor() + " " + one.name().split(" ")[0])
                    && !template.vendor().equals("Akuvox")).toList()) {
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

    @Test
    void no_key_of_a_yealink_file_is_set_twice() {
        var yealink = SHIPPED.named("yealink.ph.xml").orElseThrow();
        var keys = new HashSet<String>();
        for (var file : yealink.render(Samples.full(yealink, yealink.model("T46S").orElseThrow()))) {
            file.text().lines().filter(line -> line.contains(" = ")).map(line -> line.substring(0, line.indexOf(" = ")))
                    .forEach(key -> assertTrue(keys.add(key), key));
        }
        assertTrue(keys.size() > 50);
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
    void every_template_says_how_its_phones_are_told_to_fetch_again() {
        for (var template : SHIPPED.all()) {
            assertTrue(Set.of("check-sync;reboot=false", "check-sync", "resync", "check-sync;reboot=true", "reboot=true").contains(template.resyncEvent()), template.filename());
            assertTrue(Set.of("check-sync;reboot=true", "check-sync", "reboot=true").contains(template.rebootEvent()), template.filename());
        }
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
