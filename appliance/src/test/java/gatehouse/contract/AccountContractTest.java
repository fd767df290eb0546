package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.TopicSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people change of themselves, profiles for apps, and the rules of a user's settings. */
class AccountContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ApiClient signedIn(String number) {
        box.user(number);
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String passwords(String old, String next) {
        return JSON.createObjectNode().put("old_password", old).put("new_password", next).toString();
    }

    @Test
    void a_user_changes_what_is_theirs() {
        var self = signedIn("7001");
        self.post("/user", "{\"display_name\": \"Mia Keller\", \"mobile_phone\": \"+49 170 1\", \"enable_acb\": true, \"voicemail_pin\": \"264805\"}").expect(200);
        self.post("/user", "{\"mobile_phone\": null}").expect(200);
        var shown = self.get("/user").expect(200);
        assertEquals("Mia Keller", shown.get("display_name").asText());
        assertTrue(shown.get("mobile_phone").isNull());
        assertTrue(shown.get("enable_acb").asBoolean());
        assertEquals("264805", shown.get("voicemail_pin").asText());
        assertEquals(Set.of("role", "enabled", "extension_number", "name"), broken(self.post("/user",
                "{\"role\": \"SystemAdmin\", \"enabled\": false, \"extension_number\": \"999\", \"name\": \"other\"}")), "what is not theirs to change");
        assertEquals(Set.of("email", "voicemail_pin", "display_name"), broken(self.post("/user",
                "{\"email\": \"nowhere\", \"voicemail_pin\": \"123456\", \"display_name\": null}")));
        box.stranger().post("/user", "{}").expect(401);
    }

    @Test
    void a_number_is_told_by_its_owners_new_name() {
        var self = signedIn("7002");
        self.post("/user", "{\"display_name\": \"Otto Renamed\"}").expect(200);
        var clash = box.admin().post("/users", aUser("7002").put("name", "another7002")).expect(409);
        assertTrue(clash.at("/errors/0/message").asText().contains("Otto Renamed"), clash.toString());
    }

    @Test
    void an_own_password_needs_the_old_one_and_ends_every_sign_in() {
        var self = signedIn("7003");
        assertEquals(Set.of("old_password"), broken(self.post("/user/password", passwords("wrong", "new-password"))));
        assertEquals(Set.of("new_password"), broken(self.post("/user/password", passwords("password-7003", "short"))));
        assertEquals(Set.of("new_password", "old_password"), broken(self.post("/user/password", "{}")));
        self.post("/user/password", passwords("password-7003", "new-password")).expect(200);
        self.get("/user").expect(401);
        box.stranger().post("/auth/sign_in", "{\"username\": \"user7003\", \"password\": \"password-7003\"}").expect(401);
        box.stranger().signedIn("user7003", "new-password").get("/user").expect(200);
        assertFalse(box.admin().get("/audit_logs").text().contains("new-password"));
    }

    @Test
    void an_own_sip_password_needs_the_old_one_too() {
        var self = signedIn("7004");
        assertEquals(Set.of("old_password"), broken(self.post("/user/extension_password", passwords("password-7004", "new-secret"))));
        self.post("/user/extension_password", passwords(Box.secret("7004"), "new-secret")).expect(200);
        self.post("/user/extension_password", passwords("new-secret", "newer-secret")).expect(200);
        box.admin().post("/user/extension_password", passwords("a", "new-secret")).expect(409);
        assertFalse(self.get("/user").text().contains("secret"));
    }

    @Test
    void guessing_at_the_old_password_is_slowed_down() {
        var clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
        try (var slow = Box.start(clock, Duration.ofSeconds(60))) {
            slow.user("7005");
            var self = slow.stranger().signedIn("user7005", "password-7005");
            for (int i = 0; i < 5; i++) {
                self.post("/user/password", passwords("guess" + i, "new-password")).expect(400);
            }
            var locked = self.post("/user/password", passwords("password-7005", "new-password")).expect(429);
            assertEquals(30, locked.at("/errors/0/detail/retry_after").asInt());
            clock.move(Duration.ofSeconds(31));
            self.post("/user/password", passwords("password-7005", "new-password")).expect(200);
        }
    }

