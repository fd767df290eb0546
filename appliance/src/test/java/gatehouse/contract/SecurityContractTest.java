package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.encoded;
import static gatehouse.contract.Answers.names;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Allowed countries, disallowed codes, blacklisted and emergency numbers over real HTTPS. */
class SecurityContractTest {
    private static Box box;
    private static ApiClient user;

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

    private static String create(String path, String body) {
        return box.admin().post(path, body).body().get("id").asText();
    }

    private static List<String> audited(int count) {
        var entries = new ArrayList<String>();
        box.admin().get("/audit_logs?top=" + count).expect(200).get("items")
                .forEach(entry -> entries.add(entry.get("action").asText() + " " + entry.get("object_type").asText() + " "
                        + entry.get("object_name").asText()));
        return entries;
    }

    @Test
    void only_the_home_country_may_be_called_until_others_are_chosen() {
        assertEquals("[]", box.admin().get("/allowed_country_codes").expect(200).get("items").toString(), "nobody said where the box stands");
        box.admin().post("/tenant", "{\"region\": \"DEU\"}").expect(200);
        assertEquals("[\"49\"]", box.admin().get("/allowed_country_codes").expect(200).get("items").toString());
        box.admin().post("/allowed_country_codes", "{\"items\": [\"44\", \"FRA\", \"+1242\"]}").expect(200);
        assertEquals("[\"44\",\"FRA\",\"+1242\"]", box.admin().get("/allowed_country_codes").expect(200).get("items").toString());
        assertEquals(List.of("UPDATE ALLOWED_COUNTRY_CODES allowed countries"), audited(1));
        assertEquals(Set.of("items[0] unknown", "items[2] unknown"), rules(box.admin().post("/allowed_country_codes",
                "{\"items\": [\"4420\", \"44\", \"Narnia\"]}")));
        assertEquals(Set.of("items[0] minLength"), rules(box.admin().post("/allowed_country_codes", "{\"items\": [\"\"]}")));
        box.admin().post("/allowed_country_codes", "{}").expect(200);
        assertEquals(3, box.admin().get("/allowed_country_codes").expect(200).get("items").size(), "an empty body changes nothing");
        box.admin().post("/allowed_country_codes", "{\"items\": null}").expect(200);
        assertEquals("[\"49\"]", box.admin().get("/allowed_country_codes").expect(200).get("items").toString());
        box.admin().post("/allowed_country_codes", "{\"items\": []}").expect(200);
        assertEquals("[]", box.admin().get("/allowed_country_codes").expect(200).get("items").toString());
    }

    @Test
    void a_disallowed_code_is_made_changed_and_removed() {
        var id = create("/disallowed_codes", "{\"number_prefix\": \"0900\", \"description\": \"Premium\"}");
        assertEquals("{\"id\":\"" + id + "\",\"number_prefix\":\"0900\",\"description\":\"Premium\"}", box.admin().get("/disallowed_codes/" + id)
                .expect(200).toString());
        box.admin().post("/disallowed_codes/" + id, "{\"description\": null}").expect(200);
        var shown = box.admin().get("/disallowed_codes/" + id).expect(200);
        assertTrue(shown.get("description").isNull());
        assertEquals("0900", shown.get("number_prefix").asText());
        box.admin().post("/disallowed_codes", "{\"number_prefix\": \"0900\"}").expect(409);
        assertEquals(Set.of("number_prefix required"), rules(box.admin().post("/disallowed_codes/" + id, "{\"number_prefix\": null}")));
        assertEquals(Set.of("number_prefix required"), rules(box.admin().post("/disallowed_codes", "{}")));
        assertEquals(Set.of("number_prefix pattern"), rules(box.admin().post("/disallowed_codes", "{\"number_prefix\": \"09x\"}")));
        assertEquals(Set.of("number_prefix maxLength"), rules(box.admin().post("/disallowed_codes", "{\"number_prefix\": \"01234567890123456\"}")));
        assertEquals("", box.admin().post("/disallowed_codes/" + id + "/destroy").text());
        box.admin().get("/disallowed_codes/" + id).expect(404);
        assertEquals(List.of("DELETE BLOCK_CODE 0900", "UPDATE BLOCK_CODE 0900", "CREATE BLOCK_CODE 0900"), audited(3));
    }

