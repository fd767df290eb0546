package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.Box;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Groups of users and who is in them. */
class GroupsContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String group(String name) {
        return box.admin().post("/groups", "{\"name\": \"" + name + "\"}").expect(201).get("id").asText();
    }

    private static List<String> numbers(JsonNode list) {
        return list.get("items").valueStream().map(item -> item.get("extension_number").asText()).toList();
    }

    @Test
    void a_group_is_made_shown_changed_listed_and_removed() {
        var id = box.admin().post("/groups", "{\"name\": \"Sales\", \"description\": \"Sells\", \"outbound_caller_ids\": []}").expect(201).get("id").asText();
        var shown = box.admin().get("/groups/" + id).expect(200);
        assertEquals("Sales Sells []", shown.get("name").asText() + " " + shown.get("description").asText() + " " + shown.get("outbound_caller_ids"));
        box.admin().post("/groups/" + id, "{\"description\": null}").expect(200);
        box.admin().post("/groups/" + id).expect(200);
        assertTrue(box.admin().get("/groups/" + id).expect(200).get("description").isNull());
        assertEquals("Sales", box.admin().get("/groups/" + id).expect(200).get("name").asText());
        box.admin().post("/groups", "{\"name\": \"SALES\"}").expect(409);
        assertEquals(Set.of("name"), broken(box.admin().post("/groups")));
        assertEquals(Set.of("name"), broken(box.admin().post("/groups/" + id, "{\"name\": null}")));
        assertEquals(Set.of("outbound_caller_ids[0].provider_id"), broken(box.admin().post("/groups/" + id,
                "{\"outbound_caller_ids\": [{\"provider_id\": \"none\", \"caller_id\": \"1\"}]}")));
        var found = box.admin().get("/groups?filter=startswith(name,'Sal')&search=sales").expect(200);
        assertEquals(1, found.get("count").asInt());
        assertEquals(id, found.at("/items/0/id").asText());
        assertEquals("", box.admin().post("/groups/" + id + "/destroy").text());
        box.admin().get("/groups/" + id).expect(404);
        box.admin().post("/groups/" + id, "{}").expect(404);
    }

    @Test
    void members_come_by_number_and_go_with_their_user() {
        var id = group("Kitchen");
        var gone = box.user("9203");
        box.user("9201");
        box.user("92010");
        for (var number : List.of("9203", "92010", "9201", "9201")) {
            box.admin().post("/groups/" + id + "/members/" + number).expect(200);
        }
        assertEquals(List.of("9201", "9203", "92010"), numbers(box.admin().get("/groups/" + id + "/members").expect(200)));
        assertEquals(List.of("9203"), numbers(box.admin().get("/groups/" + id + "/members?skip=1&top=1").expect(200)));
        var member = box.admin().get("/groups/" + id + "/members/9201").expect(200);
        assertEquals("user9201 User 9201", member.get("name").asText() + " " + member.get("display_name").asText());
        box.admin().post("/groups/" + id + "/members/9999").expect(404);
        box.admin().get("/groups/" + id + "/members/9999").expect(404);
        box.admin().post("/groups/" + id + "/members/9999/destroy").expect(404);
        box.admin().post("/groups/none/members/9201").expect(404);
        box.admin().get("/groups/none/members").expect(404);
        box.admin().post("/groups/" + id + "/members/12").expect(400);
        box.admin().post("/users/" + gone + "/destroy").expect(204);
        assertEquals(List.of("9201", "92010"), numbers(box.admin().get("/groups/" + id + "/members").expect(200)));
        assertEquals("", box.admin().post("/groups/" + id + "/members/9201/destroy").text());
        box.admin().post("/groups/" + id + "/members/9201/destroy").expect(404);
        box.admin().post("/groups/" + id + "/destroy").expect(204);
        box.admin().get("/users?filter=extension_number%20eq%20'92010'").expect(200).get("items").forEach(user ->
                assertEquals("user92010", user.get("name").asText(), "its members stay"));
        var audit = box.admin().get("/audit_logs").expect(200).get("items").valueStream().filter(entry -> entry.get("object_type").asText().equals("USER_GROUP")).toList();
        assertTrue(audit.stream().anyMatch(entry -> entry.get("new_state").asText().contains("removed 9201")));
    }

    @Test
    void who_manages_no_users_sees_no_groups() {
        var id = group("Secret");
        box.user("9204");
        var self = box.stranger().signedIn("user9204", "password-9204");
        self.get("/groups").expect(403);
        self.post("/groups", "{\"name\": \"Mine\"}").expect(403);
        self.post("/groups/" + id + "/members/9204").expect(403);
        box.stranger().get("/groups").expect(401);
    }
}
