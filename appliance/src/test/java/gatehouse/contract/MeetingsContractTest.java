package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conference rooms and meetings (contract areas conference and user). */
class MeetingsContractTest {
    private static Box box;
    private static ApiClient admin;
    private static ApiClient owner;
    private static ApiClient guest;
    private static ApiClient stranger;

    @BeforeAll
    static void start() {
        box = Box.start();
        admin = box.admin();
        for (var number : new String[] {"101", "102", "103"}) {
            box.user(number);
        }
        owner = box.stranger().signedIn("user101", "password-101");
        guest = box.stranger().signedIn("user102", "password-102");
        stranger = box.stranger().signedIn("user103", "password-103");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String room(String number) {
        return admin.post("/conference_rooms", "{\"extension_number\":\"" + number + "\",\"mode\":\"AUDIO\",\"subject\":\"Room " + number
                + "\",\"capacity\":5,\"room_pin\":\"123\",\"admin_pin\":\"4567\"}").expect(201).get("id").asText();
    }

    private static String meeting(String more) {
        return owner.post("/user/meetings", "{\"mode\":\"AUDIO\",\"subject\":\"Stand-up\",\"timezone\":\"Europe/Berlin\",\"admin_pin\":\"9876\",\"room_pin\":\"111\""
                + more + "}").expect(201).get("id").asText();
    }

    @Test
    void a_room_has_a_number_of_its_own_and_every_field() {
        var id = room("800");
        var shown = admin.get("/conference_rooms/" + id).expect(200);
        assertEquals("4567", shown.get("admin_pin").asText());
        assertEquals("FREE", shown.get("control").asText());
        assertTrue(shown.get("token").isNull() && shown.get("sbc_port").isNull(), shown.toString());
        admin.post("/users", Box.aUser("800")).expect(409);
        assertEquals("CONFERENCE_ROOM", admin.get("/extension_numbers/800").expect(200).get("type").asText());
        assertEquals(1, admin.get("/conference_rooms?filter=extension_number%20eq%20'800'").expect(200).get("count").asInt());
        admin.post("/conference_rooms/" + id, "{\"subject\":\"Board\",\"room_pin\":null}").expect(200);
        assertTrue(admin.get("/conference_rooms/" + id).expect(200).get("room_pin").isNull());
        admin.post("/conference_rooms/" + id + "/destroy").expect(204);
        box.user("800");
    }

    @Test
    void what_a_schema_cannot_say_is_checked_and_told_together() {
        var refused = admin.post("/conference_rooms", """
                {"extension_number":"801","mode":"AUDIO","subject":"x","capacity":5,"timezone":"Mars/Base","internal_invitees":["101","999"],
                 "scheduled_start_at":"2026-03-02T10:00:00+01:00","scheduled_end_at":"2026-03-02T09:00:00Z",
                 "outbound_caller_ids":[{"provider_id":"none","caller_id":"1"}]}""").expect(400).get("errors").toString();
        for (var field : new String[] {"timezone", "internal_invitees[1]", "scheduled_end_at", "outbound_caller_ids[0].provider_id"}) {
            assertTrue(refused.contains("\"" + field + "\""), field + " in " + refused);
        }
        admin.post("/conference_rooms", "{\"extension_number\":\"801\",\"mode\":\"AUDIO\",\"subject\":\"x\",\"capacity\":5,\"room_pin\":\"12a\"}").expect(400);
        var id = admin.post("/conference_rooms", "{\"extension_number\":\"801\",\"mode\":\"AUDIO\",\"subject\":\"x\",\"capacity\":5,"
                + "\"scheduled_start_at\":\"2026-03-02T10:00:00+01:00\"}").expect(201).get("id").asText();
        assertEquals("2026-03-02T09:00:00Z", admin.get("/conference_rooms/" + id).expect(200).get("scheduled_start_at").asText());
    }

    @Test
    void a_lock_stays_and_an_empty_room_has_nobody_to_act_on() {
        var path = "/conference_rooms/" + room("802");
        admin.post(path + "/lock").expect(200);
        admin.post(path + "/mute").expect(200);
        var status = admin.get(path + "/status").expect(200);
        assertEquals("OFFLINE", status.get("status").asText());
        assertTrue(status.get("locked").asBoolean() && status.get("muted").asBoolean() && !status.get("recording").asBoolean(), status.toString());
        admin.post(path + "/unlock").expect(200);
        assertFalse(admin.get(path + "/status").expect(200).get("locked").asBoolean());
        assertEquals(0, admin.get(path + "/participants").expect(200).get("items").size());
        admin.get(path + "/participants/p1").expect(404);
        admin.post(path + "/participants/p1/mute").expect(404);
        admin.post(path + "/participants/p1/destroy").expect(404);
        admin.post(path + "/participants/layout", "{\"items\":[\"p1\"]}").expect(404);
        admin.post(path + "/participants/layout", "{\"items\":[]}").expect(200);
        admin.post(path + "/participants/p1/position", "{\"position\":9}").expect(400);
        admin.post(path + "/start_recording").expect(409);
        admin.post(path + "/participants/invite", "{\"number\":\"12;drop\"}").expect(400);
        admin.post(path + "/participants/invite", "{\"number\":\"101\"}").expect(503);
        assertEquals(0, admin.get(path + "/recordings").expect(200).get("count").asInt());
        admin.post(path + "/recordings/r1/set_read").expect(404);
        admin.get("/conference_rooms/nowhere/status").expect(404);
    }

    @Test
    void a_meeting_is_its_owners_and_its_guests_see_it_without_the_chair() {
        var id = meeting(",\"internal_invitees\":[\"102\"]");
        var own = owner.get("/user/meetings/" + id).expect(200);
        assertTrue(own.get("ownership").asBoolean());
        assertEquals("9876", own.get("admin_pin").asText());
        assertTrue(own.get("extension_number").asText().matches("7\\d{5}"), own.toString());
        var seen = guest.get("/user/meetings/" + id).expect(200);
        assertFalse(seen.get("ownership").asBoolean());
        assertTrue(seen.get("admin_pin").isNull());
        assertEquals("111", seen.get("room_pin").asText());
        assertTrue(guest.get("/user/meetings").expect(200).toString().contains(id));
        guest.post("/user/meetings/" + id, "{\"subject\":\"Mine\"}").expect(403);
        guest.post("/user/meetings/" + id + "/lock").expect(403);
        stranger.get("/user/meetings/" + id).expect(404);
        stranger.post("/user/meetings/" + id + "/destroy").expect(404);
        assertFalse(stranger.get("/user/meetings").expect(200).toString().contains(id));
        owner.post("/user/meetings/" + id, "{\"internal_invitees\":[]}").expect(200);
        guest.get("/user/meetings/" + id).expect(404);
        owner.post("/user/meetings/" + id + "/start").expect(503);
        owner.post("/user/meetings/" + id + "/stop").expect(409);
        owner.post("/user/meetings/" + id + "/destroy").expect(204);
        owner.get("/user/meetings/" + id).expect(404);
    }

    @Test
    void a_meeting_goes_with_its_owner_and_gives_its_number_back() {
        var user = box.user("104");
        var number = box.stranger().signedIn("user104", "password-104")
                .post("/user/meetings", "{\"mode\":\"VIDEO\",\"subject\":\"Last one\",\"timezone\":\"UTC\"}").expect(201).get("extension_number").asText();
        admin.get("/extension_numbers/" + number).expect(200);
        admin.post("/users/" + user + "/destroy").expect(204);
        admin.get("/extension_numbers/" + number).expect(404);
    }

    @Test
    void pins_are_in_no_audit_entry() {
        room("803");
        meeting("");
        var log = admin.get("/audit_logs").expect(200).toString();
        assertTrue(log.contains("Room 803") && log.contains("Stand-up"), log);
        assertFalse(log.contains("4567") || log.contains("9876"), log);
    }
}
