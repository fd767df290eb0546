package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.Uploading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and contacts follow Microsoft 365, whose delta queries run on loopback: over pages, through faults, restarts and by-hand changes. */
class Microsoft365SyncContractTest extends SynchronisedWithMicrosoft {
    @Test
    void nothing_is_asked_of_microsoft_before_a_part_is_on() {
        assertEquals("OFF", status().get("state").asText());
        assertTrue(box.admin().post("/ms365/sync").expect(409).at("/errors/0/message").asText().contains("nothing to synchronise"));
        assertEquals(List.of(), graph.asked());
    }

    @Test
    void accounts_become_users_with_numbers_and_changes_follow() {
        box.user("501");
        for (int i = 1; i <= 7; i++) {
            account(oid(i), "Person " + i, "person" + i + "@corp.test");
        }
        graph.put("users", oid(1), JSON.createObjectNode().put("mobilePhone", "+49 151 1").put("department", "Sales"));
        graph.put("users", oid(8), JSON.createObjectNode().put("displayName", "Guest").put("mail", "guest@else.test").put("userType", "Guest"));
        graph.put("users", oid(9), JSON.createObjectNode().put("displayName", "Gone").put("mail", "gone@corp.test").put("accountEnabled", false));
        settle("{\"users\": {\"enabled\": true, \"starting_extension_number\": \"500\", \"sync_type\": \"EXCLUDE\", \"selected_users\": [\"" + oid(7) + "\"]}}");
        untilEqual(Map.of("person1", "500", "person2", "502", "person3", "503", "person4", "504", "person5", "505", "person6", "506"),
                () -> users("extension_number"));
        assertTrue(graph.asked().stream().anyMatch(path -> path.startsWith("/users/delta?$select=id,displayName,mail")));
        var first = box.admin().get("/users/" + user("person1").get("id").asText()).expect(200);
        assertEquals("Person 1 person1@corp.test +49 151 1 Sales StandardUser", String.join(" ", first.get("display_name").asText(),
                first.get("email").asText(), first.get("mobile_phone").asText(), first.get("department").asText(), first.get("role").asText()));

        box.admin().post("/users/" + first.get("id").asText(), "{\"department\": \"by hand\"}").expect(200);
        graph.put("users", oid(1), JSON.createObjectNode().put("displayName", "Person One").put("department", "Marketing"));
        untilEqual("Person One", () -> user("person1").get("display_name").asText());
        assertEquals("by hand", user("person1").get("department").asText(), "what somebody wrote here stays");
        assertEquals("+49 151 1", user("person1").get("mobile_phone").asText(), "a change names no more than what changed");
        assertTrue(box.admin().get("/audit_logs?filter=object_type%20eq%20'MICROSOFT_365_INTEGRATION'").expect(200).toString().contains("synchronisation"));
    }

    @Test
    void who_leaves_is_shut_out_and_comes_back_and_nobody_is_deleted() {
        account(oid(1), "Ann", "ann@corp.test");
        account(oid(2), "Ben", "ben@corp.test");
        settle("{\"users\": {\"enabled\": true, \"starting_extension_number\": \"700\"}}");
        untilEqual(Map.of("ann", "true", "ben", "true"), () -> users("enabled"));
        graph.remove("users", oid(1));
        graph.put("users", oid(2), JSON.createObjectNode().put("accountEnabled", false));
        untilEqual(Map.of("ann", "false", "ben", "false"), () -> users("enabled"));
        graph.put("users", oid(2), JSON.createObjectNode().put("accountEnabled", true));
        account(oid(1), "Ann", "ann@corp.test");
        untilEqual(Map.of("ann", "true", "ben", "true"), () -> users("enabled"));

        box.admin().post("/users/" + user("ben").get("id").asText(), "{\"enabled\": false}").expect(200);
        graph.put("users", oid(2), JSON.createObjectNode().put("displayName", "Benjamin"));
        untilEqual("Benjamin", () -> user("ben").get("display_name").asText());
        assertFalse(user("ben").get("enabled").asBoolean(), "shut out by hand");

        box.admin().post("/users/" + user("ben").get("id").asText() + "/destroy").expect(204);
        graph.put("users", oid(2), JSON.createObjectNode().put("displayName", "Benny"));
        eventually(SOON, () -> {
            synchronise();
            return status().get("left_out").toString();
        }, text -> text.contains("removed or untied here"));
        assertEquals(Map.of("ann", "true"), users("enabled"));
    }