    @Test
    void a_profile_signs_an_app_in_until_it_is_reset() {
        var self = signedIn("7006");
        var id = self.get("/user").expect(200).get("id").asText();
        var profile = self.get("/user").expect(200).get("profile").asText();
        assertEquals(40, profile.length());
        assertEquals(profile, box.admin().get("/users/" + id).expect(200).get("profile").asText(), "whoever manages users hands it over");
        var body = JSON.createObjectNode().put("username", "user7006").put("password", profile);
        box.stranger().post("/auth/sign_in", body).expect(401);
        assertEquals(401, box.stranger().post("/auth/sign_in?qr=true", body.deepCopy().put("password", "password-7006")).status());
        var tokens = box.stranger().post("/auth/sign_in?qr=true", body).expect(200);
        var app = box.stranger().withToken(tokens.get("access_token").asText());
        app.get("/user").expect(200);
        self.post("/user/profile").expect(200);
        app.get("/user").expect(401);
        box.stranger().post("/auth/refresh_token", JSON.createObjectNode().put("refresh_token", tokens.get("refresh_token").asText())).expect(401);
        box.stranger().post("/auth/sign_in?qr=true", body).expect(401);
        var next = self.get("/user").expect(200).get("profile").asText(); // signed in by password, and still so
        assertNotEquals(profile, next);
        var again = box.stranger().post("/auth/sign_in?qr=true", body.put("password", next)).expect(200);
        box.admin().post("/users/" + id + "/password", "{\"password\": \"another-one\"}").expect(200);
        box.stranger().withToken(again.get("access_token").asText()).get("/user").expect(401);
        box.stranger().post("/auth/sign_in?qr=maybe", body).expect(400);
        assertFalse(box.admin().get("/audit_logs").text().contains(next));
    }

    @Test
    void profiles_are_reset_one_by_one_and_all_at_once_by_who_may_change_their_users() {
        box.admin().post("/users", aUser("7007").put("role", "Admin")).expect(201);
        var manager = box.stranger().signedIn("user7007", "password-7007");
        var id = box.user("7008");
        var other = box.user("7009");
        var before = profile(id);
        box.admin().post("/users/" + id + "/profile").expect(200);
        assertNotEquals(before, profile(id));
        before = profile(id);
        var others = profile(other);
        manager.post("/users/profile?id=" + id).expect(200);
        assertNotEquals(before, profile(id));
        assertEquals(others, profile(other));
        var first = box.admin().get("/user").expect(200);
        manager.post("/users/profile").expect(200);
        assertNotEquals(others, profile(other));
        assertEquals(first.get("profile"), box.admin().get("/user").expect(200).get("profile"), "of who has more, nothing is touched");
        assertTrue(manager.get("/users/" + first.get("id").asText()).expect(200).get("profile").isNull(), "nor shown");
        manager.post("/users/" + first.get("id").asText() + "/profile").expect(403);
        manager.post("/users/none/profile").expect(404);
        box.stranger().signedIn("user7008", "password-7008").post("/users/profile").expect(403);
    }

    private static String profile(String id) {
        return box.admin().get("/users/" + id).expect(200).get("profile").asText();
    }

    @Test
    void the_password_policy_holds_wherever_a_password_is_set() {
        try (var strict = Box.startStrict()) {
            var body = aUser("7010").put("password", "Tree-94").put("extension_password", "Lake-49");
            assertEquals(Set.of("password", "extension_password"), broken(strict.admin().post("/users", aUser("7010").put("password", "tree-7010")
                    .put("extension_password", "Lake49"))));
            var id = strict.admin().post("/users", body).expect(201).get("id").asText();
            assertEquals(Set.of("password"), broken(strict.admin().post("/users/" + id + "/password", "{\"password\": \"user7010-x\"}")));
            assertEquals(Set.of("password"), broken(strict.admin().post("/users/" + id + "/extension_password", "{\"password\": \"Lake-123\"}")));
            var self = strict.stranger().signedIn("user7010", "Tree-94");
            assertEquals(Set.of("new_password"), broken(self.post("/user/extension_password", passwords("Lake-49", "Lake-777"))));
            assertEquals(Set.of("new_password"), broken(self.post("/user/password", passwords("Tree-94", "nodigits-"))));
            strict.admin().post("/tenant/password_policy", "{\"contains_numbers\": false, \"min_length\": 9}").expect(200);
            assertEquals(Set.of("new_password"), broken(self.post("/user/password", passwords("Tree-94", "no-digit"))));
            self.post("/user/password", passwords("Tree-94", "nodigits-")).expect(200);
        }
    }

