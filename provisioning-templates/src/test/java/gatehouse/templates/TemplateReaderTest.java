package gatehouse.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TemplateReaderTest {
    private static final String CONFIG = "<deviceconfig filename=\"%%mac_address%%.cfg\">ok</deviceconfig>";

    /** @param expected words of the message, after {@code test.ph.xml:<line>: } */
    private static void refused(int line, String expected, String xml) {
        var refused = assertThrows(TemplateException.class, () -> Template.read("test.ph.xml", xml));
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
        assertEquals(line, refused.line(), refused.getMessage());
    }

    @Test
    void an_external_entity_is_refused() {
        refused(2, "entities of its own", """
                <?xml version="1.0"?>
                <!DOCTYPE doc [<!ENTITY x SYSTEM "file:///etc/passwd">]>
                <doc><header>&x;</header></doc>""");
    }

    @Test
    void entities_that_multiply_are_refused() {
        refused(1, "entities of its own", "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><doc>&b;</doc>");
    }

    @Test
    void size_depth_and_number_are_bounded() {
        refused(1, "may have 1000000 characters", "<doc>" + "x".repeat(XmlElement.MOST_CHARACTERS) + "</doc>");
        refused(1, "nested 12 deep", "<doc>" + "<a>".repeat(20) + "</a>".repeat(20) + "</doc>");
        refused(1, "20000 elements", "<doc>" + "<a/>".repeat(XmlElement.MOST_ELEMENTS) + "</doc>");
        refused(8, "nested 8 deep", Samples.xml("", CONFIG.replace("ok", "{IF model}".repeat(9) + "{ENDIF}".repeat(9))));
    }

    /** A billion laughs, an external subset, a parameter entity, and what hides one in an encoding or behind an include. */
    @Test
    void nothing_that_multiplies_or_reaches_outside_is_ever_read() {
        var laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY l").append(i).append(" \"").append("&l%d;".formatted(i - 1).repeat(10)).append("\">");
        }
        refused(1, "entities of its own", laughs + "]><doc>&l9;</doc>");
        refused(1, "entities of its own", "<!DOCTYPE doc SYSTEM \"http://192.0.2.1/evil.dtd\"><doc/>");
        refused(1, "entities of its own", "<!DOCTYPE doc [<!ENTITY % p SYSTEM \"file:///etc/shadow\"> %p;]><doc/>");
        refused(1, "not well-formed", "<doc>&nbsp;</doc>");
        refused(8, "<include> in it would be lost", Samples.xml("", CONFIG.replace("ok",
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>")));
        var started = System.nanoTime();
        refused(1, "entities of its own", laughs.toString().replace("lol", "x".repeat(50_000)) + "]><doc>&l9;</doc>");
        assertTrue(System.nanoTime() - started < 1_000_000_000L, "it took too long");
    }

    @Test
    void an_apps_address_is_none_that_a_browser_runs() {
        for (var wrong : new String[] {"javascript:", "data:", "https:", "x y-z:", "linphone-config"}) {
            refused(4, "app is the scheme", Samples.xml("", CONFIG).replace("code=\"7\"", "app=\"" + wrong + "\""));
        }
    }

    @Test
    void loops_models_and_types_are_bounded() {
        refused(8, "may have 100 of {KEYS", Samples.xml("", CONFIG.replace("ok", "{KEYS 1-2}{ENDKEYS}".repeat(101))));
        refused(3, "more than 500", Samples.xml("", CONFIG).replaceFirst("<model .*</model>", "<model>M</model>".repeat(501)));
        refused(8, "a contenttype is", Samples.xml("", CONFIG.replace("<deviceconfig", "<deviceconfig contenttype=\"text/html\"")));
        refused(8, "a contenttype is", Samples.xml("", CONFIG.replace("<deviceconfig", "<deviceconfig contenttype=\"text/plain&#10;X: y\"")));
    }

    @Test
    void a_template_that_only_a_phone_with_every_key_would_break_is_found_out_before() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>1</Type></blf></blftype>",
                CONFIG.replace("ok", "{KEYS 1-200}" + "x".repeat(20_000) + "{ENDKEYS}")));
        template.render(Samples.with(template, java.util.Map.of()));
        var refused = assertThrows(TemplateException.class, template::tryOut);
        assertTrue(refused.getMessage().contains("for the model One: The template makes a file of more than 2000000 characters"), refused.getMessage());
    }

    @Test
    void every_shipped_template_stands_the_trial() {
        Templates.shipped().all().forEach(Template::tryOut);
    }

    @Test
    void a_starter_is_whole() {
        refused(8, "needs a filename, or an agent", Samples.xml("", "<starter>x</starter>" + CONFIG));
        refused(8, "come together", Samples.xml("", "<starter filename=\"a.cfg\" agent=\"x\">x</starter>" + CONFIG));
        refused(8, "letters, digits, - _ . and *", Samples.xml("", "<starter filename=\"../a.cfg\">x</starter>" + CONFIG));
        refused(8, "letters, digits, - _ . and *", Samples.xml("", "<starter filename=\"**\">x</starter>" + CONFIG));
    }

    @Test
    void a_pattern_of_a_name_matches_as_one_reads_it() {
        for (var yes : new String[] {"a*.cfg abc.cfg", "a*.cfg a.cfg", "*.xml .xml", "*b*d* abcd", "x x", "a**z a-z"}) {
            assertTrue(Starter.matches(yes.split(" ")[0], yes.split(" ")[1]), yes);
        }
        for (var no : new String[] {"a*.cfg ba.cfg", "a*.cfg a.cfgs", "x xx", "*b*d* adcb", "a*a a", "ab*bc abc"}) {
            assertFalse(Starter.matches(no.split(" ")[0], no.split(" ")[1]), no);
        }
        var started = System.nanoTime();
        assertFalse(Starter.matches("*a".repeat(50) + "b", "a".repeat(100_000)));
        assertTrue(System.nanoTime() - started < 1_000_000_000L, "it took too long");
    }

    @Test
    void an_unknown_variable_is_named_with_its_line() {
        refused(10, "there is no variable extension_nmber", Samples.xml("",
                "<deviceconfig filename=\"%%mac_address%%.cfg\"><![CDATA[\na = 1\nb = %%extension_nmber%%\n]]></deviceconfig>"));
        refused(8, "there is no variable param::language", Samples.xml("", CONFIG.replace("ok", "%%param::language%%")));
        refused(8, "there is no variable nothing", Samples.xml("", CONFIG.replace("ok", "{IF nothing}{ENDIF}")));
        refused(8, "there is no variable who", Samples.xml("", CONFIG.replace("%%.cfg", "%%-%%who%%.cfg")));
    }

    @Test
    void directives_must_match() {
        refused(8, "has no {ENDIF}", Samples.xml("", CONFIG.replace("ok", "{IF model}x")));
        refused(8, "{ENDIF} has no {IF …}, {KEYS …} or {LINES} before it", Samples.xml("", CONFIG.replace("ok", "x{ENDIF}")));
        refused(8, "{ELSE} has no {IF …}, {KEYS …} or {LINES} before it", Samples.xml("", CONFIG.replace("ok", "x{ELSE}y")));
        refused(8, "must be followed by a name and %%", Samples.xml("", CONFIG.replace("ok", "100%%")));
        refused(8, "inside {IF blfN} and {KEYS …} only", Samples.xml("", CONFIG.replace("ok", "%%Value%%")));
        refused(8, "firmware>= and a version", Samples.xml("", CONFIG.replace("ok", "{IF firmware>=new}x{ENDIF}")));
        refused(8, "firmware>= and a version", Samples.xml("", CONFIG.replace("ok", "{IF model>=1}x{ENDIF}")));
        refused(8, "has no {ENDKEYS}", Samples.xml("", CONFIG.replace("ok", "{KEYS 1-2}x")));
        refused(8, "{ENDKEYS} has no", Samples.xml("", CONFIG.replace("ok", "x{ENDKEYS}")));
        refused(8, "the first and the last key", Samples.xml("", CONFIG.replace("ok", "{KEYS one}x{ENDKEYS}")));
        refused(8, "keys from 1 to 200", Samples.xml("", CONFIG.replace("ok", "{KEYS 1-201}x{ENDKEYS}")));
        refused(8, "keys from 1 to 200", Samples.xml("", CONFIG.replace("ok", "{KEYS 3-2}x{ENDKEYS}")));
        refused(8, "inside another key", Samples.xml("", CONFIG.replace("ok", "{KEYS 1-2}{KEYS 3-4}x{ENDKEYS}{ENDKEYS}")));
        refused(8, "inside another key", Samples.xml("", CONFIG.replace("ok", "{LINES}{KEYS 3-4}x{ENDKEYS}{ENDLINES}")));
        refused(8, "inside a key or other lines", Samples.xml("", CONFIG.replace("ok", "{LINES}{LINES}x{ENDLINES}{ENDLINES}")));
        refused(8, "inside a key or other lines", Samples.xml("", CONFIG.replace("ok", "{KEYS 1-2}{LINES}x{ENDLINES}{ENDKEYS}")));
        refused(8, "{LINES} has no {ENDLINES}", Samples.xml("", CONFIG.replace("ok", "{LINES}x{ELSE}y{ELSE}z{ENDLINES}")));
        refused(8, "{ENDLINES} has no", Samples.xml("", CONFIG.replace("ok", "x{ENDLINES}")));
        refused(8, "ipui has a meaning inside {LINES} only", Samples.xml("", CONFIG.replace("ok", "%%ipui%%")));
        refused(8, "line has a meaning inside {LINES} only", Samples.xml("", CONFIG.replace("ok", "%%line+3%%")));
        refused(8, "Number has a meaning inside {IF blfN} and {KEYS …} only", Samples.xml("", CONFIG.replace("ok", "%%Number*2+3%%")));
        refused(8, "Value has a meaning inside {IF blfN} and {KEYS …} only", Samples.xml("", CONFIG.replace("ok", "{LINES}%%Value%%{ENDLINES}")));
    }

    @Test
    void a_header_that_lacks_something_says_what() {
        refused(1, "root element must be <doc>", "<dok/>");
        refused(1, "<doc> needs one <header>; it has 0", "<doc/>");
        refused(3, "must be phone-template", Samples.xml("", CONFIG).replace("phone-template", "song"));
        refused(4, "lines must be a number from 1 to 255", Samples.xml("", CONFIG).replace("code=\"7\"", "lines=\"256\""));
        refused(3, "lists no model", Samples.xml("", CONFIG).replaceAll("<model .*</model>", ""));
        refused(7, "needs 1 to 20 <deviceconfig>", Samples.xml("", ""));
        refused(7, "has no file with %%mac_address%%", Samples.xml("", CONFIG.replace("%%mac_address%%", "all")));
        refused(8, "letters, digits", Samples.xml("", CONFIG.replace("%%mac_address%%", "../%%mac_address%%")));
        refused(8, "there is no model Two", Samples.xml("", CONFIG.replace("<deviceconfig", "<deviceconfig models=\"One, Two\"")));
        refused(8, "none of xml, keyvalue, quoted, accounts", Samples.xml("", CONFIG.replace("<deviceconfig", "<deviceconfig format=\"ini\"")));
        refused(8, "may not hold <config>", Samples.xml("", "<config/>" + CONFIG));
    }

    @Test
    void choices_must_be_whole() {
        refused(5, "B must have the same items", Samples.xml("<languages><option value=\"A\"><item name=\"x\">1</item></option><option value=\"B\"/></languages>", CONFIG));
        refused(5, "A is listed twice", Samples.xml("<languages><option value=\"A\"/><option value=\"A\"/></languages>", CONFIG));
        refused(5, "the default C is not an option", Samples.xml("<languages default=\"C\"><option value=\"A\"/></languages>", CONFIG));
        refused(5, "bound by another choice", Samples.xml("<languages><option value=\"A\"><item name=\"x\">1</item></option></languages>"
                + "<ringtones><option value=\"B\"><item name=\"x\">1</item></option></ringtones>", CONFIG));
    }

    @Test
    void what_others_write_in_a_header_is_left_alone() {
        var template = Template.read("test.ph.xml", Samples.xml("<firmwareParams><event-name>x</event-name></firmwareParams><hotdesking>1</hotdesking>", CONFIG)
                .replace("<doc>", "<doc xmlns:tcx=\"http://example.com/x\">"));
        assertEquals("Test", template.vendor());
    }

    /** What is read either becomes a template or is refused with a line; nothing else ever comes out. */
    @Test
    void broken_templates_are_refused_and_never_more() {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var sources = Templates.shipped().all().stream().map(Template::source).toList();
        for (int i = 0; i < Integer.getInteger("fuzz.templates", 1_500); i++) {
            var mangled = mangled(sources.get(i % sources.size()), random);
            try {
                var template = Template.read("fuzz.ph.xml", mangled);
                template.render(Samples.full(template, template.models().getFirst()));
                template.tryOut();
                template.starter("y000000000066.cfg", "Yealink", "http://192.0.2.10/provision/start/");
            } catch (TemplateException refused) {
                assertTrue(refused.line() >= 1 && refused.line() <= mangled.lines().count() + 1, "seed " + seed + ": " + refused.getMessage());
            } catch (UnrenderableException allowed) {
                assertTrue(allowed.getMessage().contains("cannot hold"), "seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " round " + i, e);
            }
        }
    }

    private static String mangled(String source, Random random) {
        var text = new StringBuilder(source);
        var tokens = new String[] {"%%", "{IF ", "{ELSE}", "{ENDIF}", "{KEYS 1-9}", "{LINES}", "{ENDLINES}", "%%line*9+9%%", "<starter>", "<!DOCTYPE x [<!ENTITY y \"z\">]>", "&y;", "<", ">", "&", "]]>", "<![CDATA[", "\"", "\0", "\ud800", "{", "}", "::", "\n"};
        for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
            var at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(200)));
                case 1 -> text.insert(at, tokens[random.nextInt(tokens.length)]);
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x110));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 100)));
            }
        }
        return text.toString();
    }
}
