package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.HttpDouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Redirect services over HTTP: a whole box, and a maker's service on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RedirectionContractTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Pattern STRING = Pattern.compile("<string>([^<]*)</string>");
    private final Map<String, String> led = new ConcurrentHashMap<>();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final HttpDouble snom = new HttpDouble(this::snom);
    private Box box;
    private int users = 100;

    @BeforeAll
    void start() {
        box = Box.start();
    }

    @AfterAll
    void stop() {
        box.close();
        snom.close();
    }

    /** Snom's older service: a flag and a word for each call. */
    private HttpDouble.Answer snom(HttpDouble.Asked asked) {
        if (!"Basic c25vbS11c2VyOnNub20tc2VjcmV0".equals(asked.headers().get("authorization"))) {
            return new HttpDouble.Answer(401, "");
        }
        var arguments = STRING.matcher(asked.body()).results().map(found -> found.group(1)).toList();
        var mac = arguments.getFirst();
        if (asked.body().contains("redirect.registerPhone")) {
            return others.contains(mac) ? said(0, "owned_by_other_user") : said(led.put(mac, arguments.get(1)) == null ? 1 : 1, "Ok");
        }
        return asked.body().contains("redirect.deregisterPhone") ? said(led.remove(mac) == null ? 0 : 1, "Ok") : said(led.containsKey(mac) ? 1 : 0, "Box");
    }

    private static HttpDouble.Answer said(int flag, String text) {
        return new HttpDouble.Answer(200, "<methodResponse><params><param><value><array><data><value><boolean>" + flag + "</boolean></value><value>" + text
                + "</value></data></array></value></param></params></methodResponse>");
    }

    private void on() {
        box.admin().post("/provisioning/redirect_services/snom", "{\"service\": \"SNOM_XML\", \"enabled\": true, \"host\": \"box.test\", \"base_url\": \"" + snom.url()
                + "\", \"account\": \"snom-user\", \"secret\": \"snom-secret\"}").expect(200);
    }

    private String user;
    private String phone;

    private String aSnom(String mac) {
        user = box.user(Integer.toString(++users));
        var made = box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "snom.ph.xml", "D785")).expect(201);
        phone = made.get("id").asText();
        return made.get("url").asText().replaceFirst("https?://[^/]+", "http://box.test:" + box.config().httpPort()).replaceFirst("[^/]+$", "");
    }

    private JsonNode ladder(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private static List<String> steps(JsonNode ladder) {
        return StreamSupport.stream(ladder.get("steps").spliterator(), false).map(step -> step.get("step").asText()).toList();
    }

    @Test
    void a_phone_is_told_to_its_makers_service_and_the_ladder_shows_it() {
        on();
        box.admin().post("/provisioning/redirect_services/SNOM/check").expect(200);
        var folder = aSnom("000413000001");
        eventually(SOON, () -> (folder + "snomD785.htm").equals(led.get("000413000001")));
        eventually(SOON, () -> steps(ladder("000413000001")).equals(List.of("REDIRECTED")));
        assertTrue(ladder("000413000001").get("stands").asText().contains("Snom's redirect service leads it here"), ladder("000413000001").toString());
        var shown = eventually(SOON, () -> box.admin().get("/phones/00:04:13:00:00:01/redirection").expect(200), one -> one.get("state").asText().equals("DONE"));
        assertEquals("LEAD", shown.get("want").asText());
        assertTrue(shown.get("trouble").isNull() && shown.get("next_try").isNull());
        assertFalse(shown.toString().contains("provision"), "who may only look does not see the folder: " + shown);
        box.admin().post("/users/" + user + "/phones/" + phone + "/destroy").expect(204);
        eventually(SOON, () -> !led.containsKey("000413000001"));
        eventually(SOON, () -> box.admin().get("/phones/000413000001/redirection").status() == 404);
    }

    @Test
    void a_phone_goes_with_its_user_and_hot_desks_and_dect_bases_are_phones_too() {
        on();
        aSnom("000413000002");
        eventually(SOON, () -> led.containsKey("000413000002"));
        box.admin().post("/users/" + user + "/destroy").expect(204);
        eventually(SOON, () -> !led.containsKey("000413000002"));
        box.admin().post("/hotdesking", Box.aPhone("000413000003", "snom.ph.xml", "D785").put("extension_number", "890")
                .put("extension_password", "desk-secret-890")).expect(201);
        eventually(SOON, () -> led.containsKey("000413000003"));
        var base = Box.aPhone("000413000009", "snom_dect.ph.xml", "M900").put("vendor", "Snom").put("name", "Hall").put("template", "snom_dect.ph.xml")
                .put("tone", "Ring1");
        base.remove(List.of("filename", "transfer"));
        box.admin().post("/dect_phones", base).expect(201);
        eventually(SOON, () -> led.containsKey("000413000009"));
    }

    @Test
    void a_phone_that_is_somebody_elses_there_has_the_cure_on_its_ladder_and_can_be_told_again() {
        on();
        others.add("000413000004");
        aSnom("000413000004");
        eventually(SOON, () -> steps(ladder("000413000004")).equals(List.of("REDIRECT_REFUSED")));
        assertTrue(ladder("000413000004").get("stands").asText().contains("somebody else has this phone there"), ladder("000413000004").toString());
        assertTrue(ladder("000413000004").get("cure").asText().contains("released"));
        var shown = box.admin().get("/phones/000413000004/redirection").expect(200);
        assertEquals("TAKEN", shown.get("trouble").asText());
        assertTrue(box.admin().get("/provisioning/redirections?top=1").expect(200).get("items").size() == 1);
        others.clear();
        box.admin().post("/phones/000413000004/redirection").expect(200);
        eventually(SOON, () -> led.containsKey("000413000004"));
        box.restart();
        assertEquals("DONE", box.admin().get("/phones/000413000004/redirection").expect(200).get("state").asText());
    }

    @Test
    void settings_change_field_by_field_and_no_secret_is_shown_or_told() {
        on();
        box.admin().post("/provisioning/redirect_services/snom", "{\"host\": \"192.0.2.7\"}").expect(200);
        var shown = box.admin().get("/provisioning/redirect_services/snom").expect(200);
        assertEquals("192.0.2.7", shown.get("host").asText());
        assertEquals("snom-user", shown.get("account").asText());
        assertTrue(shown.get("has_secret").asBoolean() && !shown.toString().contains("snom-secret"), shown.toString());
        var audit = box.admin().get("/audit_logs").expect(200).toString();
        assertTrue(audit.contains("PHONE_REDIRECTION") && !audit.contains("snom-secret"), audit);
        var refused = box.admin().post("/provisioning/redirect_services/snom", "{\"host\": null, \"base_url\": \"ftp://x\"}").expect(400).toString();
        assertTrue(refused.contains("\"host\"") && refused.contains("\"base_url\""), refused);
        box.admin().post("/provisioning/redirect_services/nobody", "{}").expect(404);
        box.admin().post("/provisioning/redirect_services/htek/check").expect(409);
        box.admin().post("/provisioning/redirect_services/snom", "{\"secret\": \"wrong\"}").expect(200);
        var wrong = box.admin().post("/provisioning/redirect_services/snom/check").expect(503).toString();
        assertTrue(wrong.contains("credentials"), wrong);
        assertEquals(5, box.admin().get("/provisioning/redirect_services").expect(200).get("count").asInt());
        box.admin().post("/provisioning/redirect_services/snom", "{\"enabled\": false}").expect(200);
        box.admin().post("/phones/000413ffffff/redirection").expect(409);
    }

    @Test
    void who_may_not_see_the_phone_system_sees_no_service() {
        user = box.user(Integer.toString(++users));
        var one = new ApiClient(box.httpsOrigin()).signedIn("user" + users, "password-" + users);
        one.get("/provisioning/redirect_services").expect(403);
        one.post("/provisioning/redirect_services/snom", "{}").expect(403);
        one.post("/phones/000413000001/redirection").expect(403);
        box.stranger().get("/provisioning/redirections").expect(401);
    }
}