    @Test
    void who_has_to_choose_a_password_may_do_nothing_else_before() {
        try (var other = Box.start()) {
            var id = other.user("7011");
            var self = other.stranger().signedIn("user7011", "password-7011");
            assertFalse(self.get("/auth/user").expect(200).get("password_force_reset").asBoolean());
            self.get("/user").expect(200);
            other.admin().post("/tenant", "{\"password_force_reset\": true}").expect(200);
            assertTrue(self.get("/auth/user").expect(200).get("password_force_reset").asBoolean(), "an open sign-in too");
            assertFalse(other.admin().get("/auth/user").expect(200).get("password_force_reset").asBoolean(), "it was set by who runs the box");
            for (var path : List.of("/user", "/user/meetings", "/events", "/users")) {
                var refused = self.get(path).expect(403);
                assertEquals("PASSWORD_RESET_REQUIRED", refused.at("/errors/0/code").asText(), path);
                assertTrue(refused.at("/errors/0/message").asText().contains("/api/user/password"), refused.toString());
            }
            self.post("/user", "{\"display_name\": \"Me\"}").expect(403);
            self.post("/user/profile").expect(403);
            assertEquals("StandardUser", self.get("/login").expect(200).get("role").asText());
            self.get("/tenant/password_policy").expect(200);

            assertEquals("same", self.post("/user/password", passwords("password-7011", "password-7011")).expect(400).at("/errors/0/detail/rule").asText());
            self.post("/user/password", passwords("password-7011", "chosen-one")).expect(200);
            var free = other.stranger().signedIn("user7011", "chosen-one");
            assertFalse(free.get("/auth/user").expect(200).get("password_force_reset").asBoolean());
            free.get("/user").expect(200);

            other.admin().post("/users/" + id + "/password", "{\"password\": \"password-7011\"}").expect(200);
            var again = other.stranger().signedIn("user7011", "password-7011");
            again.get("/user").expect(403);
            again.post("/auth/sign_out").expect(200);
            again.get("/auth/user").expect(401);
            other.admin().post("/tenant", "{\"password_force_reset\": false}").expect(200);
            other.stranger().signedIn("user7011", "password-7011").get("/user").expect(200);
        }
    }

    @Test
    void a_socket_is_nothing_for_who_has_to_choose_a_password() {
        try (var other = Box.start()) {
            other.user("7013");
            var token = other.stranger().post("/auth/sign_in", "{\"username\": \"user7013\", \"password\": \"password-7013\"}").expect(200)
                    .get("access_token").asText();
            try (var open = new TopicSocket(other).signedIn("user7013", "password-7013"); var late = new TopicSocket(other)) {
                other.admin().post("/tenant", "{\"password_force_reset\": true}").expect(200);
                assertTrue(open.ask("{\"command\":\"subscribe\",\"id\":\"1\",\"topics\":[]}").path("error").asText().contains("Sign in first"));
                assertTrue(late.ask("{\"command\":\"auth\",\"access_token\":\"" + token + "\"}").path("error").asText().contains("password of your own"));
                assertEquals(-1, late.ask("{\"command\":\"auth\",\"username\":\"user7013\",\"password\":\"password-7013\",\"domain\":\"box.test\"}")
                        .get("status").asInt());
            }
        }
    }

