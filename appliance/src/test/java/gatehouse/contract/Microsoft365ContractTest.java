package gatehouse.contract;

import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MicrosoftDouble;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Microsoft 365 over real HTTPS, with Entra's and Graph's protocol on loopback. */
class Microsoft365ContractTest {
    private static final Pattern TOKEN = Pattern.compile("#token_type=Bearer&access_token=([0-9a-v]+)&refresh_token=[0-9a-v]+&expires_in=3600");
    private static MicrosoftDouble microsoft;
    private static Box box;
    private static ApiClient user;
    private static String ann;
    private static String page;

    @BeforeAll
    static void start() {
        microsoft = new MicrosoftDouble(Clock.systemUTC());
        box = Box.startWithMicrosoft(Clock.systemUTC(), microsoft.endpoints());
        ann = box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
        page = "https://box.test:" + box.config().httpsPort() + "/welcome";
    }

    @AfterAll
    static void stop() {
        box.close();
        microsoft.close();
    }

    @BeforeEach
    void nothing_is_set_up() {
        box.admin().post("/ms365", "{\"directory_id\": null, \"application_id\": null, \"users\": null, \"sign_in_as_standard_user\": null, "
                + "\"sign_in_as_administrator\": null, \"national_cloud\": null}").expect(200);
        box.admin().post("/users/" + ann + "/ms365_binding/destroy");
    }

    private static byte[] bytes(java.net.http.HttpRequest.Builder request) throws Exception {
        var response = ApiClient.http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        return response.body();
    }

    private static byte[] setUp() throws Exception {
        box.admin().post("/ms365", "{\"directory_id\": \"dir-1\", \"application_id\": \"app-1\"}").expect(200);
        var certificate = bytes(box.admin().request("/ms365/certificate").POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        microsoft.trust(certificate);
        return certificate;
    }

    @Test
    void settings_are_kept_field_by_field() {
        var shown = box.admin().get("/ms365").expect(200);
        assertEquals("GLOBAL", shown.get("national_cloud").asText());
        assertTrue(shown.get("redirect_uri").asText().endsWith("/api/auth/callback/microsoft"));
        assertTrue(shown.get("users").isNull() && shown.get("sbc_redirect_uri").isNull());
        box.admin().post("/ms365", """
                {"national_cloud": "CHINA", "users": {"enabled": true, "starting_extension_number": "500", "selected_users": ["a"], "sync_type": "INCLUDE"}}""")
                .expect(200);
        box.admin().post("/ms365", "{\"users\": {\"sync_photo\": true}}").expect(200);
        shown = box.admin().get("/ms365").expect(200);
        assertEquals("CHINA", shown.get("national_cloud").asText());
        assertEquals("{\"enabled\":true,\"sync_guest_users\":false,\"sync_photo\":true,\"starting_extension_number\":\"500\",\"selected_users\":[\"a\"],"
                + "\"sync_type\":\"INCLUDE\"}", shown.get("users").toString());
        assertEquals(Set.of("directory_id format"), rules(box.admin().post("/ms365", "{\"directory_id\": \"../x\"}")));
        box.admin().post("/admin/ms365", "{\"application_id\": \"own\"}").expect(200);
        assertEquals("own", box.admin().get("/admin/ms365").expect(200).get("application_id").asText());
        assertTrue(box.admin().get("/ms365").expect(200).get("application_id").isNull(), "the box's own is another");
        box.admin().post("/admin/ms365", "{\"application_id\": null}").expect(200);
    }

    @Test
    void a_certificate_is_made_and_given_again_and_its_key_never() throws Exception {
        box.admin().get("/admin/ms365/certificate").expect(404);
        var made = setUp();
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(made));
        certificate.verify(certificate.getPublicKey());
        assertEquals("CN=Gatehouse box.test", certificate.getSubjectX500Principal().getName());
        assertTrue(Arrays.equals(made, bytes(box.admin().request("/ms365/certificate").GET())));
        assertFalse(Arrays.equals(made, setUp()), "a second one takes its place");
        assertFalse(box.admin().get("/audit_logs?top=5").text().contains("PRIVATE"));
    }

