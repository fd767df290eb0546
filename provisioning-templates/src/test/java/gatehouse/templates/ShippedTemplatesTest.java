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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
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

    @Test
    void a_yealink_gets_its_boot_common_and_account_files() throws IOException {
        check("yealink.ph.xml", "T46S");
    }

    @Test
    void a_snom_gets_a_pointer_and_its_settings() throws IOException {
        check("snom.ph.xml", "D785");
    }

    @Test
    void baresip_gets_an_account_line() throws IOException {
        check("generic.ph.xml", "Softphone");
    }

    @Test
    void linphone_gets_its_remote_configuration() throws IOException {
        check("generic.ph.xml", "Linphone");
    }

    @Test
    void every_shipped_template_obeys_the_schema() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Templates.class.getResource("phone-template.xsd"));
        for (var template : SHIPPED.all()) {
            schema.newValidator().validate(new StreamSource(new StringReader(template.source()), template.filename()));
        }
        assertEquals(List.of("generic.ph.xml", "snom.ph.xml", "yealink.ph.xml"), SHIPPED.all().stream().map(Template::filename).toList());
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
        assertFalse(file.text().contains("%%") || file.text().contains("{IF"), file.name());
        if (file.contentType().contains("xml")) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(file.text())));
        } else if (file.name().endsWith(".cfg")) {
            file.text().lines().filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> assertTrue(line.matches("[a-z0-9_.]+ = .*"), file.name() + ": " + line));
        }
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
            assertEquals("check-sync;reboot=false", template.resyncEvent(), template.filename());
            assertEquals("check-sync;reboot=true", template.rebootEvent(), template.filename());
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
