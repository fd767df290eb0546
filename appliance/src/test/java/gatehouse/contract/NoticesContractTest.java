package gatehouse.contract;

import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.RegisteredPhone;
import gatehouse.testkit.SmtpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens on the box and is mailed, over real HTTPS, SIP and SMTP. */
class NoticesContractTest {
    private Box box;
    private ApiClient admin;
    private SmtpServer smtp;

    @BeforeEach
    void start() {
        box = Box.start(new MovedClock(Instant.parse("2026-03-02T08:00:00Z")), Duration.ofSeconds(60));
        admin = box.admin();
        smtp = SmtpServer.start();
        settings("\"server\": \"127.0.0.1\", \"port\": " + smtp.port() + ", \"enable_tls_ssl\": false");
        for (var number : new String[] {"101", "102", "103"}) {
            box.user(number);
        }
    }

    @AfterEach
    void stop() {
        box.close();
        smtp.close();
    }

    private void settings(String fields) {
        admin.post("/admin/notification", "{\"type\": \"SMTP\", \"username\": \"box@box.test\", " + fields + "}").expect(200);
    }

    private String text(String to, int count) {
        return smtp.await(to, count).text();
    }

    /** What was told so far is all there is once a later message, to somebody else, has come: one is sent after the other. */
    private void nothingMoreThan(String to, int count) {
        var before = smtp.to("last@box.test").size();
        admin.post("/conference_rooms", "{\"extension_number\": \"89" + before + "\", \"mode\": \"AUDIO\", \"subject\": \"Last\", \"capacity\": 2, "
                + "\"external_invitees\": \"last@box.test\"}").expect(201);
        smtp.await("last@box.test", before + 1);
        assertEquals(count, smtp.to(to).size(), () -> smtp.to(to).getLast().text());
    }

    @Test
    void who_is_invited_to_a_meeting_hears_of_it_of_changes_and_of_its_end() {
        var owner = box.stranger().signedIn("user101", "password-101");
        var meeting = owner.post("/user/meetings", """
                {"mode": "AUDIO", "subject": "Stand-up", "timezone": "Europe/Berlin", "admin_pin": "9876", "room_pin": "111",
                 "scheduled_start_at": "2026-03-02T09:00:00Z", "internal_invitees": ["102"], "external_invitees": "ann@else.test; no address"}""").expect(201);
        var first = smtp.await("user102@box.test", 1);
        assertEquals("User 101 invites you to Stand-up", first.header("Subject"));
        for (var part : new String[] {"Hello User 102", "2026-03-02 10:00 CET", meeting.get("extension_number").asText(), "PIN: 111"}) {
            assertTrue(first.text().contains(part), part + " in " + first.text());
        }
        assertFalse(first.data().contains("9876") || first.text().contains("9876"), "nobody who is invited takes the chair");
        assertTrue(text("ann@else.test", 1).contains("Hello ann@else.test"));

        var path = "/user/meetings/" + meeting.get("id").asText();
        owner.post(path, "{\"internal_invitees\": [\"102\", \"103\"]}").expect(200);
        text("user103@box.test", 1);
        owner.post(path, "{\"control\": \"MASTER\"}").expect(200);
        nothingMoreThan("user102@box.test", 1);
        owner.post(path, "{\"room_pin\": \"222\", \"scheduled_start_at\": \"2026-03-02T10:00:00Z\", \"external_invitees\": null}").expect(200);
        assertTrue(text("user102@box.test", 2).contains("PIN: 222"));
        assertTrue(text("user103@box.test", 2).contains("2026-03-02 11:00 CET"));
        assertTrue(text("ann@else.test", 2).contains("you are not invited any more to Stand-up, by User 101 at 2026-03-02 10:00 CET"));
        owner.post(path + "/destroy").expect(204);
        assertEquals("Cancelled: Stand-up", smtp.await("user102@box.test", 3).header("Subject"));
        assertTrue(text("user103@box.test", 3).contains("does not take place: Stand-up"));
        nothingMoreThan("ann@else.test", 2);
    }

    @Test
    void a_room_invites_in_the_companys_name_and_nobody_to_what_is_over() {
        var room = admin.post("/conference_rooms", "{\"extension_number\": \"800\", \"mode\": \"AUDIO\", \"subject\": \"Board\", \"capacity\": 5, "
                + "\"internal_invitees\": [\"103\"]}").expect(201).get("id").asText();
        var told = text("user103@box.test", 1);
        assertTrue(told.contains(admin.get("/tenant").expect(200).get("name").asText() + " invites you") && told.contains("When: at any time")
                && told.contains("PIN: none"), told);
        admin.post("/conference_rooms/" + room, "{\"scheduled_start_at\": \"2026-03-01T09:00:00Z\", \"scheduled_end_at\": \"2026-03-01T10:00:00Z\"}").expect(200);
        admin.post("/conference_rooms/" + room + "/destroy").expect(204);
        nothingMoreThan("user103@box.test", 1);
    }

