package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where phones find their firmware: set over HTTPS, seen in the files that they fetch over HTTP. */
@Timeout(120)
class FirmwareContractTest {
    private static final String PATH = "/provisioning/firmware";
    private static final String YEALINK = "001565200001";
    private static final String SNOM = "000413200002";
    private static Box box;
    private static String yealink;
    private static String snom;

    @BeforeAll
    static void start() {
        box = Box.start();
        yealink = folder("101", YEALINK, "yealink.ph.xml", "T46S");
        snom = folder("102", SNOM, "snom.ph.xml", "D785");
    }

    private static String folder(String number, String mac, String template, String model) {
        return box.admin().post("/users/" + box.user(number) + "/phones", Box.aPhone(mac, template, model)).expect(201).get("url").asText()
                .replaceFirst("[^/]+$", "");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @AfterEach
    void none_is_left() {
        list().get("items").forEach(one -> destroy(one.get("id").asText()));
    }

    private static JsonNode list() {
        return box.admin().get(PATH).expect(200);
    }

    private static void destroy(String id) {
        box.admin().post(PATH + "/" + id + "/destroy").expect(204);
    }

    private static ApiClient.Reply post(String filename, String model, String url) {
        var body = JsonNodeFactory.instance.objectNode().put("filename", filename).put("url", url);
        return box.admin().post(PATH, model == null ? body : body.put("model", model));
    }

    private static String set(String filename, String model, String url) {
        return post(filename, model, url).expect(200).get("id").asText();
    }

    private static String ofYealink() throws Exception {
        return fetched(yealink + "y000000000066.cfg", "Yealink SIP-T46S 66.86.0.15 00:15:65:20:00:01");
    }

    private static String ofSnom() throws Exception {
        return fetched(snom + "000413200002.xml", "Mozilla/4.0 (compatible; snomD785-SIP 10.1.64.14 000413200002)");
    }

    private static String fetched(String url, String agent) throws Exception {
        var reply = ApiClient.fetch(url, agent);
        assertEquals(200, reply.statusCode(), url);
        return reply.body();
    }

    @Test
    void a_familys_address_stands_in_its_phones_files_until_it_is_destroyed() throws Exception {
        assertFalse(ofYealink().contains("firmware.url"));
        assertFalse(ofSnom().contains("<firmware"));
        var first = set("yealink.ph.xml", null, "http://192.0.2.9:8080/T46S-66.86.0.160.rom");
        var second = set("snom.ph.xml", null, "https://files.example/snom.bin?of=D785&version=10");
        assertTrue(ofYealink().contains("\nstatic.firmware.url = http://192.0.2.9:8080/T46S-66.86.0.160.rom\n"), "seen at the next fetch");
        assertTrue(ofSnom().contains("<firmware perm=\"R\">https://files.example/snom.bin?of=D785&amp;version=10</firmware>"), ofSnom());
        destroy(first);
        destroy(second);
        assertFalse(ofYealink().contains("firmware.url"));
        assertFalse(ofSnom().contains("<firmware"));
        box.admin().post(PATH + "/" + first + "/destroy").expect(404);
    }

    @Test
    void a_model_has_its_own_before_its_familys() throws Exception {
        set("yealink.ph.xml", null, "http://192.0.2.9/all.rom");
        set("yealink.ph.xml", "T57W", "http://192.0.2.9/other.rom");
        assertTrue(ofYealink().contains("= http://192.0.2.9/all.rom\n"));
        var own = set("yealink.ph.xml", "sip-t46s", "http://192.0.2.9/own.rom");
        assertTrue(ofYealink().contains("= http://192.0.2.9/own.rom\n"), "models are known as phones name them");
        assertEquals(List.of("null", "T57W", "T46S"), list().get("items").valueStream().map(one -> one.get("model").asText()).toList());
        assertEquals(own, set("yealink.ph.xml", "T46S", "http://192.0.2.9/newer.rom"), "in the place of what was set");
        assertTrue(ofYealink().contains("= http://192.0.2.9/newer.rom\n"));
        assertEquals(3, list().get("count").asInt());
        destroy(own);
        assertTrue(ofYealink().contains("= http://192.0.2.9/all.rom\n"));
        assertEquals(1, box.admin().get(PATH + "?filter=model%20eq%20'T57W'").expect(200).get("count").asInt());
    }

    @Test
    void the_preview_shows_what_is_new_and_the_audit_log_who_set_it() throws Exception {
        ofYealink();
        destroy(set("yealink.ph.xml", "T46S", "http://192.0.2.9/before.rom"));
        set("yealink.ph.xml", "T46S", "http://192.0.2.9/shown.rom");
        var preview = box.admin().get("/phones/" + YEALINK + "/preview").expect(200).toString();
        assertTrue(preview.contains("+static.firmware.url = http://192.0.2.9/shown.rom"), preview);
        var log = box.admin().get("/audit_logs?filter=object_type%20eq%20'PHONE_FIRMWARE'&top=3").expect(200).get("items");
        assertEquals(List.of("CREATE", "DELETE", "CREATE"), log.findValuesAsText("action"));
        assertTrue(log.get(0).toString().contains("shown.rom"), log.toString());
    }

    @Test
    void what_is_no_address_or_fits_no_template_is_refused() {
        for (var url : List.of("ftp://192.0.2.9/x.rom", "HTTP://192.0.2.9/x.rom", "192.0.2.9/x.rom", "http:///x.rom", "http://192.0.2.9/a b.rom",
                "http://192.0.2.9/x.rom\naccount.1.enable = 0", "http://192.0.2.9/\tx", "http://192.0.2.9/\"x", "http://192.0.2.9/<x", "http://192.0.2.9/ü.rom",
                "http://admin:secret@192.0.2.9/x.rom", "http://192.0.2.9/x#y", "http://192.0.2.9:0/", "http://192.0.2.9:65536/", "javascript:alert(1)", "",
                "http://192.0.2.9/" + "x".repeat(239))) {
            post("yealink.ph.xml", null, url).expect(400);
        }
        assertEquals("filename", post("nobody.ph.xml", null, "http://192.0.2.9/").expect(400).at("/errors/0/detail/field").asText());
        assertEquals("model", post("yealink.ph.xml", "D785", "http://192.0.2.9/").expect(400).at("/errors/0/detail/field").asText());
        assertTrue(post("generic.ph.xml", null, "http://192.0.2.9/").expect(400).toString().contains("no place"), "it would be in no file");
        box.admin().post(PATH, "{\"filename\": \"yealink.ph.xml\"}").expect(400);
        assertEquals(0, list().get("count").asInt());
        set("yealink.ph.xml", null, "http://192.0.2.9/" + "x".repeat(238));
    }

    @Test
    void a_template_with_an_address_stays_until_the_address_is_gone() {
        var content = box.admin().get("/templates/phones/yealink.ph.xml").expect(200).get("content").asText();
        var template = JsonNodeFactory.instance.objectNode().put("content", content);
        box.admin().post("/templates/phones", template.deepCopy().put("filename", "own.ph.xml")).expect(201);
        var id = set("own.ph.xml", null, "http://192.0.2.9/");
        box.admin().post("/templates/phones/own.ph.xml", template).expect(200);
        box.admin().post("/templates/phones/own.ph.xml/destroy").expect(409);
        destroy(id);
        box.admin().post("/templates/phones/own.ph.xml/destroy").expect(204);
    }
}
