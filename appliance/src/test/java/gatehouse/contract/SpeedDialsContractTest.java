package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short codes, one's own and those of others, of both kinds. */
class SpeedDialsContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String dial(String code, String number) {
        return "{\"code\": \"" + code + "\", \"phone_number\": \"" + number + "\"}";
    }

    private static void whole(ApiClient client, String path, String low, String high) {
        var id = client.post(path, "{\"code\": \"" + high + "\", \"phone_number\": \"+49 (30) 1\", \"description\": \"Head office\"}").expect(201).get("id").asText();
        client.post(path, dial(low, "101")).expect(201);
        var items = client.get(path).expect(200).get("items");
        assertEquals(List.of(low, high), items.valueStream().map(item -> item.get("code").asText()).toList());
        assertTrue(items.get(0).get("description").isNull());
        assertEquals("Head office", client.get(path + "/" + id).expect(200).get("description").asText());
        client.post(path, dial(low, "102")).expect(409);
        client.post(path + "/" + id, "{\"code\": \"" + low + "\"}").expect(409);
        client.post(path + "/" + id, "{\"phone_number\": \"103\", \"description\": null}").expect(200);
        client.post(path + "/" + id).expect(200);
        var shown = client.get(path + "/" + id).expect(200);
        assertEquals(high + " 103 null", shown.get("code").asText() + " " + shown.get("phone_number").asText() + " " + shown.get("description"));
        assertEquals(Set.of("code", "phone_number"), broken(client.post(path + "/" + id, "{\"code\": null, \"phone_number\": null}")));
        assertEquals(Set.of("phone_number"), broken(client.post(path, dial(high.equals("9") ? "8" : "98", "1;drop"))));
        assertEquals(Set.of("code", "phone_number"), broken(client.post(path)));
        assertEquals("", client.post(path + "/" + id + "/destroy").text());
        client.get(path + "/" + id).expect(404);
        client.post(path + "/" + id + "/destroy").expect(404);
    }

    @Test
    void both_kinds_are_made_shown_changed_and_removed_by_their_owner() {
        box.user("9101");
        var self = box.stranger().signedIn("user9101", "password-9101");
        whole(self, "/user/speed_dial_8", "2", "9");
        whole(self, "/user/speed_dial_100", "00", "99");
    }

    @Test
    void and_by_who_manages_users() {
        var id = box.user("9102");
        whole(box.admin(), "/users/" + id + "/speed_dial_8", "2", "9");
        whole(box.admin(), "/users/" + id + "/speed_dial_100", "00", "99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "a", "22", "", "*"})
    void a_code_of_one_digit_is_two_to_nine(String code) {
        assertEquals(Set.of("code"), broken(box.admin().post("/user/speed_dial_8", dial(code, "101"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "aa", "", "-1", "٠٠"})
    void a_code_of_two_digits_is_00_to_99(String code) {
        assertEquals(Set.of("code"), broken(box.admin().post("/user/speed_dial_100", dial(code, "101"))));
    }

    @Test
    void a_code_is_ones_own() {
        var id = box.user("9103");
        var one = box.stranger().signedIn("user9103", "password-9103");
        box.user("9104");
        var other = box.stranger().signedIn("user9104", "password-9104");
        var dial = one.post("/user/speed_dial_8", dial("5", "101")).expect(201).get("id").asText();
        other.post("/user/speed_dial_8", dial("5", "102")).expect(201);
        other.get("/user/speed_dial_8/" + dial).expect(404);
        other.post("/user/speed_dial_8/" + dial, dial("6", "103")).expect(404);
        other.post("/user/speed_dial_8/" + dial + "/destroy").expect(404);
        other.get("/users/" + id + "/speed_dial_8").expect(403);
        box.stranger().get("/user/speed_dial_8").expect(401);
        box.admin().get("/users/none/speed_dial_8").expect(404);
        box.admin().get("/users/" + id + "/speed_dial_100/" + dial).expect(404);
        assertEquals("101", box.admin().get("/users/" + id + "/speed_dial_8/" + dial).expect(200).get("phone_number").asText());
    }

    @Test
    void a_hundred_fit_and_all_are_listed() {
        var id = box.user("9105");
        for (int i = 0; i < 100; i++) {
            box.admin().post("/users/" + id + "/speed_dial_100", dial("%02d".formatted(i), "1" + i)).expect(201);
        }
        assertEquals(100, box.admin().get("/users/" + id + "/speed_dial_100").expect(200).get("items").size());
        box.admin().post("/users/" + id + "/destroy").expect(204);
    }
}
