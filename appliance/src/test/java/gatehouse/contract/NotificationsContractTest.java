package gatehouse.contract;

import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.SmtpServer;
import gatehouse.testkit.Sounds;
import gatehouse.voicemail.Mailbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail over real HTTPS and real SMTP. */
class NotificationsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    @TempDir
    Path folder;
    private static ApiClient user;
    private SmtpServer smtp;

    @BeforeAll
    static void start() {
        box = Box.start();
        box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @AfterEach
    void off() {
        box.admin().post("/tenant/notification", """
                {"type": "SMTP", "username": "box@box.test", "server": null, "port": null, "reply_to": null, "password": null, "auth": null,
                 "enable_tls_ssl": null, "enable_starttls_auto": null, "recipients": null, "notify_user_registration": null}""").expect(200);
        if (smtp != null) {
            smtp.close();
        }
    }

    private void setUp() {
        smtp = SmtpServer.start().account("box@box.test", "hush-hush");
        setUp(smtp.port());
    }

    private static void setUp(int port) {
        box.admin().post("/tenant/notification", """
                {"type": "SMTP", "server": "127.0.0.1", "port": %d, "username": "box@box.test", "password": "hush-hush", "enable_tls_ssl": false,
                 "reply_to": "office@box.test", "recipients": "a@box.test; b@box.test", "notify_user_registration": true}""".formatted(port)).expect(200);
    }

    private static JsonNode settings() {
        return box.admin().get("/tenant/notification").expect(200);
    }

    @Test
    void mail_is_off_until_somebody_sets_it_up() {
        assertTrue(settings().get("server").isNull());
        assertEquals("AUTO", settings().get("auth").asText());
        assertTrue(settings().get("enable_tls_ssl").asBoolean());
        assertFalse(settings().get("enable_system_email_server").asBoolean());
        var refused = box.admin().post("/tenant/notification/test_email", "{\"recipient\": \"x@y.test\", \"subject\": \"s\", \"content\": \"c\"}").expect(409);
        assertTrue(refused.at("/errors/0/message").asText().contains("not set up"), refused.toString());
    }

    @Test
    void a_test_message_arrives_and_the_servers_own_words_come_back_when_it_does_not() {
        setUp();
        box.admin().post("/tenant/notification/test_email", "{\"recipient\": \"x@y.test\", \"subject\": \"Prüfung\", \"content\": \"It works\"}").expect(200);
        var mail = smtp.to("x@y.test").getFirst();
        assertEquals("Prüfung", mail.header("Subject"));
        assertEquals("It works", mail.text());
        assertEquals("office@box.test", mail.header("Reply-To"));
        smtp.refuseOnce("MAIL", "451 not today");
        assertTrue(box.admin().post("/tenant/notification/test_email", "{\"recipient\": \"x@y.test\", \"subject\": \"s\", \"content\": \"c\"}").expect(503)
                .at("/errors/0/message").asText().contains("451 not today"));
        box.admin().post("/tenant/notification", "{\"type\": \"SMTP\", \"username\": \"box@box.test\", \"password\": \"wrong\"}").expect(200);
        assertTrue(box.admin().post("/tenant/notification/test_email", "{\"recipient\": \"x@y.test\", \"subject\": \"s\", \"content\": \"c\"}").expect(503)
                .at("/errors/0/message").asText().contains("535"));
        assertEquals(Set.of("recipient format", "subject characters"), rules(box.admin().post("/tenant/notification/test_email",
                "{\"recipient\": \"x@y.test>\", \"subject\": \"a\\r\\nBcc: z@y.test\", \"content\": \"c\"}")));
    }

    @Test
    void what_is_left_out_stays_and_the_password_is_never_told() {
        setUp();
        box.admin().post("/tenant/notification", "{\"type\": \"SMTP\", \"username\": \"box@box.test\", \"notify_queue_callback\": true}").expect(200);
        assertEquals("office@box.test", settings().get("reply_to").asText());
        assertTrue(settings().get("notify_queue_callback").asBoolean() && settings().get("notify_user_registration").asBoolean());
        box.admin().post("/tenant/notification/test_email", "{\"recipient\": \"kept@y.test\", \"subject\": \"s\", \"content\": \"c\"}").expect(200);
        assertEquals("box@box.test", smtp.to("kept@y.test").getFirst().user().orElse(""), "the password stayed");
        for (var told : List.of(settings().toString(), box.admin().get("/audit_logs?top=5").text())) {
            assertFalse(told.contains("hush-hush"), told);
        }
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("server format", "reply_to format", "recipients format", "username characters"), rules(box.admin().post("/tenant/notification", """
                {"type": "SMTP", "username": "a\\r\\nb", "server": "no host", "reply_to": "x", "recipients": "a@b.test, c"}""")));
        assertEquals(Set.of("type required", "username required"), rules(box.admin().post("/tenant/notification", "{}")));
        assertEquals(Set.of("username format"), rules(box.admin().post("/tenant/notification", "{\"type\": \"GMAIL\", \"username\": \"me\"}")));
    }

    @Test
    void a_new_user_is_welcomed_and_told_no_password() {
        setUp();
        box.user("102");
        var mail = smtp.await("user102@box.test", 1);
        assertEquals("Your phone at box.test", mail.header("Subject"));
        for (var part : mail.parts().values()) {
            assertTrue(part.contains("User 102") && part.contains("user102") && part.contains("https://box.test:"), part);
            assertFalse(part.contains("password-102") || part.contains(Box.secret("102")) || part.contains("{{"), part);
        }
        assertFalse(mail.text().contains("<"), mail.text());
        var link = Pattern.compile("https://box\\.test:\\d+/\\?token=([0-9a-v]+)").matcher(mail.text());
        assertTrue(link.find(), mail.text());
        box.stranger().post("/auth/reset_password", "{\"token\": \"" + link.group(1) + "\", \"new_password\": \"my-own-password\"}").expect(200);
        box.stranger().signedIn("user102", "my-own-password");
    }

    @Test
    void what_waits_for_a_server_that_is_down_arrives_after_a_restart() {
        var port = FreePorts.one();
        setUp(port);
        box.user("103");
        box.restart(() -> smtp = SmtpServer.start(port).account("box@box.test", "hush-hush"));
        assertEquals("user103@box.test", smtp.await("user103@box.test", 1).header("To"));
        user = box.stranger().signedIn("user101", "password-101");
    }

    @Test
    void the_companys_own_text_wins_and_what_it_clears_is_as_shipped() {
        setUp();
        box.admin().post("/custom_email_templates", """
                {"name": "USER_CREATION", "from": "Office <front@box.test>", "subject": "Hi {{display_name}}", "body": "Plain: {{ extension_number }}"}""")
                .expect(201);
        assertEquals(409, box.admin().post("/custom_email_templates", "{\"name\": \"USER_CREATION\"}").status());
        box.admin().post("/users", Box.aUser("104").put("display_name", "<b>Eve</b>")).expect(201);
        var mail = smtp.await("user104@box.test", 1);
        assertEquals("Office <front@box.test>", mail.header("From"));
        assertEquals("Hi <b>Eve</b>", mail.header("Subject"));
        assertEquals(Set.of("text/plain"), mail.parts().keySet());
        assertEquals("Plain: 104", mail.text());
        box.admin().post("/custom_email_templates/USER_CREATION", "{\"body\": null, \"subject\": null}").expect(200);
        box.admin().post("/users", Box.aUser("105").put("display_name", "<b>Eve</b>")).expect(201);
        mail = smtp.await("user105@box.test", 1);
        assertTrue(mail.parts().get("text/html").contains("&lt;b&gt;Eve&lt;/b&gt;"), "a value is never markup");
        assertTrue(mail.text().contains("Hello <b>Eve</b>"), mail.text());
        assertEquals("{\"name\":\"USER_CREATION\",\"from\":\"Office <front@box.test>\",\"subject\":null,\"body\":null}",
                box.admin().get("/custom_email_templates/USER_CREATION").text());
        assertEquals(List.of("USER_CREATION"), each(box.admin().get("/custom_email_templates").expect(200), "name"));
    }

    @Test
    void every_mail_has_a_shipped_text_and_unknown_places_are_refused() {
        var shipped = box.admin().get("/default_email_templates").expect(200).get("items");
        assertEquals(14, shipped.size());
        shipped.forEach(text -> assertEquals(text, box.admin().get("/default_email_templates/" + text.get("name").asText()).expect(200)));
        shipped.forEach(text -> assertTrue(text.get("body").asText().startsWith("<p>") && !text.get("subject").asText().isBlank(), text.toString()));
        assertEquals(Set.of("subject variable", "body variable", "from format"), rules(box.admin().post("/custom_email_templates",
                "{\"name\": \"DISK_LOW\", \"from\": \"a <b>\", \"subject\": \"{{password}}\", \"body\": \"{{}}\"}")));
        assertEquals(Set.of("name required"), rules(box.admin().post("/custom_email_templates", "{}")));
        assertEquals(Set.of("subject characters"), rules(box.admin().post("/custom_email_templates",
                "{\"name\": \"DISK_LOW\", \"subject\": \"a\\nb\"}")));
        box.admin().post("/custom_email_templates/RECHARGE", "{}").expect(404);
        box.admin().get("/custom_email_templates/RECHARGE").expect(404);
        box.admin().get("/default_email_templates/NOTHING").expect(400);
    }

    @Test
    void who_wants_it_gets_the_voicemail_that_somebody_left() throws Exception {
        setUp();
        var id = box.user("106");
        var without = box.user("107");
        box.admin().post("/users/" + id, "{\"enable_voicemail_notify\": true}").expect(200);
        box.admin().post("/users/" + without, "{\"enable_voicemail_notify\": false}").expect(200);
        smtp.await("user106@box.test", 1); // the welcome
        var shared = box.admin().post("/shared_voicemails", JSON.createObjectNode().put("name", "Sales").put("extension_number", "700")
                .put("pin", "135790").put("enable_email_notify", true).put("recipients", "s1@box.test,s2@box.test")).expect(201).get("id").asText();
        var at = Instant.parse("2026-03-04T05:06:07Z");
        box.voicemails().deposit(new Mailbox.Own(without), "+4930", "Nobody hears", at, Sounds.wav(folder, 2));
        box.voicemails().deposit(new Mailbox.Own(id), "+4930123", "Eve", at, Sounds.wav(folder, 65));
        box.voicemails().deposit(new Mailbox.Shared(shared), "", "", at, Sounds.wav(folder, 2));
        var mail = smtp.await("user106@box.test", 2);
        assertEquals("Voicemail from Eve (+4930123)", mail.header("Subject"));
        assertTrue(mail.text().contains("1:05") && mail.text().contains("2026-03-04 05:06 UTC") && mail.text().contains("User 106"), mail.text());
        assertTrue(mail.data().contains("Content-Type: audio/wav") && mail.data().contains("filename=\"voicemail-_4930123"), "the sound is there");
        for (var to : List.of("s1@box.test", "s2@box.test")) {
            assertTrue(smtp.await(to, 1).text().contains("an unknown caller left a message of 0:02 for Sales"), smtp.to(to).getLast().text());
        }
        assertTrue(smtp.to("user107@box.test").size() <= 1, "the welcome alone");
    }

    @Test
    void users_may_neither_see_nor_change_mail() {
        for (var path : List.of("/tenant/notification", "/default_email_templates", "/custom_email_templates")) {
            assertEquals(403, user.get(path).status(), path);
            assertEquals(401, box.stranger().get(path).status(), path);
        }
        assertEquals(403, user.post("/tenant/notification", "{\"type\": \"SMTP\", \"username\": \"u\"}").status());
        assertEquals(403, user.post("/tenant/notification/test_email", "{\"recipient\": \"x@y.test\", \"subject\": \"s\", \"content\": \"c\"}").status());
        assertEquals(403, user.post("/custom_email_templates", "{\"name\": \"DISK_LOW\"}").status());
    }
}