    @Test
    void settings_of_calls_are_checked() {
        var self = signedIn("7012");
        assertEquals(Set.of("available_office_hours_forward_rule.number", "busy_no_answer_forward_rule.number", "dnd_office_hours_forward_rule.action",
                "custom_forward_rules[0].action", "custom_forward_rules[1].hours", "custom_forward_rules[2].hours.monday.ranges[0]",
                "custom_forward_rules[3].caller_id", "office_hours.friday.ranges[0].from", "outbound_caller_ids[0].provider_id", "avatar_file_id"),
                broken(self.post("/user", """
                {"available_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER"},
                 "busy_no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": " ", "timeout": 20},
                 "dnd_office_hours_forward_rule": {"number": "101"},
                 "custom_forward_rules": [{"number": "101"}, {"action": "HANGUP", "type": "SPECIFIC_HOURS"},
                   {"action": "HANGUP", "type": "OUTSIDE_SPECIFIC_HOURS", "hours": {"monday": {"enabled": true, "ranges": [{"from": "17:00", "to": "9:00"}]}}},
                   {"action": "HANGUP", "caller_id": "a b"}],
                 "office_hours": {"mode": "CUSTOM", "friday": {"enabled": true, "ranges": [{"from": "late", "to": "9:00"}]}},
                 "outbound_caller_ids": [{"provider_id": "none", "caller_id": "1"}], "avatar_file_id": "none"}""")));
        assertEquals(Set.of("available_no_answer_forward_rule.timeout", "busy_office_hours_forward_rule.action"), broken(self.post("/user", """
                {"available_no_answer_forward_rule": {"action": "HANGUP", "timeout": -1}, "busy_office_hours_forward_rule": {"action": "SING"}}""")));
        self.post("/user", """
                {"available_office_hours_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "+49 (30) 123-45"},
                 "dnd_office_hours_forward_rule": {"action": "HANGUP"}, "busy_office_hours_forward_rule": {},
                 "custom_forward_rules": [{"action": "RING_ANYWAY", "caller_id": "0049*", "type": "ALL_HOURS"}]}""").expect(200);
        assertEquals("0049*", self.get("/user").expect(200).at("/custom_forward_rules/0/caller_id").asText());
        assertEquals(Set.of("custom_forward_rules"), broken(self.post("/user", JSON.createObjectNode().set("custom_forward_rules",
                JSON.createArrayNode().addAll(java.util.Collections.nCopies(51, JSON.createObjectNode().put("action", "HANGUP")))).toString())));
    }

    @Test
    void a_list_of_users_is_filtered_searched_and_sorted() {
        for (var number : List.of("7021", "7022", "7023")) {
            box.admin().post("/users", aUser(number).put("department", "Orchard")).expect(201);
        }
        box.admin().post("/users", aUser("7024").put("department", "Orchard").put("enabled", false).put("display_name", "Änne Äpfel")).expect(201);
        assertEquals(List.of("7021", "7022", "7023"), numbers("filter=department%20eq%20'Orchard'%20and%20enabled%20eq%20true"));
        assertEquals(List.of("7024", "7023", "7022", "7021"), numbers("filter=department%20eq%20'Orchard'&orderby=extension_number%20desc"));
        assertEquals(List.of("7022"), numbers("filter=startswith(extension_number,'70')%20and%20department%20eq%20'Orchard'&skip=1&top=1"));
        assertEquals(List.of("7024"), numbers("search=apfel".replace("apfel", "%C3%A4pfel")));
        box.admin().get("/users?filter=password%20eq%20'x'").expect(400);
        box.admin().get("/users?filter=settings%20eq%20'x'").expect(400);
    }

    private static List<String> numbers(String query) {
        return box.admin().get("/users?" + query).expect(200).get("items").valueStream().map(user -> user.get("extension_number").asText()).toList();
    }

    @Test
    void an_app_learns_where_to_register() {
        var transports = signedIn("7013").get("/user").expect(200).get("transports");
        assertEquals(List.of("UDP " + box.config().sipPort(), "TCP " + box.config().sipPort(), "TLS " + box.config().sipsPort()),
                transports.valueStream().map(one -> one.get("protocol").asText() + " " + one.get("port").asInt()).toList());
    }
}