    @Test
    void users_who_were_here_before_are_bound_by_address_but_never_administrators() {
        var ann = box.user("101");
        box.admin().post("/users/" + ann, "{\"email\": \"Ann@corp.test\", \"mobile_phone\": \"0151\"}").expect(200);
        var chief = box.user("102");
        box.admin().post("/users/" + chief + "/role", "{\"role\": \"Admin\"}").expect(200);
        account(oid(1), "Ann of Entra", "ann@corp.test");
        graph.put("users", oid(1), JSON.createObjectNode().put("mobilePhone", "0999").put("department", "Sales"));
        account(oid(2), "Chief", "user102@box.test");
        settle("{\"users\": {\"enabled\": true, \"starting_extension_number\": \"700\"}}");
        untilEqual(Map.of("user101", "Sales"), () -> users("department"));
        var shown = box.admin().get("/users/" + ann).expect(200);
        assertEquals("User 101 0151", shown.get("display_name").asText() + " " + shown.get("mobile_phone").asText(), "what was here stays");
        assertTrue(status().get("left_out").toString().contains("administrators are bound by hand"), status().toString());
        graph.remove("users", oid(1));
        graph.remove("users", oid(2));
        untilEqual(0, () -> status().get("left_out").size());
        assertTrue(user("user101").get("enabled").asBoolean(), "who was here before is not shut out");
    }

    private long avatarSize(String name) {
        return box.admin().get("/users/" + user(name).get("id").asText()).expect(200).path("avatar_file_size").asLong(-1);
    }

    @Test
    void pictures_become_avatars_unless_somebody_chose_one_here(@TempDir Path folder) throws Exception {
        account(oid(1), "Ann", "ann@corp.test");
        account(oid(2), "Ben", "ben@corp.test");
        account(oid(3), "Cy", "cy@corp.test");
        graph.photo(oid(1), "GIF89a first");
        graph.photo(oid(3), "no picture at all");
        settle("{\"users\": {\"enabled\": true, \"starting_extension_number\": \"700\", \"sync_photo\": true}}");
        untilEqual(Map.of("ann", "700", "ben", "701", "cy", "702"), () -> users("extension_number"));
        untilEqual(12L, () -> avatarSize("ann"));
        assertEquals("-1 -1", avatarSize("ben") + " " + avatarSize("cy"));
        graph.photo(oid(1), "GIF89a and the second");
        untilEqual(21L, () -> avatarSize("ann"));
        eventually(SOON, () -> status().get("state").asText(), "WAITING"::equals);
        assertEquals(2, graph.asked().stream().filter(("photo of " + oid(1))::equals).count(), "each picture is fetched once");
        assertEquals(1, graph.asked().stream().filter(("photo of " + oid(3))::equals).count());

        graph.photo(oid(1), null);
        untilEqual(-1L, () -> avatarSize("ann"));
        box.admin().post("/users/" + user("ann").get("id").asText() + "/password", "{\"password\": \"password-ann\"}").expect(200);
        var ann = box.stranger().signedIn("ann", "password-ann");
        ann.post("/user", "{\"avatar_file_id\": \"" + Uploading.file(ann, Files.writeString(folder.resolve("own.gif"), "GIF89a chosen by hand")) + "\"}").expect(200);
        graph.photo(oid(1), "GIF89a third");
        graph.photo(oid(2), "GIF89a of Ben");
        untilEqual(13L, () -> avatarSize("ben"));
        assertEquals(21, avatarSize("ann"), "her own choice");
    }

    @Test
    void contacts_of_a_mailbox_are_copied_and_changed_only_there() {
        var ann = bound();
        ann.post("/user/contacts", "{\"name\": \"My own\"}").expect(201);
        for (int i = 1; i <= 5; i++) {
            graph.put(friends(), "c" + i, person("Friend " + i, "+4917" + i));
        }
        settle("{\"personal_contacts\": {\"enabled\": true}}");
        untilEqual(6, () -> contacts(ann, "/user/contacts").size());
        assertEquals("+49171", contacts(ann, "/user/contacts").get("Friend 1"));
        var items = ann.get("/user/contacts?search=Friend%201").expect(200).get("items");
        var id = items.get(0).get("id").asText();
        assertTrue(ann.post("/user/contacts/" + id, "{\"name\": \"Other\"}").expect(409).at("/errors/0/message").asText().contains("copied from Microsoft 365"));
        ann.post("/user/contacts/" + id + "/destroy").expect(409);
        ann.post("/user/contacts/" + id + "/favorite").expect(200);
        var first = ann.post("/user/contacts/sync_tokens").expect(201).get("token").asText();
        var token = ann.post("/user/contacts/sync_tokens/" + first + "/diff").expect(200).get("token").asText();
        graph.put(friends(), "c1", person("Friend One", "+49999"));
        graph.remove(friends(), "c2");
        untilEqual(Map.of("My own", " by hand", "Friend One", "+49999", "Friend 3", "+49173", "Friend 4", "+49174", "Friend 5", "+49175"),
                () -> contacts(ann, "/user/contacts"));
        assertTrue(ann.get("/user/contacts/" + id).expect(200).get("favorite").asBoolean(), "a favourite stays one");
        var diff = ann.post("/user/contacts/sync_tokens/" + token + "/diff").expect(200).get("items");
        assertEquals(2, diff.size(), () -> "apps hear of the two changes: " + diff);

        settle("{\"personal_contacts\": {\"enabled\": false}}");
        eventually(SOON, () -> contacts(ann, "/user/contacts"), Map.of("My own", " by hand")::equals);
    }

