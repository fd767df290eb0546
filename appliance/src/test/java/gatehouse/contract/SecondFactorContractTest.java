package gatehouse.contract;

import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.SmtpServer;
import gatehouse.testkit.TotpApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes by mail and by app, and forgotten passwords. The clock stands still unless a test moves it. */
class SecondFactorContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    private static final Pattern CODE = Pattern.compile("code is (\\d{6})\\.");
    private static final Pattern LINK = Pattern.compile("https://\\S+token=([0-9a-v]+)\\S*");
    private static Box box;
    private static SmtpServer smtp;
    private ApiClient admin;

    @BeforeAll
    static void start() {
        box = Box.start(CLOCK, Duration.ofSeconds(60));
        smtp = SmtpServer.start();
    }

    @AfterAll
    static void stop() {
        box.close();
        smtp.close();
    }

    @BeforeEach
    void hours_pass_and_mail_works() {
        CLOCK.move(Duration.ofHours(3));
        admin = box.stranger().signedIn("admin", Box.ADMIN_PASSWORD); // has no address: the box could not ask it for a code
        mail("\"127.0.0.1\"");
    }

    @AfterEach
    void nobody_is_asked_for_more() {
        admin = box.stranger().signedIn("admin", Box.ADMIN_PASSWORD);
        wanted(false);
    }

    private void mail(String server) {
        admin.post("/tenant/notification", "{\"type\": \"SMTP\", \"username\": \"box@box.test\", \"server\": %s, \"port\": %d, \"enable_tls_ssl\": false}"
                .formatted(server, smtp.port())).expect(200);
    }

    private void wanted(boolean on) {
        admin.post("/tenant", "{\"enable_two_factor_authentication\": " + on + "}").expect(200);
    }

    private String user(String number) {
        return admin.post("/users", Box.aUser(number)).expect(201).get("id").asText();
    }

    private static Reply signIn(String number) {
        return box.stranger().post("/auth/sign_in", JSON.createObjectNode().put("username", "user" + number).put("password", "password-" + number));
    }

    private static String halfWay(String number) {
        var answer = signIn(number).expect(200);
        assertTrue(answer.get("two_factor_enabled").asBoolean());
        assertFalse(answer.has("access_token"), answer.toString());
        return answer.get("token").asText();
    }

    private static Reply send(String token) {
        return box.stranger().post("/auth/send_otp", JSON.createObjectNode().put("token", token));
    }

    private static Reply verify(String token, String code) {
        return box.stranger().post("/auth/verify_otp", JSON.createObjectNode().put("token", token).put("code", code));
    }

    private static String mailed(String number, int count) {
        var found = CODE.matcher(smtp.await("user" + number + "@box.test", count).text());
        assertTrue(found.find());
        return found.group(1);
    }

    private static String other(String code) {
        return (code.charAt(0) == '9' ? '0' : '9') + code.substring(1);
    }

    private static void works(JsonNode tokens) {
        box.stranger().withToken(tokens.get("access_token").asText()).get("/user").expect(200);
    }

    @Test
    void a_mailed_code_completes_a_sign_in_once() {
        user("4001");
        wanted(true);
        var token = halfWay("4001");
        box.stranger().withToken(token).get("/user").expect(401);
        assertEquals(400, verify(token, "").status());
        send(token).expect(200);
        var code = mailed("4001", 1);
        assertEquals(Set.of("code wrong"), rules(verify(token, other(code))));
        var tokens = verify(token, code).expect(200);
        assertEquals("Bearer", tokens.get("token_type").asText());
        works(tokens);
        assertEquals(401, verify(token, code).status());
        var log = admin.get("/audit_logs?top=5").expect(200);
        assertTrue(Answers.each(log, "object_name").contains("user4001") && Answers.each(log, "action").contains("LOGIN"), log.toString());
        assertFalse(log.toString().contains(code));
    }

    @Test
    void a_code_belongs_to_its_sign_in_and_runs_out() {
        user("4002");
        wanted(true);
        var first = halfWay("4002");
        var second = halfWay("4002");
        send(first).expect(200);
        var code = mailed("4002", 1);
        assertEquals(400, verify(second, code).status());
        CLOCK.move(Duration.ofMinutes(10));
        assertEquals(401, verify(first, code).status());
        assertEquals(401, send(first).status());
        assertEquals(401, send("nonsense").status());
    }

    @Test
    void codes_are_sent_slowly_and_the_newest_holds() {
        user("4003");
        wanted(true);
        var token = halfWay("4003");
        send(token).expect(200);
        var first = mailed("4003", 1);
        assertEquals(30, send(token).expect(429).at("/errors/0/detail/retry_after").asInt());
        CLOCK.move(Duration.ofSeconds(30));
        send(token).expect(200);
        var second = mailed("4003", 2);
        if (!first.equals(second)) {
            assertEquals(400, verify(token, first).status());
        }
        verify(token, second).expect(200);
    }

    @Test
    void five_wrong_codes_end_a_sign_in_and_ten_lock_the_user_for_a_while() {
        user("4004");
        wanted(true);
        for (int round = 0; round < 2; round++) {
            var token = halfWay("4004");
            send(token).expect(200);
            var code = mailed("4004", round + 1);
            for (int i = 0; i < 5; i++) {
                assertEquals(400, verify(token, other(code)).status());
            }
            assertEquals(401, verify(token, code).status());
        }
        var token = halfWay("4004");
        send(token).expect(200);
        assertEquals(429, verify(token, mailed("4004", 3)).status());
    }

    @Test
    void the_older_ways_in_ask_for_it_too_and_an_apps_profile_does_not() {
        var id = user("4005");
        wanted(true);
        assertTrue(box.stranger().post("/login", "{\"username\": \"user4005\", \"password\": \"password-4005\"}").expect(200).get("two_factor_enabled")
                .asBoolean());
        var oauth = box.stranger().request("/login/oauth/token").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=password&username=user4005&password=password-4005"));
        assertEquals(401, box.stranger().send(oauth).status());
        admin.post("/users/" + id + "/profile").expect(200);
    }

    @Test
    void a_box_that_cannot_mail_asks_nobody() {
        user("4006");
        wanted(true);
        mail("null");
        works(signIn("4006").expect(200));
        mail("\"127.0.0.1\"");
        halfWay("4006");
    }

    @Test
    void an_authenticator_app_is_paired_used_and_parted_with() {
        var id = user("4007");
        var own = box.stranger().signedIn("user4007", "password-4007");
        assertFalse(own.get("/user/authenticator").expect(200).get("enabled").asBoolean());
        assertEquals(Set.of("password wrong"), rules(own.post("/user/authenticator", "{\"password\": \"guess\"}")));
        var made = own.post("/user/authenticator", "{\"password\": \"password-4007\"}").expect(200);
        assertTrue(made.get("url").asText().startsWith("otpauth://totp/Gatehouse:user4007%40box.test?secret=" + made.get("secret").asText()));
        works(signIn("4007").expect(200)); // not confirmed yet
        var app = new TotpApp(made.get("secret").asText());
        assertEquals(Set.of("code wrong"), rules(own.post("/user/authenticator/confirm", "{\"code\": \"" + other(app.code(CLOCK.instant())) + "\"}")));
        own.post("/user/authenticator/confirm", "{\"code\": \"" + app.code(CLOCK.instant()) + "\"}").expect(200);
        assertTrue(own.get("/user/authenticator").expect(200).get("enabled").asBoolean());
        var token = halfWay("4007");
        assertEquals(Set.of("code wrong"), rules(verify(token, app.code(CLOCK.instant()))), "it was used already");
        CLOCK.move(Duration.ofSeconds(30));
        works(verify(token, app.code(CLOCK.instant())).expect(200));
        assertEquals(409, own.post("/user/authenticator", "{\"password\": \"password-4007\"}").status());
        var other = user("4008");
        assertEquals(403, box.stranger().signedIn("user4008", "password-4008").post("/users/" + id + "/authenticator/destroy").status());
        admin.post("/users/" + other + "/authenticator/destroy").expect(404);
        admin.post("/users/" + id + "/authenticator/destroy").expect(204);
        works(signIn("4007").expect(200));
        assertFalse(admin.get("/audit_logs?top=10").text().contains(made.get("secret").asText()));
    }

    @Test
    void somebody_signs_out_everywhere_and_nobody_else_does() {
        user("4020");
        user("4021");
        var here = signIn("4020").expect(200);
        var there = signIn("4020").expect(200);
        var neighbour = signIn("4021").expect(200);
        box.stranger().withToken(here.get("access_token").asText()).post("/auth/sign_out_everywhere").expect(200);
        for (var tokens : new JsonNode[] {here, there}) {
            box.stranger().withToken(tokens.get("access_token").asText()).get("/user").expect(401);
            box.stranger().post("/auth/refresh_token", JSON.createObjectNode().put("refresh_token", tokens.get("refresh_token").asText())).expect(401);
        }
        works(neighbour);
    }

    private static Reply forget(String name, String callback) {
        return box.stranger().post("/auth/forget_password", JSON.createObjectNode().put("domain", "box.test").put("username", name)
                .put("callback_url", callback));
    }

    private static Reply reset(String token, String password) {
        return box.stranger().post("/auth/reset_password", JSON.createObjectNode().put("token", token).put("new_password", password));
    }

    private static String link(String number, int count) {
        var found = LINK.matcher(smtp.await("user" + number + "@box.test", count).text());
        assertTrue(found.find());
        assertTrue(found.group().startsWith("https://box.test:8887/reset?token="), found.group());
        return found.group(1);
    }

    @Test
    void a_mailed_link_chooses_a_new_password_once_and_ends_what_was_signed_in() {
        user("4010");
        var before = signIn("4010").expect(200);
        forget("USER4010", "https://box.test:8887/reset").expect(200);
        var token = link("4010", 1);
        assertEquals(Set.of("token expired"), rules(reset("nonsense", "another-pass-1")));
        reset(token, "short").expect(400); // the policy's length
        reset(token, "another-pass-1").expect(200);
        box.stranger().withToken(before.get("access_token").asText()).get("/user").expect(401);
        assertEquals(401, signIn("4010").status());
        box.stranger().signedIn("user4010", "another-pass-1");
        assertEquals(Set.of("token expired"), rules(reset(token, "another-pass-2")));
    }

    @Test
    void a_link_runs_out_and_the_newest_holds() {
        user("4011");
        forget("user4011", "https://box.test:8887/reset").expect(200);
        var first = link("4011", 1);
        forget("user4011", "https://box.test:8887/reset").expect(200);
        var second = link("4011", 2);
        assertNotEquals(first, second);
        assertEquals(400, reset(first, "another-pass-1").status());
        CLOCK.move(Duration.ofHours(1));
        assertEquals(400, reset(second, "another-pass-1").status());
    }

    @Test
    void nobody_learns_who_has_an_account_nor_floods_a_mailbox() {
        user("4012");
        for (int i = 0; i < 6; i++) {
            assertEquals(forget("nobody-here", "https://box.test:8887/reset").text(), forget("user4012", "https://box.test:8887/reset").text());
        }
        user("4013");
        forget("user4013", "https://box.test:8887/reset").expect(200);
        link("4013", 1); // what was asked for before has been sent by now, or never will be
        assertTrue(smtp.to("user4012@box.test").size() <= 3);
        for (int i = 0; i < 30; i++) {
            forget("nobody-here", "https://box.test:8887/reset");
        }
        assertEquals(429, forget("nobody-here", "https://box.test:8887/reset").status());
    }

    @Test
    void the_link_leads_to_this_box_alone() {
        user("4014");
        for (var callback : new String[] {"https://evil.test/", "https://box.test@evil.test/", "http://box.test/", "/reset"}) {
            assertEquals(Set.of("callback_url origin"), rules(forget("user4014", callback)));
        }
        mail("null");
        assertEquals("UNAVAILABLE", forget("user4014", "https://box.test:8887/reset").expect(503).at("/errors/0/code").asText());
    }
}
