package gatehouse.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates of a company's own over real HTTP: what they may do, and that none of it touches anybody else's phones. */
class OwnTemplatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static String user;

    @BeforeAll
    static void start() {
        box = Box.start();
        user = box.user("301");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String shipped(String filename) {
        return box.admin().get("/templates/phones/" + filename).expect(200).get("content").asText();
    }

    private static ApiClient.Reply create(String filename, String content) {
        return box.admin().post("/templates/phones", JSON.createObjectNode().put("filename", filename).put("content", content));
    }

    private static String minimal(String header, String body) {
        return """
                <doc>
                  <header><type>phone-template</type><version>1</version><time>2026-11-25T00:00:00Z</time><name>Yealink</name>
                    <templatetype>supported</templatetype><models><model ua="SIP-T46S" code="000000000066">T46S</model></models>%s</header>
                  <data><device><type>phone</type>
                    <deviceconfig filename="%%%%mac_address%%%%.cfg"><![CDATA[
                %s
                ]]></deviceconfig>
                  </device></data>
                </doc>""".formatted(header, body);
    }

    private static Map<String, String> seen(List<String> urls) throws Exception {
        var files = new TreeMap<String, String>();
        for (var url : urls) {
            var answer = ApiClient.fetch(url, "curl/8.0");
            files.put(url, answer.statusCode() + answer.body());
        }
        return files;
    }

    /** Everything that a hostile or careless template could try with another's name, model, file or User-Agent. */
    @Test
    void a_template_of_ones_own_neither_hides_nor_breaks_another() throws Exception {
        var yealink = box.admin().post("/users/" + user + "/phones", Box.aPhone("001565330001", "yealink.ph.xml", "T46S")).expect(201).get("url").asText();
        var snom = box.admin().post("/users/" + user + "/phones", Box.aPhone("000413330001", "snom.ph.xml", "D785")).expect(201).get("url").asText();
        var urls = List.of(yealink, yealink.replace("001565330001.cfg", "y000000000066.cfg"), snom, snom.replaceAll("[^/]*$", "snomD785.htm"),
                box.httpOrigin() + "/provision/start/y000000000066.cfg", box.httpOrigin() + "/provision/start/snomD785.htm");
        var before = seen(urls);
        var models = box.admin().get("/phone_models").expect(200).toString();

        var twin = "<starter filename=\"y*.cfg, snom*.htm, *.xml\">stolen</starter>\n      <deviceconfig filename=\"%%mac_address%%.boot\">";
        create("aaa.ph.xml", shipped("yealink.ph.xml").replace("<deviceconfig filename=\"%%mac_address%%.boot\">", twin)
                .replace("account.1.enable = 1", "account.1.enable = 0").replaceFirst("(?s)<starter filename=\"y0000000000.*?</starter>", "")).expect(201);
        create("zzz.ph.xml", minimal("", "mine = %%auth_password%%")).expect(201);
        assertEquals(before, seen(urls), "the files of phones that have other templates");
        for (var shipped : List.of("yealink.ph.xml", "YEALINK.ph.xml", "aaa.ph.xml", "AAA.ph.xml")) {
            create(shipped, minimal("", "x = 1")).expect(409);
        }
        box.admin().post("/templates/phones/yealink.ph.xml", JSON.createObjectNode().put("content", minimal("", "x = 1"))).expect(409);
        box.admin().post("/templates/phones/yealink.ph.xml/destroy").expect(409);
        for (var filename : List.of("../yealink.ph.xml", "a/b.ph.xml", "x.xml", ".ph.xml", "x".repeat(65) + ".ph.xml")) {
            create(filename, minimal("", "x = 1")).expect(400);
        }
        assertEquals(before, seen(urls));

        var own = box.admin().post("/users/" + user + "/phones", Box.aPhone("001565330002", "zzz.ph.xml", "T46S").put("vendor", "Yealink")).expect(201);
        assertTrue(seen(List.of(own.get("url").asText())).values().iterator().next().matches("200mine = \\S{10,}\n"), "its own phone gets its file");
        box.admin().post("/templates/phones/zzz.ph.xml/destroy").expect(409);
        box.admin().post("/users/" + user + "/phones/" + own.get("id").asText() + "/destroy").expect(204);
        box.admin().post("/templates/phones/zzz.ph.xml/destroy").expect(204);
        box.restart();
        assertEquals(before, seen(urls), "after a restart");
        box.admin().post("/templates/phones/aaa.ph.xml/destroy").expect(204);
        assertEquals(before, seen(urls));
        assertEquals(models, box.admin().get("/phone_models").expect(200).toString());
    }

    private static void refused(String expected, int line, String content) {
        var problem = create("bad.ph.xml", content).expect(400).get("errors").get(0);
        assertTrue(problem.get("message").asText().contains("bad.ph.xml:" + line + ": ") && problem.get("message").asText().contains(expected), problem.toString());
        assertEquals(line, problem.at("/detail/line").asInt(), problem.toString());
        assertEquals("content", problem.at("/detail/field").asText());
    }

    @Test
    void what_no_phone_could_be_given_is_refused_with_its_line_and_kept_nowhere() {
        refused("there is no variable auth_pasword", 6, minimal("", "a = %%auth_pasword%%"));
        refused("has no {ENDIF}", 7, minimal("", "a = 1\n{IF model}\nb = 2"));
        refused("entities of its own", 1, "<!DOCTYPE d [<!ENTITY a \"b\">]>" + minimal("", "x = 1"));
        refused("not well-formed", 9, minimal("", "x = 1").replace("</doc>", "</dok>"));
        refused("more than 2000000 characters", 1, minimal("", "{KEYS 1-200}" + "x".repeat(11_000) + "{ELSE}" + "y".repeat(11_000) + "{ENDKEYS}"));
        refused("must have the same items", 3, minimal("<languages><option value=\"A\"><item name=\"x\">1</item></option><option value=\"B\"/></languages>", "x = 1"));
        var items = box.admin().get("/templates/phones").expect(200).get("items");
        assertTrue(items.findValuesAsText("filename").stream().noneMatch("bad.ph.xml"::equals));
    }

    @Test
    void one_that_is_in_use_may_change_but_keeps_its_phones_models() {
        create("mine.ph.xml", minimal("", "v = 1")).expect(201);
        var url = box.admin().post("/users/" + user + "/phones", Box.aPhone("001565330003", "mine.ph.xml", "T46S").put("vendor", "Yealink")).expect(201).get("url").asText();
        var without = JSON.createObjectNode().put("content", minimal("", "v = 2").replace(">T46S<", ">T48S<").replace("SIP-T46S", "SIP-T48S"));
        var problem = box.admin().post("/templates/phones/mine.ph.xml", without).expect(409);
        assertTrue(message(problem).contains("001565330003"), problem.toString());
        box.admin().post("/templates/phones/mine.ph.xml", JSON.createObjectNode().put("content", minimal("", "v = 3"))).expect(200);
        assertTrue(fetched(url).contains("v = 3"));
        box.admin().post("/templates/phones/mine.ph.xml", JSON.createObjectNode().put("content", minimal("", "v = %%nothing%%"))).expect(400);
        assertTrue(fetched(url).contains("v = 3"), "a refused change changes nothing");
    }

    private static String message(JsonNode answer) {
        return answer.get("errors").get(0).get("message").asText();
    }

    private static String fetched(String url) {
        try {
            return ApiClient.fetch(url, "curl/8.0").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