    @Test
    void money_that_comes_is_told_and_money_that_goes_is_not() {
        settings("\"recipients\": \"money@box.test\"");
        var id = admin.get("/users?filter=name%20eq%20'user101'").expect(200).at("/items/0/id").asText();
        admin.post("/users/" + id + "/balance", "{\"balance\": 12.5}").expect(200);
        assertEquals("12.50000 were added to your balance", smtp.await("user101@box.test", 1).header("Subject"));
        admin.post("/users/" + id + "/balance", "{\"balance\": 2}").expect(200);
        admin.post("/users/" + id + "/balance", "{\"balance\": 3}").expect(200);
        assertTrue(text("user101@box.test", 2).contains("1.00000 were added to your balance at 2026-03-02 08:00 UTC. You have 3.00000 now."));
        admin.post("/tenant/balance", "{\"balance\": 100}").expect(200);
        assertTrue(text("money@box.test", 1).contains("You have 100.00000 now"));
        nothingMoreThan("user101@box.test", 2);
    }

    @Test
    void a_disk_that_fills_is_told_as_soon_as_somebody_wants_to_hear_of_it() {
        var shown = admin.get("/admin/notification").expect(200);
        assertFalse(shown.get("notify_hard_disk_exceeded_threshold").asBoolean());
        assertTrue(shown.get("hard_disk_threshold").isNull());
        assertEquals(Set.of("hard_disk_threshold range", "memory_threshold range", "notify_service_disconnected unavailable"), rules(admin.post("/admin/notification", """
                {"type": "SMTP", "username": "box@box.test", "hard_disk_threshold": 0, "memory_threshold": 101, "notify_service_disconnected": true}""")));
        settings("\"recipients\": \"ops@box.test\", \"hard_disk_threshold\": 1, \"cpu_threshold\": 50");
        assertEquals(1, admin.get("/admin/notification").expect(200).get("hard_disk_threshold").asInt());
        nothingMoreThan("ops@box.test", 0);
        settings("\"notify_hard_disk_exceeded_threshold\": true"); // no machine that runs this has a disk that is emptier
        var told = smtp.await("ops@box.test", 1);
        assertEquals("The disk of box.test is nearly full", told.header("Subject"));
        assertTrue(told.text().matches("(?s)\\d+\\.\\d GB of \\d+\\.\\d GB are in use at 2026-03-02 08:00 UTC.*"), told.text());
        settings("\"notify_hard_disk_exceeded_threshold\": true");
        nothingMoreThan("ops@box.test", 1);
        Eventually.eventually(Duration.ofSeconds(10), () -> admin.get("/event_logs?search=disk").expect(200).get("count").asInt(), count -> count > 0);
    }

    @Test
    void a_call_for_help_that_reaches_nobody_is_told_to_the_administrators() {
        admin.post("/user", "{\"email\": \"chief@box.test\"}").expect(200);
        try (var phone = new RegisteredPhone(box, "101")) {
            assertEquals(404, phone.refusedCall("112"));
            assertEquals(404, phone.refusedCall("999"));
        }
        var told = smtp.await("chief@box.test", 1);
        assertEquals("Emergency call to 112 by User 101", told.header("Subject"));
        assertTrue(told.text().contains("User 101 (101) called 112") && told.text().contains("did not get through (SIP 404)"), told.text());
        nothingMoreThan("chief@box.test", 1);
    }

    @Test
    void an_address_that_is_shut_out_is_told() {
        settings("\"recipients\": \"ops@box.test\", \"notify_ip_blocked\": true");
        for (int i = 0; i < 6; i++) {
            box.stranger().post("/auth/sign_in", "{\"username\": \"user102\", \"password\": \"guess-" + i + "\"}");
        }
        var told = Eventually.eventually(Duration.ofSeconds(20), () -> smtp.to("ops@box.test"), all -> !all.isEmpty()).getFirst();
        assertEquals("127.0.0.1 was shut out", told.header("Subject"));
        assertTrue(told.text().contains("too many wrong passwords for the user user102"), told.text());
    }
}