    @Test
    void the_directory_is_read_with_the_boxs_own_proof() throws Exception {
        assertTrue(box.admin().get("/ms365/users").expect(409).at("/errors/0/message").asText().contains("not set up"));
        setUp();
        var users = box.admin().get("/ms365/users").expect(200);
        assertEquals(List.of("Ann", "Ben"), each(users, "name"));
        assertEquals(List.of("ann@corp.test", "ben@corp.test"), each(users, "email"));
        var asked = microsoft.tokenRequests();
        box.admin().post("/ms365", "{\"users\": {\"sync_guest_users\": true}}").expect(200);
        assertEquals(3, box.admin().get("/ms365/users").expect(200).get("count").asInt());
        assertEquals(asked, microsoft.tokenRequests(), "a token is used for as long as it holds");
        box.admin().send(box.admin().request("/ms365/certificate").POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        var refused = box.admin().get("/ms365/users").expect(503);
        assertTrue(refused.at("/errors/0/message").asText().contains("not signed with the certificate"), refused.toString());
    }

    @Test
    void a_user_is_tied_to_one_account_that_exists() throws Exception {
        setUp();
        assertEquals(Set.of("id required"), rules(box.admin().post("/users/" + ann + "/ms365_binding", "{}")));
        assertEquals(Set.of("id unknown"), rules(box.admin().post("/users/" + ann + "/ms365_binding", "{\"id\": \"nobody\"}")));
        box.admin().post("/users/" + ann + "/ms365_binding", "{\"id\": \"oid-1\"}").expect(200);
        var other = box.user("102");
        assertEquals(409, box.admin().post("/users/" + other + "/ms365_binding", "{\"id\": \"oid-1\"}").status());
        box.admin().post("/users/" + ann + "/ms365_binding/destroy").expect(204);
        box.admin().post("/users/" + ann + "/ms365_binding/destroy").expect(404);
        box.admin().post("/users/" + other + "/ms365_binding", "{\"id\": \"oid-1\"}").expect(200);
        box.admin().post("/users/" + other + "/ms365_binding/destroy").expect(204);
        box.admin().post("/users/nobody/ms365_binding", "{\"id\": \"oid-1\"}").expect(404);
        assertEquals(403, user.post("/users/" + ann + "/ms365_binding", "{\"id\": \"oid-1\"}").status());
    }

    private static String begin() {
        return box.stranger().post("/auth/sign_in/microsoft", "{\"domain\": \"box.test\", \"callback_url\": \"" + page + "\"}").expect(200).get("url").asText();
    }

    /** The browser comes back; where the box sends it next. */
    private static String back(String query) throws Exception {
        var response = ApiClient.http().send(box.stranger().request("/auth/callback/microsoft?" + query).GET().build(), HttpResponse.BodyHandlers.ofString());
        return response.headers().firstValue("Location").orElse(response.statusCode() + response.body());
    }

    @Test
    void somebody_bound_signs_in_by_microsoft() throws Exception {
        assertEquals("UNAVAILABLE", box.stranger().post("/auth/sign_in/microsoft", "{\"domain\": \"box.test\", \"callback_url\": \"" + page + "\"}")
                .expect(503).at("/errors/0/code").asText());
        assertEquals(404, box.stranger().post("/auth/sign_in/nobody", "{\"domain\": \"box.test\", \"callback_url\": \"" + page + "\"}").status());
        setUp();
        box.admin().post("/ms365", "{\"sign_in_as_standard_user\": {\"enabled\": true}}").expect(200);
        box.admin().post("/users/" + ann + "/ms365_binding", "{\"id\": \"oid-1\"}").expect(200);
        assertTrue(box.stranger().get("/info").expect(200).get("enable_ms365_integration").asBoolean());
        assertEquals(Set.of("callback_url origin"), rules(box.stranger().post("/auth/sign_in/microsoft",
                "{\"domain\": \"box.test\", \"callback_url\": \"https://evil.test/\"}")));

        var answer = microsoft.consent(begin(), "oid-1");
        var location = back(answer);
        assertTrue(location.startsWith(page + "#"), location);
        var token = TOKEN.matcher(location);
        assertTrue(token.find(), location);
        assertEquals("user101", box.stranger().withToken(token.group(1)).get("/user").expect(200).get("name").asText());
        box.admin().post("/tenant", "{\"password_force_reset\": true}").expect(200);
        assertEquals("user101", box.stranger().withToken(token.group(1)).get("/user").expect(200).get("name").asText(), "no password of ours was asked");
        box.admin().post("/tenant", "{\"password_force_reset\": false}").expect(200);
        assertTrue(back(answer).startsWith("400"), "a state holds once");

        assertTrue(back(microsoft.consent(begin(), "oid-2")).contains("error=access_denied"), "bound to nobody");
        assertTrue(back(microsoft.consent(begin(), "oid-1").replaceAll("code=[^&]*", "code=stolen")).contains("error=access_denied"));
        assertTrue(back("error=access_denied&" + microsoft.consent(begin(), "oid-1")).endsWith("#error=access_denied"));
    }

    @Test
    void the_company_says_who_comes_in_that_way() throws Exception {
        setUp();
        var admin = box.admin().get("/user").expect(200).get("id").asText();
        box.admin().post("/users/" + ann + "/ms365_binding", "{\"id\": \"oid-1\"}").expect(200);
        box.admin().post("/users/" + admin + "/ms365_binding", "{\"id\": \"oid-2\"}").expect(200);
        box.admin().post("/ms365", "{\"sign_in_as_standard_user\": {\"enabled\": true, \"sync_type\": \"EXCLUDE\", \"selected_users\": [\"oid-1\"]}}").expect(200);
        assertTrue(back(microsoft.consent(begin(), "oid-1")).contains("error=access_denied"));
        assertTrue(back(microsoft.consent(begin(), "oid-2")).contains("error=access_denied"), "administrators are named one by one");
        box.admin().post("/ms365", "{\"sign_in_as_standard_user\": {\"sync_type\": \"INCLUDE\"}, "
                + "\"sign_in_as_administrator\": {\"enabled\": true, \"selected_users\": [\"oid-2\"]}}").expect(200);
        assertTrue(TOKEN.matcher(back(microsoft.consent(begin(), "oid-1"))).find());
        assertTrue(TOKEN.matcher(back(microsoft.consent(begin(), "oid-2"))).find());
        box.admin().post("/users/" + admin + "/ms365_binding/destroy").expect(204);
    }

    @Test
    void the_older_way_leads_to_microsoft_too() throws Exception {
        setUp();
        box.admin().post("/ms365", "{\"sign_in_as_standard_user\": {\"enabled\": true}}").expect(200);
        var response = ApiClient.http().send(box.stranger().request("/login/by_microsoft").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("domain=box.test")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(302, response.statusCode());
        assertTrue(response.headers().firstValue("Location").orElse("").startsWith(microsoft.endpoints().login() + "/dir-1/oauth2/v2.0/authorize?"));
    }

    @Test
    void mail_goes_through_a_mailbox_of_microsoft_365() throws Exception {
        box.admin().post("/tenant/notification", "{\"type\": \"MS365\", \"username\": \"box@corp.test\", \"reply_to\": \"office@corp.test\"}").expect(200);
        var test = "{\"recipient\": \"x@y.test\", \"subject\": \"s\", \"content\": \"c\"}";
        assertEquals(409, box.admin().post("/tenant/notification/test_email", test).status());
        setUp();
        box.admin().post("/tenant/notification/test_email", test).expect(200);
        var mail = microsoft.mails().getLast();
        assertEquals("x@y.test s c office@corp.test", String.join(" ", mail.at("/message/toRecipients/0/emailAddress/address").asText(),
                mail.at("/message/subject").asText(), mail.at("/message/body/content").asText(), mail.at("/message/replyTo/0/emailAddress/address").asText()));
        box.admin().post("/tenant/notification", "{\"type\": \"SMTP\", \"username\": \"box@corp.test\"}").expect(200);
    }

    @Test
    void users_may_neither_see_nor_change_any_of_it() {
        for (var path : List.of("/ms365", "/admin/ms365", "/ms365/certificate", "/ms365/users")) {
            assertEquals(403, user.get(path).status(), path);
        }
        assertEquals(403, user.post("/ms365", "{}").status());
        assertNotEquals(200, user.post("/ms365/certificate").status());
    }
}
