package gatehouse.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Map<String, String> PHONE = Map.ofEntries(Map.entry("mac_address", "0011aabbccdd"), Map.entry("MAC_ADDRESS", "0011AABBCCDD"),
            Map.entry("model", "D785"), Map.entry("extension", "101"), Map.entry("sip_user", "101"), Map.entry("sip_auth_user", "101"),
            Map.entry("sip_password", "s3cret<&>\"'"), Map.entry("display_name", "Anna & Bo"), Map.entry("sip_server", "192.0.2.1"),
            Map.entry("sip_port", "5060"), Map.entry("sip_domain", "gatehouse.local"), Map.entry("transport", "TCP"), Map.entry("language", "GERMAN"),
            Map.entry("timezone", "Europe/Berlin"), Map.entry("admin_password", "admin-pass"), Map.entry("ntp_server", "192.0.2.1"),
            Map.entry("provision_url", "http://192.0.2.1:8888/provision/abc/"), Map.entry("codec_pcma", "1"), Map.entry("codec_g722", "1"),
            Map.entry("lldp", "1"), Map.entry("vlan_wan", "1"), Map.entry("vlan_wan_id", "20"), Map.entry("vlan_wan_priority", "5"));

    @Test
    void every_family_renders_as_agreed() throws Exception {
        for (var template : Templates.shipped().all()) {
            for (var file : template.files(PHONE)) {
                golden(template.filename().replace(".ph.xml", "") + "/" + file.name(), new String(file.body(), StandardCharsets.UTF_8));
            }
        }
    }

    /** GOLDEN=update renews the files; the review reads the difference. */
    private static void golden(String name, String actual) throws Exception {
        var file = GOLDEN.resolve(name);
        if ("update".equals(System.getenv("GOLDEN"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual, name);
    }

    @Test
    void every_rendered_file_is_of_its_format() throws Exception {
        for (var template : Templates.shipped().all()) {
            for (var file : template.files(PHONE)) {
                if (file.mediaType().startsWith("application/xml")) {
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(file.body()));
                } else if (file.name().endsWith(".cfg")) {
                    new String(file.body(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .forEach(line -> assertTrue(line.matches("[a-z0-9_.]+ = .*"), line));
                }
                assertFalse(new String(file.body(), StandardCharsets.UTF_8).contains("%%"), file.name());
            }
        }
    }

    @Test
    void every_shipped_template_keeps_the_schema() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(Templates.text("phone-template.xsd"))));
        for (var template : Templates.shipped().all()) {
            schema.newValidator().validate(new StreamSource(new StringReader(Templates.text(template.filename()))));
        }
    }

    @Test
    void a_value_never_breaks_out_of_its_line() throws Exception {
        var evil = new HashMap<>(PHONE);
        evil.put("display_name", "x\naccount.1.sip_server.1.address = evil\r\n<user_host>evil</user_host>\";auth_pass=evil");
        for (var template : Templates.shipped().all()) {
            for (var file : template.files(evil)) {
                var text = new String(file.body(), StandardCharsets.UTF_8);
                assertFalse(text.lines().anyMatch(line -> line.startsWith("account.1.sip_server.1.address = evil")), file.name());
                assertFalse(file.mediaType().contains("xml") && text.contains("<user_host>evil"), file.name());
                assertFalse(file.name().endsWith(".accounts") && text.contains(";auth_pass=evil"), file.name());
            }
        }
    }

    @Test
    void a_hostile_template_is_refused_with_the_reason() {
        refused("<!DOCTYPE doc [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><doc>&x;</doc>", "");
        refused("<doc><header><models><model ua='x'>M</model></models></header></doc>", "at least one model and one deviceconfig");
        refused(file("%%no_such%%"), "no_such");
        refused(file("{IF lldp}x"), "no {ENDIF}");
        refused(file("{ENDIF}"), "no {IF …}");
        refused("<doc>" + "<a>".repeat(30) + "</a>".repeat(30) + "</doc>", "deep");
        refused(file("x").replace("a.cfg", "../a.cfg"), "slashes");
        refused("x".repeat(TemplateReader.LARGEST + 1), "larger");
    }

    private static String file(String body) {
        return "<doc><header><models><model ua='x'>M</model></models></header><data><device><deviceconfig filename='a.cfg'>" + body
                + "</deviceconfig></device></data></doc>";
    }

    private static void refused(String text, String why) {
        var refused = assertThrows(TemplateException.class, () -> TemplateReader.read("t.ph.xml", text));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void conditions_nest_and_choose() throws Exception {
        var template = TemplateReader.read("t.ph.xml", file("{IF lldp}a{IF vlan_pc}b{ELSE}c{ENDIF}{ELSE}d{ENDIF}"));
        assertEquals("ac\n", body(template, Map.of("lldp", "1")));
        assertEquals("ab\n", body(template, Map.of("lldp", "1", "vlan_pc", "1")));
        assertEquals("d\n", body(template, Map.of()));
    }

    private static String body(Template template, Map<String, String> variables) {
        return new String(template.files(variables).getFirst().body(), StandardCharsets.UTF_8);
    }

    @Test
    void nothing_that_arrives_breaks_the_reader() {
        var seed = Long.getLong("seed", new Random().nextLong());
        var random = new Random(seed);
        var good = Templates.text("yealink.ph.xml");
        for (int run = 0; run < 500; run++) {
            var text = new StringBuilder(good);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(1, 256));
            }
            try {
                TemplateReader.read("fuzz.ph.xml", text.toString()).files(PHONE);
            } catch (TemplateException refused) {
                // what it is for
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " run " + run, e);
            }
        }
    }

    @Test
    void the_families_say_how_they_are_told_to_fetch_again() {
        var yealink = Templates.shipped().named("yealink.ph.xml").orElseThrow();
        assertEquals("check-sync;reboot=false", yealink.notifyEvent("resync").orElseThrow());
        assertEquals("0011aabbccdd.cfg", yealink.ownFile(PHONE));
        assertEquals(List.of(), List.copyOf(yealink.unknownVariables()));
    }
}
