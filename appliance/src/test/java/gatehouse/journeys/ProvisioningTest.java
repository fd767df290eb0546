package gatehouse.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.ProvisionedAccount;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A phone asks for its file; a real client registers with exactly what stands in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ProvisioningTest {
    private static final String YEALINK = "Yealink SIP-T46U 108.86.0.20 00:11:22:33:44:01";
    private static final String SNOM = "Mozilla/4.0 (compatible; snomD785-SIP 10.1.169.13 001122334402)";
    private Box box;
    private String yealinkUrl;
    private String snomUrl;

    @BeforeAll
    void start() {
        box = Box.start();
        var yealink = box.user("101");
        yealinkUrl = box.admin().post("/users/" + yealink + "/phones", Box.aPhone("00:11:22:33:44:01", "yealink.ph.xml", "T46U")
                .put("preferred_transport", "TCP")).expect(201).get("url").asText();
        var snom = box.user("102");
        var created = box.admin().post("/users/" + snom + "/phones", Box.aPhone("001122334402", "snom.ph.xml", "D785")
                .put("preferred_transport", "TLS")).expect(201);
        snomUrl = created.get("url").asText();
        assertEquals(snomUrl, box.admin().get("/users/" + snom + "/phones/" + created.get("id").asText()).expect(200).get("url").asText());
    }

    @AfterAll
    void stop() {
        box.close();
    }

    private static String fetch(String url, String agent) throws Exception {
        var reply = ApiClient.fetch(url, agent);
        assertEquals(200, reply.statusCode(), url);
        return reply.body();
    }

    @Test
    void phones_of_two_makers_register_with_what_they_are_given_and_call_each_other() throws Exception {
        var yealink = ProvisionedAccount.fromYealink(fetch(yealinkUrl, YEALINK));
        var snom = ProvisionedAccount.fromSnom(fetch(snomUrl, SNOM));
        assertEquals("tcp", yealink.transport());
        assertEquals("tls", snom.transport());
        assertEquals(box.config().sipsPort(), snom.port());
        try (var one = new Baresip(yealink.forBaresip(), 440); var other = new Baresip(snom.forBaresip(), 1000)) {
            one.awaitRegistered();
            other.awaitRegistered();
            one.dial("102");
            other.await("CALL_INCOMING");
            other.answer();
            one.await("CALL_ESTABLISHED");
            one.hangUp();
            other.await("CALL_CLOSED");
        }
    }

    @Test
    void the_snom_is_led_from_its_model_file_to_its_own() throws Exception {
        var folder = snomUrl.substring(0, snomUrl.lastIndexOf('/') + 1);
        var first = fetch(folder + "snomD785.htm", SNOM);
        assertTrue(first.contains(folder + "001122334402.xml"), first);
    }

    @Test
    void an_unchanged_file_is_not_sent_twice() throws Exception {
        var first = ApiClient.fetch(yealinkUrl, YEALINK);
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(yealinkUrl)).header("If-None-Match", tag).header("User-Agent", YEALINK).GET().build();
        assertEquals(304, ApiClient.http().send(request, java.net.http.HttpResponse.BodyHandlers.discarding()).statusCode());
        assertEquals(first.body(), ApiClient.fetch(yealinkUrl, YEALINK).body());
    }

    @Test
    void nobody_else_gets_anything_and_cannot_tell_why() throws Exception {
        var answers = new HashSet<String>();
        for (var wrong : new String[] {yealinkUrl.replaceAll("/[^/]+\\.cfg", "/001122334499.cfg"), box.httpOrigin() + "/provision/" + "a".repeat(26) + "/001122334401.cfg",
                box.httpOrigin() + "/provision/", box.httpOrigin() + "/provision/001122334401.cfg", yealinkUrl + "/../x"}) {
            var reply = ApiClient.fetch(wrong, YEALINK);
            answers.add(reply.statusCode() + reply.body());
        }
        var otherPhone = ApiClient.fetch(yealinkUrl, YEALINK.replace(":01", ":99"));
        answers.add(otherPhone.statusCode() + otherPhone.body());
        assertEquals(1, answers.size(), answers.toString());
        assertTrue(answers.iterator().next().startsWith("404"), answers.toString());
    }

    @Test
    void guessing_is_slowed_and_a_disabled_user_gets_no_secrets() throws Exception {
        try (var other = Box.start()) {
            var id = other.user("101");
            var url = other.admin().post("/users/" + id + "/phones", Box.aPhone("001122334403", "yealink.ph.xml", "T46U")).expect(201).get("url").asText();
            assertTrue(fetch(url, "x").contains("account.1.password"));
            other.admin().post("/users/" + id, com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode().put("enabled", false)).expect(200);
            assertEquals(404, ApiClient.fetch(url, "x").statusCode());
            var last = 0;
            for (int i = 0; i < 60 && last != 429; i++) {
                last = ApiClient.fetch(other.httpOrigin() + "/provision/" + "b".repeat(20) + i + "/x.cfg", "x").statusCode();
            }
            assertEquals(429, last);
        }
    }

    @Test
    void everything_else_on_the_plain_port_is_sent_to_https() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(box.httpOrigin() + "/users")).GET().build();
        var reply = java.net.http.HttpClient.newHttpClient().send(request, java.net.http.HttpResponse.BodyHandlers.discarding());
        assertEquals(307, reply.statusCode());
        assertEquals(box.httpsOrigin() + "/users", reply.headers().firstValue("Location").orElseThrow());
        assertFalse(reply.headers().map().toString().contains("Bearer"));
    }
}
