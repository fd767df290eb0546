package gatehouse.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RenderingTest {
    @Test
    void a_condition_holds_for_what_is_neither_empty_nor_zero() {
        var body = "{IF enable_lldp}yes{ELSE}no{ENDIF}";
        assertEquals("yes", Samples.rendered("keyvalue", body, Map.of("enable_lldp", "1")));
        assertEquals("no", Samples.rendered("keyvalue", body, Map.of("enable_lldp", "0")));
        assertEquals("no", Samples.rendered("keyvalue", body, Map.of("enable_lldp", "")));
    }

    @Test
    void conditions_nest_and_a_directive_alone_on_its_line_takes_the_line_with_it() {
        var body = """
                a
                {IF model}
                  {IF voicemail_code}
                v
                  {ELSE}
                no v
                  {ENDIF}
                {ENDIF}
                b {IF model}c{ENDIF} d
                """;
        assertEquals("a\nno v\nb c d\n", Samples.rendered("keyvalue", body, Map.of()));
        assertEquals("a\nv\nb c d\n", Samples.rendered("keyvalue", body, Map.of("voicemail_code", "*57")));
    }

    @Test
    void generations_of_firmware_are_told_apart_number_by_number() {
        var body = "{IF firmware>=2.2.10}new{ELSE}old{ENDIF}";
        for (var version : List.of("2.2.10", "2.2.10.1", "2.10", "3.0.0", "66.86.0.15", "")) {
            assertEquals("new", Samples.rendered("keyvalue", body, Map.of("firmware", version)), version);
        }
        for (var version : List.of("2.2.9", "2.2", "1.99.99", "2.2.9.999999999999")) {
            assertEquals("old", Samples.rendered("keyvalue", body, Map.of("firmware", version)), version);
        }
    }

    @Test
    void a_loop_writes_the_keys_that_are_set_and_counts_from_where_it_is_told() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>16</Type><Line>1</Line></blf></blftype>",
                "<deviceconfig filename=\"%%mac_address%%.cfg\"><![CDATA[\n{KEYS 1-3}\nkey.%%Number%% = %%Type%% %%Value%%{IF Label} %%Label%%{ENDIF}\n{ENDKEYS}\n"
                + "{KEYS 4-6 at 1}\nexp.%%Number%% = %%PlainLabel%%\n{ENDKEYS}\n]]></deviceconfig>"));
        var assignment = new Assignment(template.models().getFirst(), Map.of(), Map.of(), List.of(), List.of(new KeyLamp(1, "BLF", "102", "Bob"),
                new KeyLamp(3, "BLF", "103", ""), new KeyLamp(5, "BLF", "104", "Öz;ext=911@x")));
        assertEquals("key.1 = 16 102 Bob\nkey.3 = 16 103\nexp.2 = Öz ext 911 x\n", template.render(assignment).getFirst().text());
    }

    @Test
    void keys_that_are_not_set_are_written_too_where_a_template_says_what() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>16</Type><Line>1</Line></blf></blftype>",
                "<deviceconfig filename=\"%%mac_address%%.cfg\"><![CDATA[\n{KEYS 1-3 at 5}\n%%Number%%=%%Type%%\n{ELSE}\n%%Number%%=none\n{ENDKEYS}\n]]></deviceconfig>"));
        var assignment = new Assignment(template.models().getFirst(), Map.of(), Map.of(), List.of(), List.of(new KeyLamp(2, "BLF", "102", "Bob")));
        assertEquals("5=none\n6=16\n7=none\n", template.render(assignment).getFirst().text());
    }

    @Test
    void settings_that_a_phone_numbers_are_counted_from_where_it_begins() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>16</Type><Line>1</Line></blf></blftype>",
                "<deviceconfig filename=\"%%mac_address%%.cfg\">{KEYS 2-3 at 2}P%%Number*3+298%% {ENDKEYS}{IF blf2}P%%Number+300%%{ENDIF}</deviceconfig>"));
        var keys = List.of(new KeyLamp(2, "BLF", "102", "Bob"), new KeyLamp(3, "BLF", "103", ""));
        assertEquals("P304 P307 P302", template.render(new Assignment(template.models().getFirst(), Map.of(), Map.of(), List.of(), keys)).getFirst().text());
    }

    private static final String HANDSETS = """
            <deviceconfig filename="%%mac_address%%.cfg"><![CDATA[
            {LINES}
            hs.%%line_padded%% = %%extension_number%% %%auth_password%%{IF ipui} %%ipui%%{ENDIF} at %%sip_domain%% P%%line*11+4289%%
            {ELSE}
            hs.%%line%% = off %%auth_password%%
            {ENDLINES}
            base %%extension_number%%.
            ]]></deviceconfig>""";

    private static Template base() {
        return Template.read("test.ph.xml", Samples.xml("", HANDSETS).replace("code=\"7\"", "code=\"7\" dect=\"true\" lines=\"3\""));
    }

    @Test
    void a_base_has_an_account_at_each_place_and_says_which_are_free() {
        var template = base();
        assertTrue(template.models().getFirst().dect());
        var lines = List.of(new Line(3, "0123456789", "102", "Bob", "102", "s3"), new Line(1, "", "101", "Ann", "101", "s1"), new Line(4, "", "104", "Eve", "104", "s4"));
        var base = new Assignment(template.models().getFirst(), Map.of("sip_domain", "d", "auth_password", "not this"), Map.of(), List.of(), List.of(), lines);
        assertEquals("hs.00001 = 101 s1 at d P4300\nhs.2 = off \nhs.00003 = 102 s3 0123456789 at d P4322\nbase .\n", template.render(base).getFirst().text());
    }

    @Test
    void a_base_of_one_person_has_that_account_first() {
        assertEquals("hs.00001 = 101 s at d P4300\nhs.2 = off \nhs.3 = off \nbase 101.\n", base().render(new Assignment(base().models().getFirst(),
                Map.of("sip_domain", "d", "extension_number", "101", "auth_password", "s"), Map.of(), List.of(), List.of())).getFirst().text());
    }

    @Test
    void a_line_can_neither_leave_its_place_nor_lose_a_part_of_its_password() {
        var line = new Line(1, "", "101", "a\nhs.2 = on", "101", "a\nb");
        assertThrows(UnrenderableException.class, () -> base().render(new Assignment(base().models().getFirst(), Map.of(), Map.of(), List.of(), List.of(), List.of(line))));
    }

    @Test
    void a_file_that_would_grow_beyond_what_a_phone_reads_is_not_made() {
        var template = Template.read("test.ph.xml", Samples.xml("", "<deviceconfig filename=\"%%mac_address%%.cfg\">{KEYS 1-200}{ELSE}" + "x".repeat(100_000)
                + "{ENDKEYS}</deviceconfig>"));
        assertTrue(assertThrows(UnrenderableException.class, () -> template.render(Samples.with(template, Map.of()))).getMessage().contains("2000000"));
    }

    @Test
    void a_mac_is_also_told_in_pairs() {
        assertEquals("00_15_65_aa_bb_cc", Samples.rendered("keyvalue", "%%mac_underscored%%", Map.of()));
    }

    @Test
    void whom_a_key_calls_cannot_end_its_part_of_a_text() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>16</Type><Line>1</Line></blf></blftype>",
                "<deviceconfig filename=\"%%mac_address%%.cfg\">{KEYS 1-1}fnc=sd;sub=%%Value%%@p{ENDKEYS}</deviceconfig>"));
        var assignment = new Assignment(template.models().getFirst(), Map.of(), Map.of(), List.of(), List.of(new KeyLamp(1, "BLF", "*97;fnc=x|\"1\" 2", "x")));
        assertEquals("fnc=sd;sub=*97fncx12@p", template.render(assignment).getFirst().text());
    }

    @Test
    void an_address_is_known_with_and_without_its_scheme_and_a_time_in_minutes() {
        var parts = "%%provisioning_host%% %%provisioning_port%% %%provisioning_path%%";
        assertEquals("h 8887 p/f/", Samples.rendered("keyvalue", parts, Map.of("provisioning_url", "https://h:8887/p/f/")));
        assertEquals("[2001:db8::1] 8888 p/", Samples.rendered("keyvalue", parts, Map.of("provisioning_url", "http://[2001:db8::1]:8888/p/")));
        var body = "%%provisioning_address%% {IF provisioning_https}s{ENDIF} %%register_minutes%%";
        assertEquals("h:8887/p/f/ s 10", Samples.rendered("keyvalue", body, Map.of("provisioning_url", "https://h:8887/p/f/")));
        assertEquals("h/p/  1", Samples.rendered("keyvalue", body, Map.of("provisioning_url", "http://h/p/", "register_expires", "30")));
    }

    @Test
    void a_name_cannot_add_a_line_to_a_key_value_file() {
        assertEquals("n = a account.1.enable = 0  b\n", Samples.rendered("keyvalue", "n = %%display_name%%\n",
                Map.of("display_name", "a\naccount.1.enable = 0\r\nb")));
    }

    @Test
    void a_value_is_not_read_as_a_template() {
        assertEquals("%%auth_password%% {IF model}", Samples.rendered("keyvalue", "%%display_name%%", Map.of("display_name", "%%auth_password%% {IF model}")));
    }

    @Test
    void a_name_cannot_add_a_parameter_to_an_account_line() {
        assertEquals("\"a  auth_pass=x\" <sip:101@h>;auth_pass=good", Samples.rendered("accounts",
                "\"%%display_name%%\" <sip:%%extension_number%%@h>;auth_pass=%%auth_password%%", Map.of("display_name", "a\";auth_pass=x", "auth_password", "good")));
    }

    @Test
    void a_name_cannot_end_a_quoted_value() {
        assertEquals("n: \"a  b: c  # d\"", Samples.rendered("quoted", "n: \"%%display_name%%\"", Map.of("display_name", "a\"\nb: c\" # d")));
        assertThrows(UnrenderableException.class, () -> Samples.rendered("quoted", "%%auth_password%%", Map.of("auth_password", "a\"b")));
    }

    @Test
    void a_secret_is_written_whole_or_not_at_all() {
        for (var secret : List.of("a;b", "a b", "a\"b", "a\nb")) {
            var refused = assertThrows(UnrenderableException.class,
                    () -> Samples.rendered("accounts", "%%auth_password%%", Map.of("auth_password", secret)));
            assertTrue(refused.getMessage().contains("auth_password"));
        }
        assertThrows(UnrenderableException.class, () -> Samples.rendered("keyvalue", "%%auth_password%%", Map.of("auth_password", "a\nb")));
        assertEquals("a;b \"c\"", Samples.rendered("keyvalue", "%%auth_password%%", Map.of("auth_password", "a;b \"c\"")));
    }

    @Test
    void a_snom_derived_template_spells_the_mac_in_capitals() {
        var template = Template.read("test.ph.xml", Samples.xml("<original_brand>snom</original_brand>",
                "<deviceconfig filename=\"%%mac_address%%.xml\">&lt;m>%%mac_address%%&lt;/m></deviceconfig>"));
        var file = template.render(Samples.with(template, Map.of())).getFirst();
        assertEquals("001565AABBCC.xml", file.name());
        assertEquals("<m>001565AABBCC</m>", file.text());
    }

    @Test
    void a_choice_binds_the_phones_own_words_and_falls_back_to_the_default() {
        var template = Template.read("test.ph.xml", Samples.xml("""
                <languages default="GERMAN"><option value="ENGLISH"><item name="language">0</item><item name="web">en</item></option>
                <option value="GERMAN"><item name="language">3</item><item name="web">de</item></option></languages>""",
                "<deviceconfig filename=\"%%mac_address%%.cfg\">%%param::language%% {IF param::language}%%param::web%%{ENDIF}</deviceconfig>"));
        var model = template.models().getFirst();
        assertEquals("0 ", template.render(new Assignment(model, Map.of(), Map.of(Choices.LANGUAGES, "ENGLISH"), List.of(), List.of())).getFirst().text());
        assertEquals("3 de", template.render(new Assignment(model, Map.of(), Map.of(Choices.LANGUAGES, "DUTCH"), List.of(), List.of())).getFirst().text());
        assertEquals(List.of("ENGLISH", "GERMAN"), template.choices(Choices.LANGUAGES));
    }

    @Test
    void codecs_keep_the_order_of_preference_and_none_means_all() {
        var template = Template.read("test.ph.xml", Samples.xml(
                "<codecs><option value=\"PCMU\"/><option value=\"PCMA\"><item name=\"codec\">alaw</item></option></codecs>".replace("\"PCMU\"/>",
                        "\"PCMU\"><item name=\"codec\">ulaw</item></option>"),
                "<deviceconfig filename=\"%%mac_address%%.cfg\">%%codecs%% u%%codec_pcmu%% a%%codec_pcma%% %%codec1%%/%%codec2%%</deviceconfig>"));
        var model = template.models().getFirst();
        assertEquals("alaw u0 a1 alaw/", template.render(new Assignment(model, Map.of(), Map.of(), List.of("G729", "pcma"), List.of())).getFirst().text());
        assertEquals("ulaw,alaw u1 a2 ulaw/alaw", template.render(new Assignment(model, Map.of(), Map.of(), List.of(), List.of())).getFirst().text());
    }

    @Test
    void a_key_of_a_kind_the_family_does_not_have_is_left_out() {
        var template = Template.read("test.ph.xml", Samples.xml("<blftype><blf><Type>16</Type><Line>1</Line></blf></blftype>",
                "<deviceconfig filename=\"%%mac_address%%.cfg\">{IF blf1}%%Type%%/%%Line%%/%%Value%%/%%Label%%{ENDIF}{IF blf2}two{ENDIF}</deviceconfig>"));
        var assignment = new Assignment(template.models().getFirst(), Map.of(), Map.of(), List.of(),
                List.of(new KeyLamp(1, "BLF", "102", "Bob"), new KeyLamp(2, "COFFEE", "1", "x"), new KeyLamp(99, "BLF", "1", "x")));
        assertEquals("16/1/102/Bob", template.render(assignment).getFirst().text());
    }

    @Test
    void a_variable_nobody_knows_is_a_mistake_of_the_caller() {
        var template = Samples.file("keyvalue", "x");
        var assignment = new Assignment(template.models().getFirst(), Map.of("colour", "blue"), Map.of(), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> template.render(assignment));
    }

    /** Whatever a value holds, XML says it back, a line stays one line, and a name stays a name. */
    @Test
    void no_value_ever_leaves_its_place() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var xml = Samples.file("xml", "<a b=\"%%display_name%%\">%%display_name%%</a>");
        var text = Samples.file("keyvalue", "a = %%display_name%%\nb = 1\n");
        for (int i = 0; i < 2_000; i++) {
            var value = value(random);
            var where = "-Dseed=" + seed + " round " + i;
            var parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml.render(Samples.with(xml, Map.of("display_name", value))).getFirst().text())));
            var element = parsed.getDocumentElement();
            assertEquals(printable(value), element.getTextContent(), where);
            assertEquals(printable(value), element.getAttribute("b"), where);
            assertEquals(2, text.render(Samples.with(text, Map.of("display_name", value))).getFirst().text().split("\\R").length, where);
            var name = text.render(Samples.with(text, Map.of("mac_address", value))).getFirst().name();
            assertTrue(name.matches("[A-Za-z0-9._-]*"), where);
        }
    }

    private static String value(Random random) {
        var special = "<>&\"';=%{}\n\r\t\0\u2028\u0085\ufffe\uffff\ud83d\ude00é]]>";
        var value = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            value.append(random.nextInt(3) == 0 ? (char) random.nextInt(0x10000) : special.charAt(random.nextInt(special.length())));
        }
        return value.toString();
    }

    /** What XML 1.0 can say (2.2), with a space for what it cannot. */
    private static String printable(String value) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length();) {
            var c = value.codePointAt(i);
            var fine = c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c < 0xd800 || c >= 0xe000 && c < 0xfffe || c > 0xffff;
            text.appendCodePoint(fine ? c : ' ');
            i += Character.charCount(c);
        }
        return text.toString();
    }

    @Test
    void a_thousand_phones_render_within_a_second() {
        var template = Templates.shipped().named("yealink.ph.xml").orElseThrow();
        var assignment = Samples.full(template, template.models().getFirst());
        var started = System.nanoTime();
        long characters = 0;
        for (int i = 0; i < 1_000; i++) {
            for (var file : template.render(assignment)) {
                characters += file.text().length();
            }
        }
        var millis = (System.nanoTime() - started) / 1_000_000;
        assertTrue(characters > 1_000_000 && millis < 1_000, characters + " characters in " + millis + " ms");
    }
}