    @Test
    void a_shared_mailbox_fills_the_companys_book_and_one_without_mail_holds_up_nobody() {
        graph.put("users", oid(5), JSON.createObjectNode().put("displayName", "Office").put("mail", "office@corp.test").put("accountEnabled", false));
        graph.put("users", oid(6), JSON.createObjectNode().put("displayName", "Broken").put("mail", "broken@corp.test").put("accountEnabled", false));
        graph.put("users/" + oid(5) + "/contacts", "c1", JSON.createObjectNode().put("displayName", "").put("companyName", "Supplier").set("businessPhones",
                JSON.createArrayNode().add("030 1").add("030 2")));
        settle("{\"shared_mailbox\": {\"enabled\": true}}");
        untilEqual(Map.of("Supplier", ""), () -> contacts(box.admin(), "/contacts"));
        var contact = box.admin().get("/contacts").expect(200).at("/items/0");
        assertEquals("030 1/030 2/Microsoft 365", contact.get("business").asText() + "/" + contact.get("business2").asText() + "/" + contact.get("sync_type").asText());
        eventually(SOON, () -> status().get("left_out").toString(), text -> text.contains(oid(6)) && text.contains("No mailbox"));
        eventually(SOON, () -> status().get("fault").asText(), text -> text.contains("No mailbox"));
    }

    @Test
    void throttling_rests_and_revoked_tokens_and_forgotten_links_begin_anew() {
        var ann = bound();
        for (int i = 1; i <= 4; i++) {
            graph.put(friends(), "c" + i, person("Friend " + i, "1"));
        }
        graph.failOnce(new HttpDouble.Answer(429, "{\"error\": {\"code\": \"TooManyRequests\"}}", Map.of("Retry-After", "1")));
        settle("{\"personal_contacts\": {\"enabled\": true}}");
        eventually(SOON, () -> contacts(ann, "/user/contacts").size() == 4); // by itself, a second later
        assertEquals(0, status().get("left_out").size());

        microsoft.revokeTokens();
        graph.put(friends(), "c5", person("Friend 5", "1"));
        untilEqual(5, () -> contacts(ann, "/user/contacts").size());
        assertTrue(microsoft.tokenRequests() >= 2);

        graph.forget();
        graph.remove(friends(), "c1");
        graph.put(friends(), "c2", person("Friend 2", "2"));
        untilEqual(Map.of("Friend 2", "2", "Friend 3", "1", "Friend 4", "1", "Friend 5", "1"), () -> contacts(ann, "/user/contacts"));

        eventually(SOON, () -> status().get("state").asText(), "WAITING"::equals);
        graph.failOnce(new HttpDouble.Answer(503, "", Map.of("Retry-After", "4")));
        synchronise();
        eventually(SOON, () -> Instant.parse(status().get("next_at").textValue()), at -> at.isAfter(Instant.now().plusSeconds(1))
                && at.isBefore(Instant.now().plusSeconds(5)));
        var before = graph.asked().size();
        synchronise();
        assertEquals("WAITING", status().get("state").asText(), "nobody's impatience shortens a rest");
        assertEquals(before, graph.asked().size());
        eventually(SOON, () -> graph.asked().size() > before);
    }

    @Test
    void a_run_that_is_cut_off_goes_on_after_its_last_page() {
        var ann = bound();
        for (int i = 1; i <= 7; i++) {
            graph.put(friends(), "c" + i, person("Friend " + i, "1"));
        }
        var held = graph.hold("_c3"); // the second page
        settle("{\"personal_contacts\": {\"enabled\": true}}");
        eventually(SOON, () -> contacts(ann, "/user/contacts").size() == 3);
        assertEquals("RUNNING", status().get("state").asText());
        box.restart();
        held.countDown();
        eventually(SOON, () -> contacts(box.stranger().signedIn("user101", "password-101"), "/user/contacts").size() == 7);
        assertEquals(1, graph.asked().stream().filter(path -> path.contains("$select=") && path.contains("contacts")).count(), "nothing is read twice");
    }

    @Test
    void a_user_who_goes_while_the_contacts_are_read_holds_up_nobody() {
        bound();
        graph.put(friends(), "c1", person("Friend", "1"));
        var held = graph.hold("/contacts/delta");
        settle("{\"personal_contacts\": {\"enabled\": true}}");
        eventually(SOON, () -> status().get("state").asText(), "RUNNING"::equals);
        box.admin().post("/users/" + user("user101").get("id").asText() + "/destroy").expect(204);
        held.countDown();
        eventually(SOON, () -> status().get("state").asText(), "WAITING"::equals);
        assertTrue(status().get("fault").isNull(), status().toString());
    }

    @Test
    void a_time_of_day_is_kept_to() {
        bound();
        settle("{\"personal_contacts\": {\"enabled\": true}, \"sync_time\": \"03:15\"}");
        var next = eventually(SOON, () -> status().get("next_at").asText(""), text -> text.endsWith("T03:15:00Z"));
        assertTrue(Instant.parse(next).isBefore(Instant.now().plus(Duration.ofHours(25))));
        assertEquals("sync_time", box.admin().post("/ms365", "{\"sync_time\": \"at night\"}").expect(400).at("/errors/0/detail/field").asText());
    }
}