    @Test
    void disallowed_codes_are_listed_and_exported() {
        for (var code : List.of("0137", "0180", "+883")) {
            create("/disallowed_codes", "{\"number_prefix\": \"" + code + "\", \"description\": \"List, " + code + "\"}");
        }
        assertEquals(List.of("0180", "0137"), each(box.admin().get("/disallowed_codes?search=list&orderby=" + encoded("number_prefix desc")
                + "&filter="
                + encoded("startswith(number_prefix,'01')")).expect(200), "number_prefix"));
        assertEquals(3, box.admin().get("/disallowed_codes?search=list&top=1").expect(200).get("count").asInt());
        var csv = box.admin().get("/disallowed_codes/export").text();
        assertTrue(csv.startsWith("number_prefix,description\r\n") && csv.contains("+883,\"List, +883\"\r\n"), csv);
    }

    @Test
    void a_blacklisted_number_is_made_changed_and_removed() {
        var id = create("/blacklisted_numbers", "{\"number\": \"0044*******\", \"expire_at\": \"2099-01-02T03:04:05+01:00\", \"description\": \"Noisy\"}");
        var shown = box.admin().get("/blacklisted_numbers/" + id).expect(200);
        assertEquals(Set.of("id", "number", "expire_at", "created_at", "updated_at", "description"), names(shown));
        assertEquals("2099-01-02T02:04:05Z", shown.get("expire_at").asText());
        assertTrue(shown.get("created_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), shown.toString());
        box.admin().post("/blacklisted_numbers/" + id, "{\"expire_at\": null}").expect(200);
        assertTrue(box.admin().get("/blacklisted_numbers/" + id).expect(200).get("expire_at").isNull());
        box.admin().post("/blacklisted_numbers", "{\"number\": \"0044*******\"}").expect(409);
        assertEquals(Set.of("number"), broken(box.admin().post("/blacklisted_numbers", "{}")));
        assertEquals(Set.of("number pattern", "expire_at past"), rules(box.admin().post("/blacklisted_numbers",
                "{\"number\": \"bob\", \"expire_at\": \"2001-01-01T00:00:00Z\"}")));
        assertEquals(Set.of("expire_at format"), rules(box.admin().post("/blacklisted_numbers", "{\"number\": \"1\", \"expire_at\": \"tomorrow\"}")));
        box.admin().post("/blacklisted_numbers/" + id + "/destroy").expect(204);
        box.admin().post("/blacklisted_numbers/" + id + "/destroy").expect(404);
        assertEquals(List.of("DELETE BLACKLISTED_NUMBER 0044*******", "UPDATE BLACKLISTED_NUMBER 0044*******",
                "CREATE BLACKLISTED_NUMBER 0044*******"), audited(3));
    }

    @Test
    void blacklisted_numbers_are_listed_and_exported() {
        create("/blacklisted_numbers", "{\"number\": \"555001\", \"expire_at\": \"2098-01-01T00:00:00Z\"}");
        create("/blacklisted_numbers", "{\"number\": \"555002\", \"expire_at\": \"2097-01-01T00:00:00Z\"}");
        create("/blacklisted_numbers", "{\"number\": \"555003\"}");
        assertEquals(List.of("555002"), each(box.admin().get("/blacklisted_numbers?filter="
                 + encoded("expire_at lt 2097-06-01T00:00:00Z and startswith(number,'555')"))
                .expect(200), "number"));
        assertEquals(List.of("555002", "555001"), each(box.admin().get("/blacklisted_numbers?search=555&orderby=" + encoded("expire_at")
                + "&skip=1").expect(200), "number"),
                "without a time is before all times");
        assertTrue(box.admin().get("/blacklisted_numbers/export").text().contains("\r\n555001,2098-01-01T00:00:00Z,"));
    }

    @Test
    void a_new_box_knows_the_common_emergency_numbers_and_nobody_can_have_them_as_extensions() {
        assertTrue(each(box.admin().get("/emergency_numbers").expect(200), "number_prefix").containsAll(List.of("112", "911")));
        assertEquals("CONFLICT", box.admin().post("/users", Box.aUser("911")).expect(409).at("/errors/0/code").asText());
        box.admin().get("/extension_numbers/911").expect(404);
    }

    @Test
    void an_emergency_number_is_made_changed_and_removed() {
        var made = box.admin().post("/emergency_numbers", "{\"number_prefix\": \"110\", \"description\": \"Police\"}");
        assertEquals(200, made.status(), "as the contract has it");
        var id = made.body().get("id").asText();
        assertEquals("{\"id\":\"" + id + "\",\"number_prefix\":\"110\",\"description\":\"Police\"}", box.admin().get("/emergency_numbers/" + id)
                .expect(200).toString());
        box.admin().post("/emergency_numbers", "{\"number_prefix\": \"110\"}").expect(409);
        assertEquals("number_prefix", box.admin().post("/emergency_numbers", "{\"number_prefix\": \"101\"}").expect(409)
                .at("/errors/0/detail/field").asText(),
                "somebody has it as an extension");
        assertEquals(Set.of("number_prefix pattern"), rules(box.admin().post("/emergency_numbers", "{\"number_prefix\": \"1\"}")));
        assertEquals(Set.of("number_prefix required"), rules(box.admin().post("/emergency_numbers", "{}")));
        box.admin().post("/emergency_numbers/" + id, "{\"number_prefix\": \"118\"}").expect(200);
        box.user("110");
        assertEquals(List.of("118"), each(box.admin().get("/emergency_numbers?search=police").expect(200), "number_prefix"));
        box.admin().post("/users", Box.aUser("118")).expect(409);
        box.admin().post("/emergency_numbers/" + id + "/destroy").expect(204);
        box.user("118");
        box.admin().get("/emergency_numbers/" + id).expect(404);
        assertTrue(audited(6).contains("DELETE EMERGENCY_NUMBER 118"));
    }

    @Test
    void users_may_neither_see_nor_change_any_of_it() {
        for (var path : List.of("/allowed_country_codes", "/disallowed_codes", "/disallowed_codes/export", "/blacklisted_numbers",
                "/blacklisted_numbers/export",
                "/emergency_numbers", "/emergency_numbers/x")) {
            assertEquals(403, user.get(path).status(), path);
            assertEquals(401, box.stranger().get(path).status(), path);
        }
        assertEquals(403, user.post("/allowed_country_codes", "{\"items\": null}").status());
        assertEquals(403, user.post("/blacklisted_numbers", "{\"number\": \"1\"}").status());
        assertEquals(403, user.post("/disallowed_codes", "{\"number_prefix\": \"1\"}").status());
        assertEquals(403, user.post("/emergency_numbers", "{\"number_prefix\": \"12\"}").status());
    }

    @Test
    void all_of_it_is_there_after_a_restart() {
        try (var other = Box.start()) {
            other.admin().post("/allowed_country_codes", "{\"items\": [\"33\"]}").expect(200);
            other.admin().post("/disallowed_codes", "{\"number_prefix\": \"0900\"}").expect(201);
            other.restart();
            JsonNode items = other.admin().get("/allowed_country_codes").expect(200).get("items");
            assertEquals("[\"33\"]", items.toString());
            assertEquals(1, other.admin().get("/disallowed_codes").expect(200).get("count").asInt());
            assertEquals(2, other.admin().get("/emergency_numbers").expect(200).get("count").asInt());
        }
    }
}
